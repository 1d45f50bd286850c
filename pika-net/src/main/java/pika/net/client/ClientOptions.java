package pika.net.client;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import pika.net.resp.Reply;

/**
 * Options of a {@link Client}. All numbers are upper bounds.
 *
 * @param connectTimeoutMs how long connecting may take; 0 is no limit
 * @param replyTimeoutMs how long the server may neither send nor accept a byte while commands are
 *     outstanding; then the connection is closed, because a late reply would be taken for the next
 *     one. 0 is no limit, which blocking commands need
 * @param batchBytes the size of a batch's buffer
 * @param maxInFlightCommands commands sent and unanswered, for all threads together; a sender waits
 *     when it is reached
 * @param maxInFlightBytes the same in bytes; a single larger command is sent when nothing else is
 *     in flight
 * @param pushListener receives RESP3 pushes on the loop's thread; it must not block or call the
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
