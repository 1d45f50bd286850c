package pika.storage.key;

/**
 * The payload of a record that is encoded only when it is read or committed, so that a value which
 * many commands of a unit of work change is encoded once. Confined to that unit.
 */
public interface LatePayload {
  /** Returns the number of the value's state; undoing a change restores it. */
  int version();

  /**
   * Returns the encoded payload, and puts the rows that belong to it into the unit. Needs nothing
   * that is not in memory.
   *
   * @param version the present one: other states can't be had
   */
  byte[] encode(int version);
}
