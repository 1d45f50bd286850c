package pika.tools.drive;

import java.util.List;

/**
 * What a server is to bear.
 *
 * @param operations of which one is drawn each time, by their weights
 * @param connections that are open
 * @param active how many of them have requests under way at any time; each has its turn
 * @param pipeline operations that a connection sends together; the next follow when all are answered
 * @param numbers which random ones are drawn
 * @param valueBytes the length of a value
 */
public record Load(
    List<Operation> operations,
    int connections,
    int active,
    int pipeline,
    Numbers numbers,
    int valueBytes) {

  public Load {
    if (active < 1 || active > connections || pipeline < 1) {
      throw new IllegalArgumentException("a load needs connections and a pipeline");
    }
  }
}
