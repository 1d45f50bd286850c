package pika.server.stats;

import pika.server.command.CommandSpec;

/**
 * The totals of one command.
 *
 * @param calls executions, including failed ones
 * @param nanos time spent in them
 * @param rejected calls refused before they ran
 * @param failed executions that ended with an error reply
 */
public record CommandTotals(CommandSpec spec, long calls, long nanos, long rejected, long failed) {

  public long micros() {
    return nanos / 1000;
  }

  CommandTotals plus(CommandTotals more) {
    return new CommandTotals(
        spec,
        calls + more.calls,
        nanos + more.nanos,
        rejected + more.rejected,
        failed + more.failed);
  }

  boolean isZero() {
    return calls == 0 && rejected == 0;
  }
}
