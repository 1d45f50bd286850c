package pika.server.tracking;

import org.jspecify.annotations.Nullable;
import pika.server.pubsub.Origin;

/**
 * Records that a client has read a key; may outlive the client.
 *
 * @param clientId the id of its connection
 * @param first the first request that read it since the client was last told
 * @param latest the last request that read it
 */
record Read(long clientId, long first, long latest) {
  /** Returns this with another read. */
  Read again(long sequence) {
    return new Read(clientId, first, sequence);
  }

  /** Returns whether the client read the key after changing it itself, and so knows the change. */
  boolean isSince(@Nullable Origin origin) {
    return origin != null && origin.connection().id() == clientId && latest > origin.sequence();
  }

  /** Returns whether the client read the key before its own change. */
  boolean isBefore(@Nullable Origin origin) {
    return origin != null && first < origin.sequence();
  }

  /** Returns this without the reads before the latest. */
  Read afresh() {
    return new Read(clientId, latest, latest);
  }
}
