package pika.storage.list;

import java.util.List;
import pika.storage.bytes.Slice;
import pika.storage.rank.Run;

/**
 * The leaves of one list, in either representation. A leaf is identified by its {@link Run}, which
 * any change invalidates. Nothing is stored before {@link #save}. Confined to one command.
 */
abstract sealed class Leaves permits PackedLeaves, RowLeaves {

  /** Returns the number of elements. */
  abstract long size();

  /** Returns the leaf that holds the element at an index, which must be below the size. */
  abstract Run at(long index);

  /** Returns the contents of a leaf. */
  abstract Leaf read(Run run);

  /**
   * Replaces the elements from {@code from} to {@code to}, exclusive, counted within the leaf.
   * Returns the object to continue with: a list that grows may change its representation.
   */
  abstract Leaves splice(Run run, int from, int to, List<Slice> inserted);

  /** Replaces a leaf, which was read before, by one with a subset of its elements. */
  abstract void shrink(Run run, Leaf leaf, Leaf left);

  /**
   * Returns a list of these elements with the same deadline; what was stored is dropped as a whole,
   * in O(1).
   */
  abstract Leaves renewed(List<Slice> elements);

  /** Stores the list, or deletes the key when it is empty. */
  abstract void save();

  /** Returns how leaves should be filled when elements are inserted at a position. */
  static Fill fill(long position, long size) {
    if (position == size) {
      return Fill.FROM_HEAD;
    }
    return position == 0 ? Fill.FROM_TAIL : Fill.EVENLY;
  }
}
