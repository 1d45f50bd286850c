package pika.tools.drive;

import java.util.List;

/**
 * A load on a server.
 *
 * @param operations one of them is drawn each time, by weight
 * @param connections how many are open
 * @param active how many of them have requests in flight at any time; they take turns
 * @param pipeline operations a connection sends together; the next follow once all are answered
 * @param numbers the random numbers in keys and elements
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
