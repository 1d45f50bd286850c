package pika.tools.load;

import java.io.IOException;
import java.util.Arrays;
import pika.net.client.RespClient;
import pika.net.resp.ErrorReply;
import pika.net.resp.Reply;

/**
 * Sends commands without waiting for each reply, in windows: small enough that a server which reads
 * nothing until its replies are read cannot block both ends. Confined to one thread.
 */
public final class Loader {

  private static final int WINDOW_COMMANDS = 1_000;
  private static final int WINDOW_BYTES = 1 << 20;

  /** As redis-benchmark writes its random key numbers. */
  private static final int KEY_DIGITS = 12;

  private final RespClient client;
  private int unanswered;
  private long unansweredBytes;

  public Loader(RespClient client) {
    this.client = client;
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
   * Sends one command, and collects the replies of a full window.
   *
   * @throws IOException if the connection breaks, or the server refused an earlier command
   */
  public void send(byte[]... command) throws IOException {
    client.send(command);
    unanswered++;
    for (byte[] argument : command) {
      unansweredBytes += argument.length;
    }
    if (unanswered >= WINDOW_COMMANDS || unansweredBytes >= WINDOW_BYTES) {
      finish();
    }
  }

  /**
   * Returns when all that was sent has been answered.
   *
   * @throws IOException as {@link #send}
   */
  public void finish() throws IOException {
    client.flush();
    for (; unanswered > 0; unanswered--) {
      Reply reply = client.receive();
      if (reply instanceof ErrorReply error) {
        throw new IOException("refused: " + error.text());
      }
    }
    unansweredBytes = 0;
  }
}
