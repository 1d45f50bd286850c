package pika.storage.list;

import java.util.List;
import pika.storage.bytes.Slice;
import pika.storage.rank.Run;

/**
 * The elements of one list as leaves, whatever its form. A leaf is named by its {@link Run}, which is old as soon as
 * anything has changed. Nothing is changed for others before {@link #save}. Confined to one command.
 */
abstract sealed class Leaves permits PackedLeaves, RowLeaves {

  /** How many elements there are. */
  abstract long size();

  /** The leaf that has the element of an index, which must be below the size. */
  abstract Run at(long index);

  /** What is in a leaf. */
  abstract Leaf read(Run run);

  /**
   * Replaces elements of a leaf by others: those from {@code from} to before {@code to}, counted inside the leaf. The
   * result is what to go on with, because a list that grows may change its form.
   */
  abstract Leaves splice(Run run, int from, int to, List<Slice> inserted);

  /** Replaces a leaf by one that has some of its elements left. */
  abstract void shrink(Run run, Leaf left);

  /** Makes this the list of the key, or removes the key when there are no elements. */
  abstract void save();

  /** In which order leaves fill when elements are inserted at a position. */
  static Fill fill(long position, long size) {
    if (position == size) {
      return Fill.FROM_HEAD;
    }
    return position == 0 ? Fill.FROM_TAIL : Fill.EVENLY;
  }
}
