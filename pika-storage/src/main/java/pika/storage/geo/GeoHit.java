package pika.storage.geo;

/**
 * A member that a search has found.
 *
 * @param distanceM from the centre of the search
 */
public record GeoHit(byte[] member, double score, GeoPoint point, double distanceM) {}
