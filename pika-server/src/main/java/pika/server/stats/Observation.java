package pika.server.stats;

import java.util.function.LongSupplier;
import pika.server.command.CommandSpec;
import pika.server.command.Flag;
import pika.server.session.Session;

/** Everything the server observes about its own work. Thread-safe. */
public record Observation(
    SlowLog slowLog,
    LatencyMonitor latency,
    HotKeys hotKeys,
    BigKeys bigKeys,
    LazyFrees lazyFrees) {

  /** Returns one without observations. */
  public static Observation begin(LongSupplier clockMs) {
    return new Observation(
        new SlowLog(),
        new LatencyMonitor(clockMs),
        new HotKeys(System::nanoTime),
        new BigKeys(),
        new LazyFrees());
  }

  /** Returns whether a command of this duration must be recorded; called for every command. */
  public boolean isLong(long nanos) {
    return slowLog.wants(nanos) || latency.wants(nanos);
  }

  /** Records a long command in the slow log and the latency history. */
  public void recordLong(Session session, CommandSpec spec, byte[][] args, SlowLog.Timing timing) {
    latency.took(
        spec.has(Flag.FAST) ? LatencyEvent.FAST_COMMAND : LatencyEvent.COMMAND, timing.nanos());
    if (slowLog.wants(timing.nanos()) && !spec.has(Flag.SKIP_SLOWLOG)) {
      slowLog.add(timing, spec.shown(args), session.connection().remoteAddress(), session.name());
    }
  }
}
