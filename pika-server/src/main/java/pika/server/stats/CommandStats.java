package pika.server.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.HdrHistogram.Histogram;
import pika.server.command.CommandSpec;
import pika.server.command.CommandTable;

/**
 * Counts how often each command ran, how long it took, and how often it failed.
 *
 * <p>Every thread that executes commands has its own {@link Recorder} and is the only writer of its
 * counters, so counting is a plain addition without contention; readers sum up the recorders. A
 * reset, from any thread, starts a new epoch: each recorder clears itself at its next write, and
 * until then readers skip it.
 *
 * <p>Thread-safe.
 */
public final class CommandStats {
  private final CommandTable table;
  private final List<Recorder> recorders = new CopyOnWriteArrayList<>();
  private volatile int epoch;
  private volatile boolean latencyTracking = true;

  /**
   * Creates the statistics. The table may still be empty, but must be complete before the first
   * recorder is created.
   */
  public CommandStats(CommandTable table) {
    this.table = table;
  }

  /**
   * Returns a new recorder for the calling thread, which keeps it as long as it executes commands.
   */
  public Recorder newRecorder() {
    Recorder recorder = new Recorder(this, table.specs().size());
    recorders.add(recorder);
    return recorder;
  }

  /** Resets all counters. */
  public synchronized void reset() {
    epoch++;
  }

  /** Sets whether latencies are recorded in histograms. */
  public void latencyTracking(boolean enabled) {
    latencyTracking = enabled;
  }

  /** Returns the number of commands executed, not counting refused ones. */
  public long totalCalls() {
    long total = 0;
    for (Recorder recorder : current()) {
      total += recorder.totalCalls();
    }
    return total;
  }

  /** Returns the totals of every command that was called or refused, in the table's order. */
  public List<CommandTotals> totals() {
    List<CommandTotals> totals = new ArrayList<>();
    List<Recorder> current = current();
    for (CommandSpec spec : table.specs()) {
      CommandTotals sum = new CommandTotals(spec, 0, 0, 0, 0);
      for (Recorder recorder : current) {
        sum = sum.plus(recorder.totals(spec));
      }
      if (!sum.isZero()) {
        totals.add(sum);
      }
    }
    return totals;
  }

  /** Returns the latencies of a command in nanoseconds; empty if none was recorded. */
  public Histogram latencies(CommandSpec spec) {
    Histogram sum = Recorder.newHistogram();
    for (Recorder recorder : current()) {
      recorder.addLatenciesTo(sum, spec);
    }
    return sum;
  }

  int epoch() {
    return epoch;
  }

  boolean tracksLatencies() {
    return latencyTracking;
  }

  private List<Recorder> current() {
    int now = epoch;
    return recorders.stream().filter(recorder -> recorder.epoch() == now).toList();
  }
}
