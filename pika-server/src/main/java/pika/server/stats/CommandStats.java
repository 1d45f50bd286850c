package pika.server.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.HdrHistogram.Histogram;
import pika.server.command.CommandSpec;
import pika.server.command.CommandTable;

/**
 * How often each command ran, how long it took, how often it failed.
 *
 * <p>Every thread that executes commands has a {@link Recorder} of its own, the only writer of its
 * counters, so counting is a plain addition without contention; a reader adds the recorders up. A
 * reset from any thread moves to a new epoch: each recorder clears itself when it next writes, and
 * until then readers pass it over.
 *
 * <p>Safe for use by all threads.
 */
public final class CommandStats {
  private final CommandTable table;
  private final List<Recorder> recorders = new CopyOnWriteArrayList<>();
  private volatile int epoch;
  private volatile boolean latencyTracking = true;

  /** The table may still be empty, but must be complete when the first recorder is made. */
  public CommandStats(CommandTable table) {
    this.table = table;
  }

  /** A recorder for the calling thread, which keeps it as long as it executes commands. */
  public Recorder newRecorder() {
    Recorder recorder = new Recorder(this, table.specs().size());
    recorders.add(recorder);
    return recorder;
  }

  /** Forgets everything counted so far. */
  public synchronized void reset() {
    epoch++;
  }

  /** Whether latencies go into histograms, too. */
  public void latencyTracking(boolean enabled) {
    latencyTracking = enabled;
  }

  /** Commands executed, refused ones not counted. */
  public long totalCalls() {
    long total = 0;
    for (Recorder recorder : current()) {
      total += recorder.totalCalls();
    }
    return total;
  }

  /** What was counted of every command that was called or refused, in the table's order. */
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

  /** The latencies of a command in nanoseconds; empty if none was recorded. */
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
