package pika.storage.set;

import pika.storage.packed.PackedLimits;

/**
 * How far sets stay small.
 *
 * @param packed which sets of any members are small
 * @param maxIntegers the most members of a set of integers that Redis calls an intset
 */
public record SetLimits(PackedLimits packed, long maxIntegers) {

  /** Whether a set with this encoding may stand whole in its record. */
  boolean allowsPacked(SetEncoding encoding, long members, long payloadBytes) {
    return encoding == SetEncoding.INTSET
        ? members <= maxIntegers && payloadBytes <= packed.maxBytes()
        : packed.allowsPacked(members, payloadBytes);
  }
}
