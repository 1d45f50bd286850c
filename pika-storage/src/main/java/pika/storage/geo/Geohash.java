package pika.storage.geo;

/** Formats positions as on geohash.org: letters and digits of five bits each. */
public final class Geohash {
  private static final String DIGITS = "0123456789bcdefghjkmnpqrstuvwxyz";
  private static final int BITS_PER_DIGIT = 5;
  private static final int LENGTH = 11;
  private static final int KNOWN_BITS = 2 * GeoCell.FINEST;

  /** Unlike the map, geohashes extend to the poles. */
  private static final double MAX_LATITUDE = 90;

  private Geohash() {}

  /** Returns eleven characters; the last one is 0, because a score only determines ten. */
  public static byte[] of(GeoPoint point) {
    long bits = GeoCell.around(point, MAX_LATITUDE, GeoCell.FINEST).bits();
    byte[] text = new byte[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      int unknown = KNOWN_BITS - (i + 1) * BITS_PER_DIGIT;
      int digit = unknown < 0 ? 0 : (int) (bits >>> unknown) & ((1 << BITS_PER_DIGIT) - 1);
      text[i] = (byte) DIGITS.charAt(digit);
    }
    return text;
  }
}
