package pika.storage.geo;

/**
 * A position.
 *
 * @param longitude in degrees, positive east of Greenwich
 * @param latitude in degrees, positive north of the equator
 */
public record GeoPoint(double longitude, double latitude) {
  /** The maximum longitude. */
  static final double MAX_LONGITUDE = 180;

  /** The maximum latitude of a square map in Mercator's projection. */
  static final double MAX_LATITUDE = 85.05112878;

  /** Returns whether the position is on the map. */
  public boolean isOnMap() {
    return Math.abs(longitude) <= MAX_LONGITUDE && Math.abs(latitude) <= MAX_LATITUDE;
  }

  /**
   * Returns the position that a score stands for; for any other number, some position on the map.
   */
  public static GeoPoint ofScore(double score) {
    return GeoCell.ofBits(toUnsigned(score), GeoCell.FINEST).center();
  }

  /** Returns the score of the position, which must be on the map. */
  public double score() {
    return GeoCell.around(this, GeoCell.FINEST).firstScore();
  }

  /** Converts a double to 64 bits as x86 processors do where C leaves it undefined. */
  private static long toUnsigned(double score) {
    if (score < 0x1p63) {
      return (long) score;
    }
    double rest = score - 0x1p63;
    return rest < 0x1p63 ? (long) rest ^ Long.MIN_VALUE : 0;
  }
}
