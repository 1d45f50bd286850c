package pika.net.resp;

import java.util.Arrays;

/**
 * Finds lines in a stream that arrives in pieces. A line that lies within one piece is referenced
 * in place; the beginning of a split line is carried over until its end arrives. Every byte is
 * inspected once, even if they arrive one by one.
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
   * Looks for the line that begins, or continues, at {@code start} and ends with {@code end} and
   * {@code behind} (0 or 1) more arbitrary bytes. If found, it is in {@link #bytes} until {@link
   * #release}; otherwise all input has been carried over.
   *
   * @return the index after the line and its end, or -1 if the end has not arrived yet
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

  /** The array that holds the line, from {@link #from} to {@link #to}, without its end. */
  byte[] bytes() {
    return bytes;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  /** The length of the line, or of the part that has arrived. */
  int length() {
    return to - from;
  }

  int carriedBytes() {
    return carried;
  }

  /** Releases the line, so that an idle connection holds no buffer. */
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
