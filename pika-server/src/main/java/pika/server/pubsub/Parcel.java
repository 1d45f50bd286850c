package pika.server.pubsub;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import pika.net.resp.Reply;

/**
 * A message on its way to the subscribers of one name on one loop. Created by the publishing
 * thread, then confined to the loop.
 */
final class Parcel {
  /** Heap size of a parcel besides its message. */
  private static final int OVERHEAD_BYTES = 256;

  private final Audience audience;
  private final Reply message;
  private final long bytes;
  private @Nullable Origin origin;
  private int delivered;

  /**
   * Creates a parcel.
   *
   * @param messageBytes the approximate heap size of the message
   */
  Parcel(Audience audience, Reply message, long messageBytes) {
    this.audience = audience;
    this.message = message;
    this.bytes = OVERHEAD_BYTES + messageBytes;
  }

  void send(@Nullable Origin from) {
    origin = from;
    audience.courier().post(this);
  }

  int receivers() {
    return audience.count();
  }

  long bytes() {
    return bytes;
  }

  /** Delivers the message to up to {@code limit} more subscribers; returns their number. */
  int deliver(int limit) {
    int end = Math.min(audience.count(), delivered + limit);
    int count = end - delivered;
    for (; delivered < end; delivered++) {
      requireNonNull(audience.members()[delivered]).receive(message, origin);
    }
    return count;
  }

  /** Returns whether both go to the same receivers. */
  boolean hasAudienceOf(Parcel other) {
    return audience.isSame(other.audience);
  }

  boolean isDelivered() {
    return delivered == audience.count();
  }
}
