package pika.storage.list;

import pika.storage.packed.PackedLimits;
import pika.storage.rank.Fanout;

/**
 * At which sizes lists change their representation.
 *
 * @param packed which lists are packed into their record
 * @param leaf maximum size of a leaf of a larger list
 * @param fanout how many entries the nodes of its directory have
 */
record ListLimits(PackedLimits packed, LeafLimits leaf, Fanout fanout) {

  static ListLimits of(PackedLimits packed) {
    return new ListLimits(packed, LeafLimits.under(packed), Fanout.DEFAULT);
  }

  /**
   * Returns whether a large list should be packed again: it is so short that it can double before
   * it has to be converted back.
   */
  boolean allowPackedAgain(Leaf all) {
    return packed.allowsPacked(2L * all.count(), 2L * all.sizeBytes());
  }
}
