package pika.storage.string;

import java.util.Arrays;

/**
 * Iterates over a part of a string in blocks of the size in which it is stored. {@link #next} moves
 * to the first and to each further block; arrays must not be changed. Confined to one thread; close
 * it in the scope that opened it.
 */
public abstract sealed class Blocks implements AutoCloseable permits InlineBlocks, ChunkBlocks {
  private byte[] array = new byte[0];
  private int offset;
  private int length;
  private boolean zeros;
  private int taken;

  /** Moves to the next block; returns false at the end. */
  public abstract boolean next();

  /** Returns the array that holds the block, from {@link #offset} on. */
  public final byte[] array() {
    return array;
  }

  /** Returns where the block starts in {@link #array}. */
  public final int offset() {
    return offset;
  }

  /** Returns the length of the block in bytes. */
  public final int length() {
    return length;
  }

  /** Returns whether the block is known to be all zeros, because nothing was ever written there. */
  public final boolean isZeros() {
    return zeros;
  }

  /**
   * Copies the next {@code count} bytes; zeros after the end. Not to be mixed with {@link #next}.
   */
  public final void read(byte[] target, int targetOffset, int count) {
    int at = targetOffset;
    int end = targetOffset + count;
    while (at < end) {
      if (taken == length && !next()) {
        Arrays.fill(target, at, end, (byte) 0);
        return;
      }
      int part = Math.min(end - at, length - taken);
      System.arraycopy(array, offset + taken, target, at, part);
      taken += part;
      at += part;
    }
  }

  @Override
  public abstract void close();

  final void block(byte[] newArray, int newOffset, int newLength) {
    array = newArray;
    offset = newOffset;
    length = newLength;
    zeros = false;
    taken = 0;
  }

  final void blockOfZeros(byte[] newArray, int newLength) {
    block(newArray, 0, newLength);
    zeros = true;
  }
}
