package pika.storage.geo;

import pika.storage.zset.ScoreBound;
import pika.storage.zset.Span;

/**
 * One cell of the map after bisecting it {@code step} times in each direction.
 *
 * @param column counted from the west, {@code 2^step} of them; one more for positions at the very
 *     edge
 * @param row counted from the south, {@code 2^step} of them; one more for positions at the very
 *     edge
 */
record GeoCell(long column, long row, int step) {
  /** The step of scores: 52 bits fit a double. */
  static final int FINEST = 26;

  /** Returns the cell around a position. */
  static GeoCell around(GeoPoint point, int step) {
    return around(point, GeoPoint.MAX_LATITUDE, step);
  }

  /** Returns the cell around a position on a map that extends to another latitude. */
  static GeoCell around(GeoPoint point, double maxLatitude, int step) {
    return new GeoCell(
        index(point.longitude(), GeoPoint.MAX_LONGITUDE, step),
        index(point.latitude(), maxLatitude, step),
        step);
  }

  /** Returns the cell whose column and row bits are interleaved in {@code bits}. */
  static GeoCell ofBits(long bits, int step) {
    return new GeoCell(everySecondBit(bits >>> 1), everySecondBit(bits), step);
  }

  /** Returns the interleaved bits of column and row, those of the row lower. */
  long bits() {
    return spread(column) << 1 | spread(row);
  }

  /** Returns the lowest score in the cell. */
  double firstScore() {
    return toScore(bits());
  }

  /** Returns the range of scores in the cell. */
  Span scores() {
    return Span.ofScores(
        ScoreBound.including(firstScore()), ScoreBound.excluding(toScore(bits() + 1)));
  }

  /**
   * Returns the cell this many columns and rows away, around the earth; a coordinate with offset 0
   * stays exactly as it is.
   */
  GeoCell moved(int columns, int rows) {
    long mask = (1L << step) - 1;
    return new GeoCell(
        columns == 0 ? column : column + columns & mask, rows == 0 ? row : row + rows & mask, step);
  }

  double west() {
    return edge(column, GeoPoint.MAX_LONGITUDE);
  }

  double east() {
    return edge(column + 1, GeoPoint.MAX_LONGITUDE);
  }

  double south() {
    return edge(row, GeoPoint.MAX_LATITUDE);
  }

  double north() {
    return edge(row + 1, GeoPoint.MAX_LATITUDE);
  }

  /** Returns the centre, clamped to the map. */
  GeoPoint center() {
    return new GeoPoint(
        clamped((west() + east()) / 2, GeoPoint.MAX_LONGITUDE),
        clamped((south() + north()) / 2, GeoPoint.MAX_LATITUDE));
  }

  private double toScore(long bits) {
    return bits << (2 * (FINEST - step));
  }

  private double edge(long index, double limit) {
    return -limit + index * 1.0 / (1L << step) * (limit - -limit);
  }

  private static long index(double degrees, double limit, int step) {
    return (long) ((degrees - -limit) / (limit - -limit) * (1L << step));
  }

  private static double clamped(double degrees, double limit) {
    return Math.max(-limit, Math.min(limit, degrees));
  }

  /** Inserts a zero before each of the lower 32 bits. */
  private static long spread(long bits) {
    long spread = bits & 0xffff_ffffL;
    spread = (spread | spread << 16) & 0x0000_ffff_0000_ffffL;
    spread = (spread | spread << 8) & 0x00ff_00ff_00ff_00ffL;
    spread = (spread | spread << 4) & 0x0f0f_0f0f_0f0f_0f0fL;
    spread = (spread | spread << 2) & 0x3333_3333_3333_3333L;
    return (spread | spread << 1) & 0x5555_5555_5555_5555L;
  }

  private static long everySecondBit(long bits) {
    long kept = bits & 0x5555_5555_5555_5555L;
    kept = (kept | kept >>> 1) & 0x3333_3333_3333_3333L;
    kept = (kept | kept >>> 2) & 0x0f0f_0f0f_0f0f_0f0fL;
    kept = (kept | kept >>> 4) & 0x00ff_00ff_00ff_00ffL;
    kept = (kept | kept >>> 8) & 0x0000_ffff_0000_ffffL;
    return (kept | kept >>> 16) & 0xffff_ffffL;
  }
}
