package pika.tools.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.ToDoubleFunction;
import pika.tools.bench.Matrix.Group;

/**
 * The plots of a report: a strip per cell, with a line per server.
 *
 * <pre>
 *   throughput: bars, scaled to the best of the cell
 *   latency:    a line from p50 to max with dots at p50, p99, p99.9 and max, on a logarithmic scale
 * </pre>
 */
final class Plots {

  private static final int WIDTH = 900;
  private static final int LABEL_WIDTH = 250;
  private static final int FIGURE_WIDTH = 90;
  private static final int PLOT_WIDTH = WIDTH - LABEL_WIDTH - FIGURE_WIDTH;
  private static final int LINE_HEIGHT = 16;
  private static final int GAP = 10;

  /** The distance from the top of a line to its text's baseline. */
  private static final int BASE = 12;

  private static final double LEAST_MS = 0.01;
  private static final double MOST_MS = 10_000;

  private final BenchPlan plan;
  private final Results results;
  private final Svg svg = new Svg(WIDTH);
  private double y = GAP;

  private Plots(BenchPlan plan, Results results) {
    this.plan = plan;
    this.results = results;
  }

  /** Operations per second. */
  static String throughput(BenchPlan plan, Results results) {
    Plots plots = new Plots(plan, results);
    return plots.draw(plots::bars, () -> {});
  }

  /** Percentiles of latency. */
  static String latency(BenchPlan plan, Results results) {
    Plots plots = new Plots(plan, results);
    return plots.draw(plots::spans, plots::scale);
  }

  private String draw(BiConsumer<Cell, List<List<Measurement>>> strip, Runnable scale) {
    legend();
    for (Group group : plan.matrix().groups()) {
      svg.text(GAP, y + BASE, group.dataset().toString());
      y += LINE_HEIGHT;
      scale.run();
      for (Cell cell : group.cells()) {
        List<List<Measurement>> byServer = plan.servers().stream()
            .map(server -> results.of(server.name(), cell))
            .toList();
        svg.line(0, y, WIDTH, y, Svg.RULE);
        svg.text(GAP, y + GAP / 2.0 + BASE, cell.row().name());
        svg.textEndingAt(
            LABEL_WIDTH - GAP, y + GAP / 2.0 + BASE, cell.clientsText() + " x " + cell.pipeline());
        y += GAP / 2.0;
        strip.accept(cell, byServer);
        y += GAP / 2.0;
      }
      y += GAP;
    }
    return svg.document(y);
  }

  private void legend() {
    double x = LABEL_WIDTH;
    for (int i = 0; i < plan.servers().size(); i++) {
      String name = plan.servers().get(i).name();
      svg.dot(x, y + BASE - 4.0, 5, Svg.colour(i));
      svg.text(x + GAP, y + BASE, name);
      x += 2 * GAP + 8 * name.length() + GAP;
    }
    svg.text(GAP, y + BASE, "row, connections x pipeline");
    y += LINE_HEIGHT + GAP;
  }

  private void bars(Cell cell, List<List<Measurement>> byServer) {
    double best = byServer.stream()
        .flatMap(Collection::stream)
        .mapToDouble(Measurement::opsPerSecond)
        .max()
        .orElse(1);
    for (int i = 0; i < byServer.size(); i++) {
      if (!byServer.get(i).isEmpty()) {
        double ops = median(byServer.get(i), Measurement::opsPerSecond);
        double length = PLOT_WIDTH * ops / best;
        svg.bar(LABEL_WIDTH, y + 2, length, LINE_HEIGHT - 4.0, Svg.colour(i));
        svg.text(LABEL_WIDTH + length + 5, y + BASE, String.format(Locale.ROOT, "%,.0f/s", ops));
      }
      y += LINE_HEIGHT;
    }
  }

  private void spans(Cell cell, List<List<Measurement>> byServer) {
    List<ToDoubleFunction<Measurement>> percentiles =
        List.of(Measurement::p50Ms, Measurement::p99Ms, Measurement::p999Ms, Measurement::maxMs);
    for (int i = 0; i < byServer.size(); i++) {
      if (!byServer.get(i).isEmpty()) {
        List<Double> marks = new ArrayList<>();
        for (ToDoubleFunction<Measurement> percentile : percentiles) {
          marks.add(x(median(byServer.get(i), percentile)));
        }
        double middle = y + LINE_HEIGHT / 2.0;
        svg.line(marks.get(0), middle, marks.get(marks.size() - 1), middle, Svg.colour(i));
        for (int mark = 0; mark < marks.size(); mark++) {
          // The higher the percentile, the rarer and the smaller the dot.
          svg.dot(marks.get(mark), middle, 5.0 - mark, Svg.colour(i));
        }
        double p99 = median(byServer.get(i), Measurement::p99Ms);
        svg.textEndingAt(WIDTH - GAP, y + BASE, String.format(Locale.ROOT, "p99 %.2f ms", p99));
      }
      y += LINE_HEIGHT;
    }
  }

  private void scale() {
    svg.text(GAP, y + BASE, "dots: p50, p99, p99.9, max");
    for (double ms = LEAST_MS; ms <= MOST_MS * 1.01; ms *= 10) {
      String unit = ms < 1 ? Math.round(ms * 1000) + " us" : Math.round(ms) + " ms";
      svg.line(x(ms), y + BASE + 2.0, x(ms), y + LINE_HEIGHT, Svg.INK);
      svg.text(x(ms) - GAP, y + BASE, ms < 1000 ? unit : Math.round(ms / 1000) + " s");
    }
    y += LINE_HEIGHT;
  }

  private static double x(double ms) {
    double bounded = Math.max(LEAST_MS, Math.min(MOST_MS, ms));
    return LABEL_WIDTH + PLOT_WIDTH * Math.log(bounded / LEAST_MS) / Math.log(MOST_MS / LEAST_MS);
  }

  private static double median(List<Measurement> measured, ToDoubleFunction<Measurement> value) {
    return Medians.of(measured, value).median();
  }
}
