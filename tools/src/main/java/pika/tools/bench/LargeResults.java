package pika.tools.bench;

import java.util.List;

/**
 * The results for a data set larger than memory.
 *
 * @param restartMs from starting the server on the data to its first PONG
 * @param restartRssBytes its RSS five seconds later
 */
record LargeResults(
    Dataset dataset,
    long budgetBytes,
    String version,
    String command,
    List<LargePhase> phases,
    List<LargeSample> samples,
    double restartMs,
    long restartRssBytes) {

  /** The bytes of all keys and values. */
  long dataBytes() {
    return dataset.keys() * dataset.bytesPerKey();
  }
}
