package pika.server.info;

import java.util.Locale;
import pika.server.stats.CommandStats;
import pika.server.stats.CommandTotals;

/** INFO commandstats: calls, time and failures per command that was called. */
public final class CommandStatsSection implements InfoSection {
  private final CommandStats stats;

  public CommandStatsSection(CommandStats stats) {
    this.stats = stats;
  }

  @Override
  public Part part() {
    return Part.COMMANDSTATS;
  }

  @Override
  public void writeTo(InfoText text) {
    for (CommandTotals totals : stats.totals()) {
      text.line(
          "cmdstat_" + totals.spec().fullName(),
          String.format(
              Locale.ROOT,
              "calls=%d,usec=%d,usec_per_call=%.2f,rejected_calls=%d,failed_calls=%d",
              totals.calls(),
              totals.micros(),
              totals.calls() == 0 ? 0 : (double) totals.micros() / totals.calls(),
              totals.rejected(),
              totals.failed()));
    }
  }

  @Override
  public void resetStatistics() {
    stats.reset();
  }
}
