package pika.tools.load;

import java.io.IOException;
import java.util.Arrays;
import pika.net.client.Client;
import pika.net.client.CountedBatch;
import pika.net.client.CountedBatch.Tally;

/** Sends pipelined commands and stops at the first error reply. Confined to one thread. */
public final class Loader {

  /** Replies are checked after this many commands: rarely enough to cost nothing. */
  private static final int WINDOW_COMMANDS = 10_000;

  /** Like redis-benchmark's random key numbers. */
  private static final int KEY_DIGITS = 12;

  private final CountedBatch batch;
  private int unseen;

  public Loader(Client client) {
    this.batch = client.countedBatch();
  }

  /** The prefix followed by the number in twelve digits. */
  public static byte[] key(byte[] prefix, long number) {
    byte[] key = Arrays.copyOf(prefix, prefix.length + KEY_DIGITS);
    long rest = number;
    for (int i = key.length - 1; i >= prefix.length; i--) {
      key[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return key;
  }

  /**
   * Sends one command, possibly later, and checks the replies from time to time.
   *
   * @throws IOException if the connection breaks or an earlier command failed
   */
  public void send(byte[]... command) throws IOException {
    batch.add(command);
    unseen++;
    if (unseen == WINDOW_COMMANDS) {
      finish();
    }
  }

  /**
   * Returns when all commands have been answered.
   *
   * @throws IOException as {@link #send}
   */
  public void finish() throws IOException {
    Tally tally = batch.finish();
    if (tally.errors() > 0) {
      throw new IOException("refused: " + tally.firstError());
    }
    unseen = 0;
  }
}
