package pika.server.tracking;

import org.jspecify.annotations.Nullable;
import pika.server.pubsub.Origin;

/**
 * That a client has read a key, which may be remembered for longer than there is the client.
 *
 * @param clientId the id of its connection
 * @param first the request that has read it first since the client was last told
 * @param latest the request that has read it last
 */
record Read(long clientId, long first, long latest) {
  /** The same after another read. */
  Read again(long sequence) {
    return new Read(clientId, first, sequence);
  }

  /** Whether the client has read what it has itself changed before, and so knows the change. */
  boolean isSince(@Nullable Origin origin) {
    return origin != null && origin.connection().id() == clientId && latest > origin.sequence();
  }

  /** Whether the client has read before a change that it has made itself. */
  boolean isBefore(@Nullable Origin origin) {
    return origin != null && first < origin.sequence();
  }

  /** As if the client had not read before its latest read. */
  Read afresh() {
    return new Read(clientId, latest, latest);
  }
}
