package pika.storage.bitmap;

/**
 * One step of BITFIELD.
 *
 * @param bitOffset where the field starts
 * @param operand the new value, or what is added
 * @param overflow what becomes of a result that doesn't fit
 */
public record FieldStep(
    Action action, BitField field, long bitOffset, long operand, Overflow overflow) {
  /** What a step does with its field. */
  public enum Action {
    /** Tells its value. */
    GET,
    /** Gives it a value and tells the one before. */
    SET,
    /** Adds to it and tells the sum. */
    INCREMENT
  }

  /** Whether it may change the bitmap. */
  public boolean writes() {
    return action != Action.GET;
  }

  /** How long the bitmap has to be for it, in bytes. */
  long reachBytes() {
    return (bitOffset + field.bits() + Byte.SIZE - 1) / Byte.SIZE;
  }
}
