package pika.tools.bench;

import java.util.List;
import pika.tools.bench.Dataset.Size;

/** A named set of loads; options override its parts. */
enum Preset {
  /** The rows that have a goal, each at the pipeline depths of its goal. */
  TARGET(List.of(Size.MEMORY), List.of(100), List.of(50), List.of()),

  /** All combinations; takes hours. */
  FULL(
      List.of(Size.MEMORY, Size.BIG),
      List.of(100, 1024, 16 * 1024),
      List.of(1, 50, 500),
      List.of(1, 16, 128));

  final List<Size> sizes;
  final List<Integer> valueBytes;
  final List<Integer> clients;
  /** Empty for each row's own. */
  final List<Integer> pipelines;

  Preset(
      List<Size> sizes, List<Integer> valueBytes, List<Integer> clients, List<Integer> pipelines) {
    this.sizes = sizes;
    this.valueBytes = valueBytes;
    this.clients = clients;
    this.pipelines = pipelines;
  }
}
