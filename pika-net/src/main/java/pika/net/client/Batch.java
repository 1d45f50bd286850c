package pika.net.client;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import pika.net.resp.Reply;

/**
 * A pipeline over a shared connection, and its replies. Commands are appended to a buffer of fixed
 * size that belongs to this batch alone and is sent when it is full; one that does not fit it is
 * written by itself, from where its arguments lie. Confined to one thread.
 *
 * <p>Of use again after {@link #replies}, and of none once the connection is lost. After an
 * interrupt it may be asked again: a command whose {@link #add} was interrupted is not in it.
 */
public final class Batch {

  /** Replies that one batch collects at most; more are to be taken in between, or counted. */
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
   * Appends a command. The arguments are copied, or sent, before this returns. If the buffer is
   * full, waits until there is room in flight for it.
   *
   * @throws ConnectionLostException if the connection is gone
   * @throws IllegalStateException if {@link #MAX_COMMANDS} wait for {@link #replies}
   */
  public void add(byte[]... command) throws IOException {
    if (added == MAX_COMMANDS) {
      throw new IllegalStateException("more than " + MAX_COMMANDS + " commands in one batch");
    }
    sender.add(command);
    added++;
  }

  /** Sends what the buffer holds, and does not wait for replies. */
  public void flush() throws IOException {
    sender.flush();
  }

  /**
   * Sends what is left, and waits until all is answered.
   *
   * @return one reply for each command since the last time, in their order
   * @throws ConnectionLostException if the connection is gone before all replies are there
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
