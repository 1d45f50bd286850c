package pika.server.stats;

import java.util.function.LongSupplier;

/**
 * The server's current throughput. {@link #sample} must be called every {@link #PERIOD_MS}; it
 * costs microseconds, so an idle server stays idle. Thread-safe.
 */
public final class Rates {
  /** How often to sample. */
  public static final long PERIOD_MS = 100;

  private static final double BYTES_PER_KB = 1024;

  private final LongSupplier clockNanos;
  private final Rate commands;
  private final Rate inputBytes;
  private final Rate outputBytes;

  /**
   * Creates the rates of three counters, which grow except for resets; {@code clockNanos} is a
   * nanoTime.
   */
  public Rates(
      LongSupplier clockNanos,
      LongSupplier commands,
      LongSupplier inputBytes,
      LongSupplier outputBytes) {
    this.clockNanos = clockNanos;
    long now = clockNanos.getAsLong();
    this.commands = new Rate(commands, now);
    this.inputBytes = new Rate(inputBytes, now);
    this.outputBytes = new Rate(outputBytes, now);
  }

  public void sample() {
    long now = clockNanos.getAsLong();
    commands.sample(now);
    inputBytes.sample(now);
    outputBytes.sample(now);
  }

  public void reset() {
    long now = clockNanos.getAsLong();
    commands.reset(now);
    inputBytes.reset(now);
    outputBytes.reset(now);
  }

  public long commandsPerSecond() {
    return commands.perSecond();
  }

  public double inputKbPerSecond() {
    return inputBytes.perSecond() / BYTES_PER_KB;
  }

  public double outputKbPerSecond() {
    return outputBytes.perSecond() / BYTES_PER_KB;
  }
}
