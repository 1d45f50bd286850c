package pika.tools.bench;

import java.util.Collection;
import java.util.function.ToDoubleFunction;

/** The median of repeated measurements, and their spread. */
record Medians(double median, double min, double max) {

  /** @throws IllegalArgumentException if there are no measurements */
  static <T> Medians of(Collection<T> measurements, ToDoubleFunction<T> value) {
    double[] sorted = measurements.stream().mapToDouble(value).sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("no measurements");
    }
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Medians(median, sorted[0], sorted[sorted.length - 1]);
  }

  /** Half the distance between minimum and maximum, relative to the median: the report's +- %. */
  double spread() {
    return median == 0 ? 0 : (max - min) / 2 / median;
  }
}
