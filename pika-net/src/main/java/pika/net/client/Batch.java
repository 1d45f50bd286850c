package pika.net.client;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import pika.net.resp.Reply;

/**
 * A pipeline over a shared connection, and its replies. Commands are appended to a fixed-size
 * buffer owned by this batch, which is sent when full. A command larger than the buffer is written
 * by itself, directly from its arguments. Confined to one thread.
 *
 * <p>A batch can be reused after {@link #replies}, but not once the connection is lost. It survives
 * an interrupt: a command whose {@link #add} was interrupted is not part of it.
 */
public final class Batch {

  /** The most replies a batch collects; beyond that take them in between, or count them. */
  public static final int MAX_COMMANDS = 1 << 20;

  private final BatchSender sender;
  private List<Reply> replies = new ArrayList<>();
  private int added;

  Batch(Wire wire) {
    this.sender = new BatchSender(
        wire, (commands, sizeBytes) -> Portion.collected(commands, sizeBytes, replies));
  }

  /** Appends a command; arguments are sent as UTF-8. */
  public void add(String... command) throws IOException {
    add(Client.bytes(command));
  }

  /**
   * Appends a command. The arguments are copied or sent before this returns. If the buffer is full,
   * waits until the in-flight limits let it be sent.
   *
   * @throws ConnectionLostException if the connection is lost
   * @throws IllegalStateException if {@link #MAX_COMMANDS} commands wait for {@link #replies}
   */
  public void add(byte[]... command) throws IOException {
    if (added == MAX_COMMANDS) {
      throw new IllegalStateException("more than " + MAX_COMMANDS + " commands in one batch");
    }
    sender.add(command);
    added++;
  }

  /** Sends the buffered commands without waiting for replies. */
  public void flush() throws IOException {
    sender.flush();
  }

  /**
   * Sends the buffered commands and waits for all replies.
   *
   * @return one reply per command since the last call, in order
   * @throws ConnectionLostException if the connection is lost before all replies have arrived
   * @throws java.io.InterruptedIOException if the thread is interrupted
   */
  public List<Reply> replies() throws IOException {
    sender.finish();
    if (replies.size() < added) {
      throw new IllegalStateException("a batch is of no use after its connection was lost");
    }
    List<Reply> taken = replies;
    replies = new ArrayList<>();
    added = 0;
    return taken;
  }
}
