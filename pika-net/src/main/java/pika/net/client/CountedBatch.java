package pika.net.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import pika.net.resp.FrameCounter;

/**
 * A pipeline of any length over a shared connection that counts replies as they arrive, without
 * creating objects. Sends like {@link Batch}. Confined to one thread.
 */
public final class CountedBatch {

  /**
   * The replies received.
   *
   * @param replies their number, errors included
   * @param errors how many were errors
   * @param bytes the bytes of all replies
   * @param firstError the text of the first error
   */
  public record Tally(
      long replies, long errors, long bytes, @Nullable String firstError) {}

  private final BatchSender sender;
  private final FrameCounter counter = new FrameCounter();

  CountedBatch(Wire wire) {
    this.sender = new BatchSender(
        wire, (commands, sizeBytes) -> Portion.counted(commands, sizeBytes, counter));
  }

  /** Appends a command as {@link Batch#add(byte[]...)} does. */
  public void add(byte[]... command) throws IOException {
    sender.add(command);
  }

  /** Sends the buffered commands without waiting for replies. */
  public void flush() throws IOException {
    sender.flush();
  }

  /**
   * Sends the buffered commands and waits for all replies.
   *
   * @return the totals since the batch was created
   * @throws ConnectionLostException if the connection is lost before all replies have arrived
   */
  public Tally finish() throws IOException {
    sender.finish();
    return new Tally(counter.replies(), counter.errors(), counter.bytes(), counter.firstError());
  }
}
