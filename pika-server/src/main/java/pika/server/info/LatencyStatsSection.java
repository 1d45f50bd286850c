package pika.server.info;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import pika.server.stats.CommandStats;
import pika.server.stats.CommandTotals;

/** INFO latencystats: percentiles of the execution time per command that was called. */
public final class LatencyStatsSection implements InfoSection {
  private static final double NANOS_PER_MICRO = 1000;

  private final CommandStats stats;
  private final Supplier<List<Double>> percentiles;

  /**
   * Creates the section.
   *
   * @param percentiles supplies the percentiles to show, each between 0 and 100
   */
  public LatencyStatsSection(CommandStats stats, Supplier<List<Double>> percentiles) {
    this.stats = stats;
    this.percentiles = percentiles;
  }

  @Override
  public Part part() {
    return Part.LATENCYSTATS;
  }

  @Override
  public void writeTo(InfoText text) {
    List<Double> wanted = percentiles.get();
    for (CommandTotals totals : stats.totals()) {
      Histogram latencies = stats.latencies(totals.spec());
      if (latencies.getTotalCount() > 0) {
        text.line("latency_percentiles_usec_" + totals.spec().fullName(), line(latencies, wanted));
      }
    }
  }

  private static String line(Histogram latencies, List<Double> percentiles) {
    return percentiles.stream()
        .map(percentile -> "p" + shortest(percentile) + "=" + micros(latencies, percentile))
        .collect(Collectors.joining(","));
  }

  private static String micros(Histogram latencies, double percentile) {
    double micros = latencies.getValueAtPercentile(percentile) / NANOS_PER_MICRO;
    return String.format(Locale.ROOT, "%.3f", micros);
  }

  private static String shortest(double percentile) {
    return new DecimalFormat("0.######", DecimalFormatSymbols.getInstance(Locale.ROOT))
        .format(percentile);
  }
}
