package pika.storage.geo;

/**
 * A search result.
 *
 * @param distanceM from the centre of the search, in metres
 */
public record GeoHit(byte[] member, double score, GeoPoint point, double distanceM) {}
