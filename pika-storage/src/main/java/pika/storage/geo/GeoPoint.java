package pika.storage.geo;

/**
 * A place.
 *
 * @param longitude in degrees, east of Greenwich positive
 * @param latitude in degrees, north of the equator positive
 */
public record GeoPoint(double longitude, double latitude) {
  /** The greatest longitude. */
  static final double MAX_LONGITUDE = 180;

  /** The greatest latitude of a square map in Mercator's projection. */
  static final double MAX_LATITUDE = 85.05112878;

  /** Whether the place lies on the map. */
  public boolean isOnMap() {
    return Math.abs(longitude) <= MAX_LONGITUDE && Math.abs(latitude) <= MAX_LATITUDE;
  }

  /** The place whose score in a sorted set this is; of any other number, some place on the map. */
  public static GeoPoint ofScore(double score) {
    return GeoCell.ofBits(toUnsigned(score), GeoCell.FINEST).center();
  }

  /** The score that stands for the place in a sorted set. It must be on the map. */
  public double score() {
    return GeoCell.around(this, GeoCell.FINEST).firstScore();
  }

  /** As a processor does what C leaves open: 64 bits of a number that may have more, or a sign. */
  private static long toUnsigned(double score) {
    if (score < 0x1p63) {
      return (long) score;
    }
    double rest = score - 0x1p63;
    return rest < 0x1p63 ? (long) rest ^ Long.MIN_VALUE : 0;
  }
}
