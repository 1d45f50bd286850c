package pika.server.tracking;

/**
 * Records that a client has read a key; may outlive the client.
 *
 * @param clientId the id of its connection
 * @param first the moment when it first read it since it was last told, see {@link Moment}
 * @param latest the moment when it last read it
 * @param sequence the request that last read it
 */
record Read(long clientId, long first, long latest, long sequence) {
  /** Returns this with a later read. */
  Read again(Read later) {
    return new Read(clientId, first, later.latest, later.sequence);
  }

  /**
   * Returns whether the client read the key after changing it itself, and so knows the change. A
   * command that does both has read what it found to be expired.
   */
  boolean isSince(Moment change) {
    return change.clientId() == clientId && latest >= change.number();
  }

  /** Returns whether the client read the key before its own change. */
  boolean isBefore(Moment change) {
    return first < change.number();
  }

  /** Returns this without the reads before the latest. */
  Read afresh() {
    return new Read(clientId, latest, latest, sequence);
  }
}
