package pika.net.resp;

import java.util.Arrays;

/**
 * Finds lines in a stream that comes in pieces. A line that is whole in its piece is pointed at
 * where it lies; the beginning of one that is cut is carried until its end comes. Every byte is
 * looked at once, also if they come one by one.
 */
final class LineBuffer {

  private static final byte[] NOTHING = {};
  private static final int FIRST_CARRY_BYTES = 32;

  private byte[] carry = NOTHING;
  private int carried;

  private byte[] bytes = NOTHING;
  private int from;
  private int to;

  /**
   * Looks for the line that begins, or goes on, at {@code start} and ends with {@code end} and
   * {@code behind} (0 or 1) more bytes, whatever these are. Found, it is at {@link #bytes} until
   * {@link #release}; else all input has been carried.
   *
   * @return the index behind the line and its end, or -1 if the end is yet to come
   */
  int find(byte[] in, int start, int limit, char end, int behind) {
    if (carried == 0) {
      int stop = indexOf(in, start, limit, end);
      if (stop >= 0 && stop + behind < limit) {
        point(in, start, stop);
        return stop + behind + 1;
      }
    }
    return carry(in, start, limit, end, behind);
  }

  /** The array the line lies in, from {@link #from} to {@link #to}, without its end. */
  byte[] bytes() {
    return bytes;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  /** The line's length, or what is known of it so far. */
  int length() {
    return to - from;
  }

  int carriedBytes() {
    return carried;
  }

  /** Lets go of the line, so that an idle connection holds no buffer. */
  void release() {
    carry = NOTHING;
    carried = 0;
    point(NOTHING, 0, 0);
  }

  private int carry(byte[] in, int start, int limit, char end, int behind) {
    boolean endCarried = behind > 0 && carried > 0 && carry[carried - 1] == end;
    int stop;
    int next;
    if (endCarried) {
      stop = carried - 1;
      next = start + behind;
    } else {
      int found = indexOf(in, start, limit, end);
      stop = found < 0 ? -1 : carried + found - start;
      next = found < 0 ? limit + 1 : found + behind + 1;
    }
    append(in, start, Math.min(next, limit) - start);
    point(carry, 0, stop < 0 ? carried : stop);
    return next > limit ? -1 : next;
  }

  private void append(byte[] in, int start, int length) {
    int needed = carried + length;
    if (needed > carry.length) {
      carry = Arrays.copyOf(carry, Math.max(FIRST_CARRY_BYTES, Math.max(2 * carry.length, needed)));
    }
    System.arraycopy(in, start, carry, carried, length);
    carried = needed;
  }

  private void point(byte[] array, int first, int behind) {
    bytes = array;
    from = first;
    to = behind;
  }

  private static int indexOf(byte[] in, int start, int limit, char wanted) {
    for (int i = start; i < limit; i++) {
      if (in[i] == wanted) {
        return i;
      }
    }
    return -1;
  }
}
