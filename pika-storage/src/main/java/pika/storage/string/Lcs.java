package pika.storage.string;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import pika.storage.bytes.Slice;

/**
 * A longest common subsequence of two strings, the same one that Redis finds: going backwards from
 * both ends, equal bytes are taken; otherwise it steps back in {@code a} only if that loses
 * strictly less than stepping back in {@code b}.
 *
 * <p>The table of all lengths is never held as a whole. One row suffices to compute the next, and
 * for going backwards one bit per cell, the direction of the step: 1/32 of the table. Rows run
 * along the shorter string.
 */
public final class Lcs {
  private final byte[] text;
  private final List<Match> matches;

  private Lcs(byte[] text, List<Match> matches) {
    this.text = text;
    this.matches = matches;
  }

  /** A run of common bytes: the positions of its first byte in each string, and its length. */
  public record Match(int inA, int inB, int length) {}

  /**
   * Returns the size of the table of lengths, four bytes per cell: what Redis would allocate and
   * checks against its limit.
   */
  public static long tableBytes(long aLength, long bLength) {
    return (aLength + 1) * (bLength + 1) * Integer.BYTES;
  }

  /** Returns only the length, which needs no memory for going backwards. */
  public static int length(Slice a, Slice b) {
    boolean swapped = b.length() > a.length();
    return lengths(swapped ? b : a, swapped ? a : b, (i, j, above, left) -> {});
  }

  /** Finds the subsequence, in time proportional to the product of the lengths. */
  public static Lcs of(Slice a, Slice b) {
    boolean swapped = b.length() > a.length();
    Slice outer = swapped ? b : a;
    Slice inner = swapped ? a : b;
    Steps steps = new Steps(outer.length(), inner.length());
    int tie = swapped ? 0 : 1;
    int length = lengths(outer, inner, (i, j, above, left) -> {
      if (above - left >= tie) {
        steps.setOuter(i, j);
      }
    });
    return walk(outer, inner, steps, new byte[length], swapped);
  }

  /** Returns its length. */
  public int length() {
    return text.length;
  }

  /** Returns the subsequence. */
  public byte[] text() {
    return text;
  }

  /** Returns its runs, the last one first. */
  public List<Match> matches() {
    return matches;
  }

  /**
   * Receives, for each cell whose bytes differ, the lengths one step back in the outer and in the
   * inner string.
   */
  @FunctionalInterface
  private interface CellVisitor {
    void visit(int i, int j, int above, int left);
  }

  private static int lengths(Slice outer, Slice inner, CellVisitor visitor) {
    int[] above = new int[inner.length() + 1];
    int[] row = new int[inner.length() + 1];
    for (int i = 0; i < outer.length() && inner.length() > 0; i++) {
      byte current = outer.array()[outer.offset() + i];
      for (int j = 0; j < inner.length(); j++) {
        if (current == inner.array()[inner.offset() + j]) {
          row[j + 1] = above[j] + 1;
        } else {
          row[j + 1] = Math.max(above[j + 1], row[j]);
          visitor.visit(i, j, above[j + 1], row[j]);
        }
      }
      int[] done = above;
      above = row;
      row = done;
    }
    return above[inner.length()];
  }

  private static Lcs walk(Slice outer, Slice inner, Steps steps, byte[] text, boolean swapped) {
    List<Match> matches = new ArrayList<>();
    int i = outer.length() - 1;
    int j = inner.length() - 1;
    int missing = text.length;
    while (i >= 0 && j >= 0) {
      int run = 0;
      while (run <= i && run <= j && at(outer, i - run) == at(inner, j - run)) {
        text[--missing] = at(outer, i - run);
        run++;
      }
      i -= run;
      j -= run;
      if (run > 0) {
        matches.add(swapped ? new Match(j + 1, i + 1, run) : new Match(i + 1, j + 1, run));
      } else if (steps.isOuter(i, j)) {
        i--;
      } else {
        j--;
      }
    }
    return new Lcs(text, Collections.unmodifiableList(matches));
  }

  private static byte at(Slice slice, int index) {
    return slice.array()[slice.offset() + index];
  }

  /** One bit per cell: whether to step back in the outer string. */
  private static final class Steps {
    private final long[] bits;
    private final int width;

    Steps(int height, int width) {
      this.width = width;
      this.bits = new long[Math.toIntExact(((long) height * width + Long.SIZE - 1) / Long.SIZE)];
    }

    void setOuter(int i, int j) {
      long cell = (long) i * width + j;
      bits[(int) (cell / Long.SIZE)] |= 1L << cell;
    }

    boolean isOuter(int i, int j) {
      long cell = (long) i * width + j;
      return (bits[(int) (cell / Long.SIZE)] & 1L << cell) != 0;
    }
  }
}
