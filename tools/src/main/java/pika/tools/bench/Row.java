package pika.tools.bench;

import java.util.List;
import pika.tools.drive.Operation;

/**
 * One kind of load.
 *
 * @param name its name on the command line and in the report
 * @param operations what is sent, chosen at random
 * @param fill the data it needs
 * @param subscribers connections subscribed to {@link #CHANNEL} meanwhile
 * @param targetPipelines the pipeline depths of the row's goal
 */
record Row(
    String name,
    List<Operation> operations,
    Fill fill,
    int subscribers,
    List<Integer> targetPipelines) {

  static final String CHANNEL = "news";

  /** One command; its words are separated by spaces. */
  static Row command(String name, String command, Fill fill, Integer... targetPipelines) {
    return mix(name, List.of(Operation.of(1, command)), fill, targetPipelines);
  }

  /** Several operations. */
  static Row mix(String name, List<Operation> operations, Fill fill, Integer... targetPipelines) {
    return new Row(name, operations, fill, 0, List.of(targetPipelines));
  }

  /** PUBLISH to this many subscribers. */
  static Row publish(String name, int subscribers, Integer... targetPipelines) {
    Operation publish = Operation.of(1, "PUBLISH " + CHANNEL + " " + Operation.DATA);
    return new Row(name, List.of(publish), Fill.NOTHING, subscribers, List.of(targetPipelines));
  }
}
