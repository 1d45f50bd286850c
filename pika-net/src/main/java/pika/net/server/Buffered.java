package pika.net.server;

/**
 * What a connection holds in its buffers, as its loop last knew it between two pieces of work: the
 * buffers themselves are in order only for the loop.
 *
 * @param inputBytes received bytes that are not a complete request yet or wait for budget
 * @param outputBytes encoded bytes on the heap, behind the channel's own buffer
 * @param outputSegments the number of pieces they are in
 */
record Buffered(long inputBytes, long outputBytes, int outputSegments) {
  static final Buffered NOTHING = new Buffered(0, 0, 0);

  static Buffered of(Intake intake, Outbox outbox) {
    return new Buffered(intake.pendingBytes(), outbox.waitingBytes(), outbox.waitingSegments());
  }

  /** Returns whether it is still so. */
  boolean isOf(Intake intake, Outbox outbox) {
    return inputBytes == intake.pendingBytes()
        && outputBytes == outbox.waitingBytes()
        && outputSegments == outbox.waitingSegments();
  }
}
