package pika.storage.geo;

/**
 * Distances on a sphere of the earth's size, in metres. Every step is rounded as in Redis, because
 * distances are stored as scores: the order of operations matters.
 */
public final class Earth {
  /** The value Redis uses. */
  private static final double RADIUS_M = 6372797.560856;

  private static final double RADIANS = Math.PI / 180;

  private Earth() {}

  /** Returns the distance between two positions, by the haversine formula. */
  public static double distanceM(GeoPoint a, GeoPoint b) {
    double halfLongitude =
        Trigonometry.sin((b.longitude() * RADIANS - a.longitude() * RADIANS) / 2);
    if (halfLongitude == 0) {
      return distanceM(a.latitude(), b.latitude());
    }
    double from = a.latitude() * RADIANS;
    double to = b.latitude() * RADIANS;
    double halfLatitude = Trigonometry.sin((to - from) / 2);
    double latitudes = Trigonometry.cos(from) * Trigonometry.cos(to);
    double haversine = halfLatitude * halfLatitude + latitudes * halfLongitude * halfLongitude;
    return 2 * RADIUS_M * Trigonometry.asin(Math.sqrt(haversine));
  }

  /** Returns the distance along a meridian between two latitudes. */
  static double distanceM(double latitude, double otherLatitude) {
    return RADIUS_M * Math.abs(otherLatitude * RADIANS - latitude * RADIANS);
  }

  /** Converts a distance to degrees of latitude. */
  static double latitudeDegrees(double distanceM) {
    return distanceM / RADIUS_M / RADIANS;
  }

  /** Converts a distance at a latitude to degrees of longitude. */
  static double longitudeDegrees(double distanceM, double latitude) {
    return distanceM / RADIUS_M / Math.cos(latitude * RADIANS) / RADIANS;
  }
}
