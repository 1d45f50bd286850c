package pika.storage.stream;

/**
 * The contents of a group's row.
 *
 * @param number unique in the stream, never reused
 * @param entriesRead how many entries had been added up to the last one delivered;
 *     {@link StreamHeader#UNKNOWN} if unknown
 * @param pending what is delivered and not acknowledged
 */
record GroupState(
    byte[] name,
    int number,
    StreamId lastDelivered,
    long entriesRead,
    long consumers,
    PendingIds pending) {

  /** Returns a group without consumers. */
  static GroupState of(byte[] name, int number, StreamId lastDelivered, long entriesRead) {
    return new GroupState(name, number, lastDelivered, entriesRead, 0, PendingIds.NONE);
  }

  GroupState readUpTo(StreamId id, long newEntriesRead) {
    return new GroupState(name, number, id, newEntriesRead, consumers, pending);
  }

  GroupState withPending(PendingIds newPending) {
    return new GroupState(name, number, lastDelivered, entriesRead, consumers, newPending);
  }

  GroupState withConsumers(long difference) {
    return new GroupState(
        name, number, lastDelivered, entriesRead, consumers + difference, pending);
  }
}
