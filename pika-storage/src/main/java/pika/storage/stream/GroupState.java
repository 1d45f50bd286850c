package pika.storage.stream;

/**
 * What the row of a group says.
 *
 * @param number unique in the stream, never given to another group
 * @param entriesRead how many entries were added up to the last one delivered, {@link
 *     StreamHeader#UNKNOWN} when nobody knows
 * @param pending how many entries were delivered and not acknowledged
 */
record GroupState(
    byte[] name,
    int number,
    StreamId lastDelivered,
    long entriesRead,
    long pending,
    long consumers) {

  GroupState readUpTo(StreamId id, long newEntriesRead) {
    return new GroupState(name, number, id, newEntriesRead, pending, consumers);
  }

  GroupState withPending(long difference) {
    return new GroupState(
        name, number, lastDelivered, entriesRead, pending + difference, consumers);
  }

  GroupState withConsumers(long difference) {
    return new GroupState(
        name, number, lastDelivered, entriesRead, pending, consumers + difference);
  }
}
