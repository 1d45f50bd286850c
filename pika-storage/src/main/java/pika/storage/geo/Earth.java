package pika.storage.geo;

/**
 * Distances on a ball of the earth's size, in metres. Each step is rounded as Redis rounds it, because distances are stored as
 * scores: the order of the operations matters.
 */
public final class Earth {
  /** Redis' figure. */
  private static final double RADIUS_M = 6372797.560856;

  private static final double RADIANS = Math.PI / 180;

  private Earth() {}

  /** The way from one place to another, by the haversine formula. */
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

  /** The way along a meridian from one latitude to another. */
  static double distanceM(double latitude, double otherLatitude) {
    return RADIUS_M * Math.abs(otherLatitude * RADIANS - latitude * RADIANS);
  }

  /** How many degrees of latitude a distance is. */
  static double latitudeDegrees(double distanceM) {
    return distanceM / RADIUS_M / RADIANS;
  }

  /** How many degrees of longitude a distance is on a latitude. */
  static double longitudeDegrees(double distanceM, double latitude) {
    return distanceM / RADIUS_M / Math.cos(latitude * RADIANS) / RADIANS;
  }
}
