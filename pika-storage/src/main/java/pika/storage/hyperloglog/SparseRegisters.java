package pika.storage.hyperloglog;

import java.util.Arrays;
import pika.storage.key.DataException;
import pika.storage.key.DataException.Problem;

/**
 * A sparse HyperLogLog being modified. Which runs are split and merged is part of the format: the
 * same changes in the same order give the same bytes as in Redis. Confined to one thread.
 */
final class SparseRegisters {
  /** The result of raising a register. */
  enum Outcome {
    /** It was at least as high. */
    UNCHANGED,
    CHANGED,
    /** The sparse form can't hold it, or would become too long: nothing was changed. */
    TOO_MUCH
  }

  /** The most bytes that replace a run with a changed register. */
  private static final int MOST_REPLACED_BYTES = 5;

  /** How many runs around a changed register are checked for equal neighbours. */
  private static final int JOINED_RUNS = 5;

  private byte[] bytes;
  private int size;

  SparseRegisters(byte[] bytes, int size) {
    this.bytes = bytes;
    this.size = size;
  }

  /**
   * Returns the bytes, including the header; not a copy, and possibly longer than {@link #size}.
   */
  byte[] bytes() {
    return bytes;
  }

  int size() {
    return size;
  }

  /**
   * Raises a register to {@code value} unless it is at least as high.
   *
   * @param maxBytes maximum size of the whole value
   */
  Outcome raise(int index, int value, long maxBytes) {
    if (value > HllFormat.VALUE_MAX) {
      return Outcome.TOO_MUCH;
    }
    int before = HllFormat.HEADER_BYTES;
    int at = HllFormat.HEADER_BYTES;
    int first = 0;
    int length = 0;
    while (at < size) {
      length = HllFormat.runLength(bytes, at, size);
      if (index < first + length) {
        break;
      }
      before = at;
      at += HllFormat.runBytes(bytes, at);
      first += length;
    }
    if (at >= size) {
      throw new DataException(Problem.CORRUPT_HYPERLOGLOG);
    }
    if (HllFormat.runValue(bytes, at) >= value) {
      return Outcome.UNCHANGED;
    }
    byte[] runs = new byte[MOST_REPLACED_BYTES];
    int runsBytes = split(runs, at, index - first, length, value);
    if (!replace(at, runs, runsBytes, maxBytes)) {
      return Outcome.TOO_MUCH;
    }
    joinFrom(before);
    HllFormat.forgetCardinality(bytes);
    return Outcome.CHANGED;
  }

  /** Writes the run at {@code at} with one register changed; returns its new size. */
  private int split(byte[] runs, int at, int offset, int length, int value) {
    int end = putRun(runs, 0, at, offset);
    end = HllFormat.putValue(runs, end, value, 1);
    return putRun(runs, end, at, length - offset - 1);
  }

  private int putRun(byte[] runs, int to, int like, int length) {
    if (length == 0) {
      return to;
    }
    return HllFormat.isValue(bytes, like)
        ? HllFormat.putValue(runs, to, HllFormat.runValue(bytes, like), length)
        : HllFormat.putZeros(runs, to, length);
  }

  private boolean replace(int at, byte[] runs, int runsBytes, long maxBytes) {
    int rest = Math.min(size, at + HllFormat.runBytes(bytes, at));
    int newSize = size + runsBytes - (rest - at);
    if (newSize > size && newSize > maxBytes) {
      return false;
    }
    if (newSize > bytes.length) {
      bytes = Arrays.copyOf(bytes, newSize + newSize / 4);
    }
    System.arraycopy(bytes, rest, bytes, at + runsBytes, size - rest);
    System.arraycopy(runs, 0, bytes, at, runsBytes);
    size = newSize;
    return true;
  }

  private void joinFrom(int start) {
    int at = start;
    for (int seen = 0; seen < JOINED_RUNS && at < size; seen++) {
      if (!HllFormat.isValue(bytes, at)) {
        at += HllFormat.runBytes(bytes, at);
      } else if (!joinNext(at)) {
        at++;
      }
    }
  }

  private boolean joinNext(int at) {
    int next = at + 1;
    if (next >= size
        || !HllFormat.isValue(bytes, next)
        || HllFormat.runValue(bytes, at) != HllFormat.runValue(bytes, next)) {
      return false;
    }
    int length = HllFormat.runLength(bytes, at, size) + HllFormat.runLength(bytes, next, size);
    if (length > HllFormat.VALUE_MAX_LENGTH) {
      return false;
    }
    HllFormat.putValue(bytes, at, HllFormat.runValue(bytes, at), length);
    System.arraycopy(bytes, next + 1, bytes, next, size - next - 1);
    size--;
    return true;
  }
}
