package pika.net.server;

import org.jspecify.annotations.Nullable;
import pika.net.resp.Reply;
import pika.net.resp.RespWriter;
import pika.net.resp.StreamedReply;

/**
 * Takes the replies and messages of one connection that are due from its {@link ReplyQueue}, and
 * encodes them into its {@link Outbox}. A streamed reply is continued only as far as the socket
 * keeps up; whatever follows it waits. Confined to the connection's event loop.
 */
final class ReplyEncoder {

  /** Encoded replies are passed on in portions of this size. */
  private static final int PORTION_BYTES = 64 * 1024;

  /**
   * How far a streamed reply is written ahead of the socket: beyond the channel's high-water mark,
   * so that the channel signals when it is writable again.
   */
  private static final int STREAMED_AHEAD_BYTES = 256 * 1024;

  private final ReplyQueue queue;
  private final Outbox outbox;
  private final UnreadWatch unread;

  /** The rest of the streamed reply being written. */
  private StreamedReply.@Nullable Parts streamed;

  ReplyEncoder(ReplyQueue queue, Outbox outbox, UnreadWatch unread) {
    this.queue = queue;
    this.outbox = outbox;
    this.unread = unread;
  }

  /**
   * Encodes everything that is due, with an empty {@code writer} in the connection's protocol. Ends
   * at a reply that {@code limit} forbids, which is dropped with the portion it is in.
   *
   * @return the size of that reply; 0 if there is none
   */
  long encode(RespWriter writer, OutputLimit limit) {
    for (Reply reply = next(writer); reply != null; reply = next(writer)) {
      long before = writer.sizeBytes();
      reply.writeTo(writer);
      long bytes = writer.sizeBytes() - before;
      if (queue.polledPush()) {
        unread.pushed(bytes);
      }
      if (limit.forbidsReply(bytes)) {
        writer.clear();
        return bytes;
      }
      if (writer.sizeBytes() >= PORTION_BYTES) {
        writer.drainTo(outbox);
      }
    }
    writer.drainTo(outbox);
    return 0;
  }

  /** Whether a streamed reply has begun and not ended. */
  boolean isMidReply() {
    return streamed != null;
  }

  /** Whether a streamed reply could be continued now. */
  boolean canContinue() {
    return streamed != null && !isFarAhead();
  }

  /** Drops the rest of a streamed reply. */
  void stop() {
    streamed = null;
  }

  /** The next reply to write as a whole; null if there is none or a streamed reply must wait. */
  private @Nullable Reply next(RespWriter writer) {
    while (writeStreamed(writer)) {
      Reply reply = queue.poll();
      if (!(reply instanceof StreamedReply inParts)) {
        return reply;
      }
      streamed = inParts.begin();
    }
    return null;
  }

  /** Continues the streamed reply as far as the socket keeps up; returns whether it is finished. */
  private boolean writeStreamed(RespWriter writer) {
    while (streamed != null) {
      writer.drainTo(outbox);
      if (isFarAhead()) {
        return false;
      }
      if (!streamed.writeNext(writer)) {
        streamed = null;
      }
    }
    return true;
  }

  private boolean isFarAhead() {
    return outbox.pendingBytes() >= STREAMED_AHEAD_BYTES;
  }
}
