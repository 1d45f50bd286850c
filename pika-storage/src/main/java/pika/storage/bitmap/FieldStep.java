package pika.storage.bitmap;

/**
 * One step of BITFIELD.
 *
 * @param bitOffset where the field starts
 * @param operand the new value, or the increment
 * @param overflow how to handle a result that doesn't fit
 */
public record FieldStep(
    Action action, BitField field, long bitOffset, long operand, Overflow overflow) {
  /** What a step does with its field. */
  public enum Action {
    /** Returns its value. */
    GET,
    /** Sets it and returns the previous value. */
    SET,
    /** Increments it and returns the sum. */
    INCREMENT
  }

  /** Returns whether it may change the bitmap. */
  public boolean writes() {
    return action != Action.GET;
  }

  /** Returns how many bytes the bitmap needs for it. */
  long reachBytes() {
    return (bitOffset + field.bits() + Byte.SIZE - 1) / Byte.SIZE;
  }
}
