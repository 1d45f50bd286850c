package pika.tools.bench;

import java.util.List;
import pika.tools.drive.Operation;

/**
 * One kind of load.
 *
 * @param name as on the command line and in the report
 * @param operations what is sent, in turn by chance
 * @param fill what must be there before
 * @param subscribers connections that hear {@link #CHANNEL} meanwhile
 * @param targetPipelines the pipeline depths at which the row's goal is set
 */
record Row(
    String name,
    List<Operation> operations,
    Fill fill,
    int subscribers,
    List<Integer> targetPipelines) {

  static final String CHANNEL = "news";

  /** One command; its words are parted by spaces. */
  static Row command(String name, String command, Fill fill, Integer... targetPipelines) {
    return mix(name, List.of(Operation.of(1, command)), fill, targetPipelines);
  }

  /** Several operations. */
  static Row mix(String name, List<Operation> operations, Fill fill, Integer... targetPipelines) {
    return new Row(name, operations, fill, 0, List.of(targetPipelines));
  }

  /** A message for so many. */
  static Row publish(String name, int subscribers, Integer... targetPipelines) {
    Operation publish = Operation.of(1, "PUBLISH " + CHANNEL + " " + Operation.DATA);
    return new Row(name, List.of(publish), Fill.NOTHING, subscribers, List.of(targetPipelines));
  }
}
