package pika.tools.bench;

import java.util.List;
import java.util.Locale;

/** Every single run as a line of CSV, for plots and for checking medians. */
final class RawCsv {

  private static final String HEADER = "server,run,row,dataset,keys,value_bytes,clients,active,"
      + "pipeline,ops_per_second,p50_ms,p99_ms,p999_ms,max_ms,cpu_us_per_op,rss_bytes";

  private RawCsv() {}

  static String of(List<Measurement> measurements) {
    StringBuilder csv = new StringBuilder(HEADER).append('\n');
    for (Measurement measured : measurements) {
      Cell cell = measured.cell();
      csv.append(String.format(
          Locale.ROOT,
          "%s,%d,%s,%s,%d,%d,%d,%d,%d,%.2f,%.3f,%.3f,%.3f,%.3f,%.4f,%d%n",
          measured.server(),
          measured.run(),
          cell.row().name(),
          cell.dataset().size(),
          cell.dataset().keys(),
          cell.dataset().valueBytes(),
          cell.clients(),
          cell.active(),
          cell.pipeline(),
          measured.opsPerSecond(),
          measured.p50Ms(),
          measured.p99Ms(),
          measured.p999Ms(),
          measured.maxMs(),
          measured.cpuMicrosPerOp(),
          measured.rssBytes()));
    }
    return csv.toString();
  }
}
