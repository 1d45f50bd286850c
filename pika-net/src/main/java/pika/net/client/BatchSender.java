package pika.net.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of a batch: its buffer, and the bypass for large commands. What an exception
 * prevented from being sent is sent with the next commands, unless the connection is lost. Confined
 * to the batch's thread.
 */
final class BatchSender {

  /** Creates the portion that receives the replies to a number of commands. */
  @FunctionalInterface
  interface Replies {
    Portion to(int commands, long sizeBytes);
  }

  private final Wire wire;
  private final Replies replies;
  private final RequestBuffer buffer;
  private @Nullable Portion last;

  BatchSender(Wire wire, Replies replies) {
    this.wire = wire;
    this.replies = replies;
    this.buffer = new RequestBuffer(wire.options().batchBytes());
  }

  void add(byte[][] command) throws IOException {
    long size = RequestBuffer.encodedBytes(command);
    if (!buffer.hasRoom(size) || buffer.commands() == wire.options().maxInFlightCommands()) {
      flush();
    }
    if (buffer.hasRoom(size)) {
      buffer.putCommand(command);
    } else {
      Portion portion = replies.to(1, size);
      wire.send(portion, command);
      last = portion;
    }
  }

  /** Sends the buffered commands. */
  void flush() throws IOException {
    if (!buffer.isEmpty()) {
      Portion portion = replies.to(buffer.commands(), buffer.sizeBytes());
      wire.send(portion, buffer);
      last = portion;
    }
  }

  /** Sends the buffered commands and waits for all replies. */
  void finish() throws IOException {
    flush();
    // All earlier ones are answered by then: replies arrive in sending order.
    if (last != null) {
      wire.await(last);
    }
  }
}
