package pika.storage.list;

import pika.storage.packed.PackedLimits;
import pika.storage.rank.Fanout;

/**
 * Where lists change their form.
 *
 * @param packed which lists stand in their record
 * @param leaf how much stands in a leaf of a larger one
 * @param fanout how many entries the nodes of its directory have
 */
record ListLimits(PackedLimits packed, LeafLimits leaf, Fanout fanout) {

  static ListLimits of(PackedLimits packed) {
    return new ListLimits(packed, LeafLimits.under(packed), Fanout.DEFAULT);
  }

  /** A large list goes back into its record when it is so short that it may double before it has to leave again. */
  boolean allowPackedAgain(Leaf all) {
    return packed.allowsPacked(2L * all.count(), 2L * all.sizeBytes());
  }
}
