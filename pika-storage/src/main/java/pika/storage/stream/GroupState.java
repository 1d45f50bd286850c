package pika.storage.stream;

/**
 * The contents of a group's row.
 *
 * @param number unique in the stream, never reused
 * @param entriesRead how many entries had been added up to the last one delivered;
 *     {@link StreamHeader#UNKNOWN} if unknown
 * @param pending how many entries are delivered and not acknowledged
 * @param least no pending entry has a lower id; meaningless when there are none
 * @param greatest no pending entry has a greater id
 */
record GroupState(
    byte[] name,
    int number,
    StreamId lastDelivered,
    long entriesRead,
    long pending,
    long consumers,
    StreamId least,
    StreamId greatest) {

  /** Returns a group without consumers. */
  static GroupState of(byte[] name, int number, StreamId lastDelivered, long entriesRead) {
    return new GroupState(
        name, number, lastDelivered, entriesRead, 0, 0, StreamId.ZERO, StreamId.MAX);
  }

  GroupState readUpTo(StreamId id, long newEntriesRead) {
    return new GroupState(name, number, id, newEntriesRead, pending, consumers, least, greatest);
  }

  GroupState withPending(StreamId id) {
    StreamId newLeast = pending == 0 || id.isBefore(least) ? id : least;
    StreamId newGreatest = pending == 0 || id.isBehind(greatest) ? id : greatest;
    return withPending(pending + 1, newLeast, newGreatest);
  }

  GroupState withoutPending(long count) {
    return withPending(pending - count, least, greatest);
  }

  GroupState withPendingBetween(StreamId newLeast, StreamId newGreatest) {
    return withPending(pending, newLeast, newGreatest);
  }

  private GroupState withPending(long count, StreamId newLeast, StreamId newGreatest) {
    return new GroupState(
        name, number, lastDelivered, entriesRead, count, consumers, newLeast, newGreatest);
  }

  GroupState withConsumers(long difference) {
    return new GroupState(
        name, number, lastDelivered, entriesRead, pending, consumers + difference, least, greatest);
  }
}
