package pika.storage.stream;

/**
 * How many entries of a group are pending, and bounds of their ids.
 *
 * @param count how many entries are delivered and not acknowledged
 * @param least no pending entry has a lower id; meaningless when there are none
 * @param greatest no pending entry has a greater id
 */
record PendingIds(long count, StreamId least, StreamId greatest) {
  static final PendingIds NONE = new PendingIds(0, StreamId.ZERO, StreamId.MAX);

  PendingIds with(StreamId id) {
    StreamId newLeast = count == 0 || id.isBefore(least) ? id : least;
    StreamId newGreatest = count == 0 || id.isBehind(greatest) ? id : greatest;
    return new PendingIds(count + 1, newLeast, newGreatest);
  }

  PendingIds without(long gone) {
    return new PendingIds(count - gone, least, greatest);
  }

  /** Returns {@code id}, or the lower bound if that is greater. */
  StreamId notBelow(StreamId id) {
    return id.isBefore(least) ? least : id;
  }

  /** Returns {@code id}, or the upper bound if that is less. */
  StreamId notAbove(StreamId id) {
    return id.isBehind(greatest) ? greatest : id;
  }
}
