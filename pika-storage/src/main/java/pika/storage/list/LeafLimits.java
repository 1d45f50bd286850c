package pika.storage.list;

import pika.storage.packed.PackedLimits;

/**
 * How much stands in one leaf of a large list. A longer element stands alone in its leaf.
 *
 * @param bytes the most bytes of a leaf of several elements
 * @param elements the most elements
 */
record LeafLimits(int bytes, int elements) {
  /** A push rewrites one leaf; an element in the middle is found by walking over half of one. */
  private static final int USUAL_BYTES = 2 << 10;

  private static final int USUAL_ELEMENTS = 128;

  /** Less than this part of a leaf is worth a look at the leaf beside it. */
  private static final int SMALL_PART = 4;

  LeafLimits {
    if (bytes <= 0 || elements < 2) {
      throw new IllegalArgumentException("impossible limits of leaves");
    }
  }

  /** The usual limits, or less where lists that stand in their record are smaller still. */
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

  /** Whether two leaves may become one that has room left. */
  boolean allowJoined(Leaf one, Leaf other) {
    return allowJoined(one.count() + (long) other.count())
        && one.sizeBytes() + (long) other.sizeBytes() <= bytes * 3L / 4;
  }

  /** Whether leaves with so many elements together may become one, as far as that tells. */
  boolean allowJoined(long count) {
    return count <= Math.max(2, elements * 3L / 4);
  }
}
