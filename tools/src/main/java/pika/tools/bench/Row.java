package pika.tools.bench;

import java.util.List;

/**
 * One kind of load.
 *
 * @param name as on the command line and in the report
 * @param arguments what redis-benchmark is told to send: {@code -t test} or a command, in which
 *     {@code __rand_int__} is a random key number and {@link #DATA} a value
 * @param fill what must be there before
 * @param targetPipelines the pipeline depths at which the row's goal is set
 */
record Row(String name, List<String> arguments, Fill fill, List<Integer> targetPipelines) {

  /** Stands for a value of the dataset's size. */
  static final String DATA = "{data}";

  /** A test that redis-benchmark knows by name. */
  static Row test(String name, String test, Fill fill, Integer... targetPipelines) {
    return new Row(name, List.of("-t", test), fill, List.of(targetPipelines));
  }

  /** Any command; its words are parted by spaces. */
  static Row command(String name, String command, Fill fill, Integer... targetPipelines) {
    return new Row(name, List.of(command.split(" ", -1)), fill, List.of(targetPipelines));
  }

  List<String> arguments(int valueBytes) {
    return arguments.stream()
        .map(word -> word.equals(DATA) ? "x".repeat(valueBytes) : word)
        .toList();
  }
}
