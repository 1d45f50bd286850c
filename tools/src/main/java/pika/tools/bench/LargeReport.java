package pika.tools.bench;

import java.util.List;
import java.util.Locale;

/** The report on a data set larger than memory, its samples and their plot. */
final class LargeReport {

  private static final double MEGABYTE = 1 << 20;
  private static final double GIGABYTE = 1 << 30;

  private final LargeResults results;

  LargeReport(LargeResults results) {
    this.results = results;
  }

  String page(String title, Circumstances circumstances) {
    return "# " + title + "\n\n"
        + "* Date: " + circumstances.date() + '\n'
        + "* Machine: " + circumstances.machine() + "; load average before "
        + circumstances.loadAverage() + '\n'
        + "* Load generator: this program, on one thread of the same machine\n"
        + "* Server: " + results.version() + ", `" + results.command() + "`\n\n"
        + "```\n" + circumstances.command() + "\n```\n\n"
        + "![Over time](" + title + ".svg)\n\n"
        + tables();
  }

  String tables() {
    return String.format(
            Locale.ROOT,
            "%,d keys, %,d-byte values: %.1f GB, budget %,.0f MB. Loaded in key order through one"
                + " pipelined connection, then 80 GETs to 20 SETs on %d connections without"
                + " pipelining.%n%n",
            results.dataset().keys(),
            results.dataset().valueBytes(),
            results.dataBytes() / GIGABYTE,
            results.budgetBytes() / MEGABYTE,
            LargeRun.CONNECTIONS)
        + phases()
        + String.format(
            Locale.ROOT,
            "%nRSS is the peak so far (`VmHWM`). Written is the number of bytes the process wrote"
                + " to disk per byte of keys and values set; files is the size of its directory,"
                + " log included, per byte of keys and values stored. Silent seconds are seconds"
                + " without any reply.%n%n"
                + "Started again: %,.0f ms to the first PONG, %,.0f MB five seconds later.%n",
            results.restartMs(),
            results.restartRssBytes() / MEGABYTE);
  }

  private MarkdownTable phases() {
    MarkdownTable table = new MarkdownTable(
        1,
        List.of(
            "load",
            "ops/s",
            "CPU us/op",
            "p50 ms",
            "p99 ms",
            "p99.9 ms",
            "max ms",
            "silent s",
            "RSS MB",
            "of budget",
            "written",
            "files"));
    for (LargePhase phase : results.phases()) {
      table.add(List.of(
          phase.name(),
          number("%,.0f", phase.opsPerSecond()),
          number("%.1f", phase.cpuMicrosPerOp()),
          number("%.2f", phase.p50Ms()),
          number("%.2f", phase.p99Ms()),
          number("%.2f", phase.p999Ms()),
          number("%.1f", phase.maxMs()),
          Integer.toString(phase.silentSeconds()),
          number("%,.0f", phase.peakRssBytes() / MEGABYTE),
          number("%.0f %%", 100.0 * phase.peakRssBytes() / results.budgetBytes()),
          number("%.1f", phase.writeAmplification()),
          number("%.2f", (double) phase.fileBytes() / results.dataBytes())));
    }
    return table;
  }

  String csv() {
    StringBuilder csv = new StringBuilder("phase,seconds,ops_per_second,p99_ms,max_ms,rss_bytes\n");
    for (LargeSample sample : results.samples()) {
      csv.append(String.format(
          Locale.ROOT,
          "%s,%.1f,%.0f,%.3f,%.3f,%d%n",
          sample.phase(),
          sample.atSeconds(),
          sample.opsPerSecond(),
          sample.p99Ms(),
          sample.maxMs(),
          sample.rssBytes()));
    }
    return csv.toString();
  }

  String plot() {
    return new TimePlot(results.samples()).draw(results.budgetBytes());
  }

  private static String number(String format, double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
  }
}
