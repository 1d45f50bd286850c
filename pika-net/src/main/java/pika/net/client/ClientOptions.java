package pika.net.client;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import pika.net.resp.Reply;

/**
 * How a {@link Client} behaves. All numbers are bounds.
 *
 * @param connectTimeoutMs until a connection is there; 0 waits for ever
 * @param replyTimeoutMs for how long the server may send and take nothing at all while something is
 *     outstanding; then the connection is given up, since a late reply would be taken for the next
 *     one. 0 waits for ever, which commands that block need
 * @param batchBytes of a batch's buffer
 * @param maxInFlightCommands sent and unanswered, of all threads together; who wants to send more
 *     waits
 * @param maxInFlightBytes like it; a single command may be larger, and is then alone
 * @param pushListener told of RESP3 pushes, on the loop's thread: it must neither wait nor call the
 *     client
 */
public record ClientOptions(
    long connectTimeoutMs,
    long replyTimeoutMs,
    int batchBytes,
    int maxInFlightCommands,
    long maxInFlightBytes,
    Consumer<Reply> pushListener) {

  private static final int LEAST_BATCH_BYTES = 64;

  public static final ClientOptions DEFAULT = new ClientOptions(
      TimeUnit.SECONDS.toMillis(10),
      TimeUnit.SECONDS.toMillis(60),
      64 * 1024,
      10_000,
      4 << 20,
      push -> {});

  public ClientOptions {
    if (connectTimeoutMs < 0 || replyTimeoutMs < 0) {
      throw new IllegalArgumentException("timeouts must not be negative");
    }
    if (batchBytes < LEAST_BATCH_BYTES || maxInFlightCommands < 1 || maxInFlightBytes < 1) {
      throw new IllegalArgumentException("bounds too low");
    }
  }

  public ClientOptions connectTimeoutMs(long value) {
    return new ClientOptions(
        value, replyTimeoutMs, batchBytes, maxInFlightCommands, maxInFlightBytes, pushListener);
  }

  public ClientOptions replyTimeoutMs(long value) {
    return new ClientOptions(
        connectTimeoutMs, value, batchBytes, maxInFlightCommands, maxInFlightBytes, pushListener);
  }

  public ClientOptions batchBytes(int value) {
    return new ClientOptions(
        connectTimeoutMs,
        replyTimeoutMs,
        value,
        maxInFlightCommands,
        maxInFlightBytes,
        pushListener);
  }

  public ClientOptions maxInFlight(int commands, long bytes) {
    return new ClientOptions(
        connectTimeoutMs, replyTimeoutMs, batchBytes, commands, bytes, pushListener);
  }

  public ClientOptions pushListener(Consumer<Reply> value) {
    return new ClientOptions(
        connectTimeoutMs, replyTimeoutMs, batchBytes, maxInFlightCommands, maxInFlightBytes, value);
  }
}
