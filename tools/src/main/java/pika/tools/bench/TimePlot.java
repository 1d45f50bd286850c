package pika.tools.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Samples over time: operations per second above, resident memory below, with a line at the budget.
 */
final class TimePlot {

  private static final int WIDTH = 900;
  private static final int HEIGHT = 180;
  private static final int LEFT = 90;
  private static final int GAP = 30;
  private static final double HEADROOM = 1.1;
  private static final double MEGABYTE = 1 << 20;

  private final List<LargeSample> samples;
  private final Svg svg = new Svg(WIDTH);

  TimePlot(List<LargeSample> samples) {
    this.samples = samples;
  }

  String draw(long budgetBytes) {
    strip(GAP, LargeSample::opsPerSecond, 0, "operations/s");
    double budget = budgetBytes / MEGABYTE;
    strip(GAP * 2 + HEIGHT, sample -> sample.rssBytes() / MEGABYTE, budget, "RSS, MB");
    phases(GAP * 2 + HEIGHT * 2);
    return svg.document(GAP * 4 + HEIGHT * 2);
  }

  private void strip(double top, ToDoubleFunction<LargeSample> value, double rule, String name) {
    double most = samples.stream().mapToDouble(value).max().orElse(1);
    double scale = HEIGHT / (HEADROOM * Math.max(1, Math.max(most, rule)));
    double bottom = top + HEIGHT;
    svg.text(5, top, name);
    for (double mark : List.of(0.0, most / 2, most)) {
      svg.line(LEFT, bottom - mark * scale, WIDTH, bottom - mark * scale, Svg.RULE);
      svg.textEndingAt(
          LEFT - 5, bottom - mark * scale + 4, String.format(Locale.ROOT, "%,.0f", mark));
    }
    if (rule > 0) {
      svg.line(LEFT, bottom - rule * scale, WIDTH, bottom - rule * scale, Svg.colour(2));
      svg.text(LEFT + 5, bottom - rule * scale - 4, "budget");
    }
    double[] points = new double[2 * samples.size()];
    for (int i = 0; i < samples.size(); i++) {
      points[2 * i] = x(samples.get(i));
      points[2 * i + 1] = bottom - value.applyAsDouble(samples.get(i)) * scale;
    }
    svg.curve(points, Svg.colour(1));
  }

  private void phases(double y) {
    String phase = "";
    for (LargeSample sample : samples) {
      if (!sample.phase().equals(phase)) {
        phase = sample.phase();
        svg.line(x(sample), GAP, x(sample), y, Svg.INK);
        svg.text(
            x(sample),
            y + 15,
            phase + String.format(Locale.ROOT, ", from %.0f s", sample.atSeconds()));
      }
    }
  }

  private double x(LargeSample sample) {
    double whole = samples.get(samples.size() - 1).atSeconds();
    return LEFT + (WIDTH - LEFT) * sample.atSeconds() / whole;
  }
}
