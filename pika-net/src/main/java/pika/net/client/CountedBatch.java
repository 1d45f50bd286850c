package pika.net.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import pika.net.resp.FrameCounter;

/**
 * A pipeline of any length over a shared connection, whose replies are counted as they come and
 * never become objects. Sends as {@link Batch} does. Confined to one thread.
 */
public final class CountedBatch {

  /**
   * What came back.
   *
   * @param replies so many, errors among them
   * @param errors replies that were errors
   * @param bytes of all replies together
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

  /** Sends what the buffer holds, and does not wait for replies. */
  public void flush() throws IOException {
    sender.flush();
  }

  /**
   * Sends what is left, and waits until all is answered.
   *
   * @return the count since the batch was made
   * @throws ConnectionLostException if the connection is gone before all replies are there
   */
  public Tally finish() throws IOException {
    sender.finish();
    return new Tally(counter.replies(), counter.errors(), counter.bytes(), counter.firstError());
  }
}
