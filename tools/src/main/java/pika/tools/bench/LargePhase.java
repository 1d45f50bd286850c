package pika.tools.bench;

/**
 * One kind of load on a large data set, or its loading.
 *
 * @param p50Ms from sending a request to its reply; NaN, as the other latencies, for the loading
 * @param silentSeconds seconds in which nobody had an answer
 * @param peakRssBytes the most the server has held until its end
 * @param writtenBytes by the server to the disk
 * @param givenBytes keys and values that it was given to write
 * @param fileBytes the size of its directory in the end
 */
record LargePhase(
    String name,
    double opsPerSecond,
    double p50Ms,
    double p99Ms,
    double p999Ms,
    double maxMs,
    int silentSeconds,
    double cpuMicrosPerOp,
    long peakRssBytes,
    long writtenBytes,
    long givenBytes,
    long fileBytes) {

  /** Bytes written for each byte given. */
  double writeAmplification() {
    return (double) writtenBytes / givenBytes;
  }
}
