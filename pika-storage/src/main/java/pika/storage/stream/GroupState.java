package pika.storage.stream;

/**
 * What the row of a group says.
 *
 * @param number unique in the stream, never given to another group
 * @param entriesRead how many entries were added up to the last one delivered, {@link
 *     StreamHeader#UNKNOWN} when nobody knows
 * @param pending how many entries were delivered and not acknowledged
 * @param least none of them has a lower id; of no meaning when there are none
 * @param greatest none of them has a greater id
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

  /** A group without consumers. */
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
