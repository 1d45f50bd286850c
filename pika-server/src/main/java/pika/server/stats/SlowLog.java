package pika.server.stats;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import pika.server.command.Args;

/**
 * The latest calls that ran longer than a threshold, newest first. Only execution time counts; how
 * long the request had waited is recorded as well. Thread-safe: checking the threshold is one
 * volatile read, everything else is rare and synchronized.
 */
public final class SlowLog {
  /** As in Redis, an entry shows this many arguments and this many bytes of each. */
  private static final int MAX_ARGS = 32;

  private static final int MAX_ARG_BYTES = 128;

  private final Deque<Entry> entries = new ArrayDeque<>();
  private volatile long thresholdNanos = 10_000_000L;
  private int maxLength = 128;
  private long nextId;

  /**
   * One slow call.
   *
   * @param args name and arguments, shortened
   * @param client address of the peer
   */
  public record Entry(
      long id, Timing timing, List<byte[]> args, String client, String clientName) {}

  /** When a call ran, for how long, and how long the request had waited since it was read. */
  public record Timing(long unixSeconds, long nanos, long waitedNanos) {
    public long micros() {
      return TimeUnit.NANOSECONDS.toMicros(nanos);
    }

    public long waitedMicros() {
      return TimeUnit.NANOSECONDS.toMicros(waitedNanos);
    }
  }

  /**
   * Sets the threshold in microseconds of execution; 0 records all calls, a negative value none.
   */
  public void thresholdMicros(long micros) {
    thresholdNanos = micros < 0 ? Long.MAX_VALUE : TimeUnit.MICROSECONDS.toNanos(micros);
  }

  public synchronized void maxLength(int length) {
    maxLength = length;
    trim();
  }

  /** Returns whether a call of this duration is recorded; checked for every command. */
  public boolean wants(long nanos) {
    return nanos >= thresholdNanos;
  }

  public synchronized void add(Timing timing, byte[][] args, String client, String clientName) {
    entries.addFirst(new Entry(nextId++, timing, shortened(args), client, clientName));
    trim();
  }

  /** Returns the newest {@code limit} entries. */
  public synchronized List<Entry> newest(long limit) {
    return entries.stream().limit(limit).toList();
  }

  public synchronized int size() {
    return entries.size();
  }

  public synchronized void clear() {
    entries.clear();
  }

  private void trim() {
    while (entries.size() > maxLength) {
      entries.removeLast();
    }
  }

  private static List<byte[]> shortened(byte[][] args) {
    List<byte[]> shown = new ArrayList<>();
    for (int i = 0; i < args.length; i++) {
      if (i == MAX_ARGS - 1 && args.length > MAX_ARGS) {
        shown.add(Args.bytes("... (" + (args.length - i) + " more arguments)"));
        break;
      }
      shown.add(shortened(args[i]));
    }
    return shown;
  }

  // Copies even short arguments: the log must not keep a large buffer alive.
  private static byte[] shortened(byte[] arg) {
    if (arg.length <= MAX_ARG_BYTES) {
      return arg.clone();
    }
    return Args.bytes(
        Args.text(arg, MAX_ARG_BYTES) + "... (" + (arg.length - MAX_ARG_BYTES) + " more bytes)");
  }
}
