package pika.storage.set;

import pika.storage.packed.PackedLimits;

/**
 * Up to which size sets are small.
 *
 * @param packed limits of sets of any members
 * @param maxIntegers the most members of a set of integers that Redis calls an intset
 */
public record SetLimits(PackedLimits packed, long maxIntegers) {

  /** Returns whether a set with this encoding may be packed into its record. */
  boolean allowsPacked(SetEncoding encoding, long members, long payloadBytes) {
    return encoding == SetEncoding.INTSET
        ? members <= maxIntegers && payloadBytes <= packed.maxBytes()
        : packed.allowsPacked(members, payloadBytes);
  }
}
