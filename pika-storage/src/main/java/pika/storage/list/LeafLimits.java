package pika.storage.list;

import pika.storage.packed.PackedLimits;

/**
 * The maximum size of a leaf of a large list. A longer element has a leaf of its own.
 *
 * @param bytes the most bytes of a leaf with several elements
 * @param elements the most elements
 */
record LeafLimits(int bytes, int elements) {
  /** A push rewrites one leaf; an element in the middle is found by skipping half of one. */
  private static final int USUAL_BYTES = 2 << 10;

  private static final int USUAL_ELEMENTS = 128;

  /** A leaf below one part in this many of the limits is merged with a neighbour if possible. */
  private static final int SMALL_PART = 4;

  LeafLimits {
    if (bytes <= 0 || elements < 2) {
      throw new IllegalArgumentException("impossible limits of leaves");
    }
  }

  /** Returns the usual limits, or lower ones if packed lists are smaller still. */
  static LeafLimits under(PackedLimits packed) {
    return new LeafLimits((int) Math.max(1, Math.min(USUAL_BYTES, packed.maxBytes())), (int)
        Math.max(2, Math.min(USUAL_ELEMENTS, packed.maxEntries())));
  }

  boolean allow(long count, long sizeBytes) {
    return count <= 1 || (count <= elements && sizeBytes <= bytes);
  }

  boolean isSmall(Leaf leaf) {
    return leaf.count() <= Math.max(1, elements / SMALL_PART)
        && leaf.sizeBytes() <= bytes / SMALL_PART;
  }

  /** Returns whether two leaves may be merged: the result still has room. */
  boolean allowJoined(Leaf one, Leaf other) {
    return allowJoined(one.count() + (long) other.count())
        && one.sizeBytes() + (long) other.sizeBytes() <= bytes * 3L / 4;
  }

  /**
   * Returns whether leaves with {@code count} elements in total may be merged, judging by that
   * alone.
   */
  boolean allowJoined(long count) {
    return count <= Math.max(2, elements * 3L / 4);
  }
}
