package pika.tools.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * One result line of {@code redis-benchmark --csv}. Columns are found by the names in its header,
 * so that other versions may add some.
 */
record BenchmarkCsv(double opsPerSecond, double p50Ms, double p95Ms, double p99Ms, double maxMs) {

  private static final String HEADER = "\"test\"";

  /** @throws IllegalArgumentException if {@code output} holds no result line */
  static BenchmarkCsv parse(String output) {
    List<String> lines =
        output.lines().dropWhile(line -> !line.startsWith(HEADER)).toList();
    if (lines.size() < 2) {
      throw new IllegalArgumentException(
          "no result from redis-benchmark (6.2 or later is needed): " + output.strip());
    }
    List<String> names = fields(lines.get(0));
    List<String> values = fields(lines.get(lines.size() - 1));
    return new BenchmarkCsv(
        number(names, values, "rps"),
        number(names, values, "p50_latency_ms"),
        number(names, values, "p95_latency_ms"),
        number(names, values, "p99_latency_ms"),
        number(names, values, "max_latency_ms"));
  }

  private static double number(List<String> names, List<String> values, String name) {
    int column = names.indexOf(name);
    if (column < 0 || column >= values.size()) {
      throw new IllegalArgumentException("redis-benchmark gave no " + name + ": " + values);
    }
    String value = values.get(column);
    // A rate per no time at all: the run ended within the millisecond it began in.
    return value.equals("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(value);
  }

  /** Splits at commas outside quotes; the name of a test may hold both, but no escaped quote. */
  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }
}
