package pika.tools.bench;

/**
 * One kind of load on a large data set, or loading it.
 *
 * @param p50Ms from sending a request to its reply; like the other latencies, NaN for loading
 * @param silentSeconds seconds without any reply
 * @param peakRssBytes the server's peak RSS until the end of the phase
 * @param writtenBytes bytes the server wrote to disk
 * @param givenBytes bytes of keys and values it was sent to write
 * @param fileBytes the size of its directory at the end
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

  /** Bytes written per byte given. */
  double writeAmplification() {
    return (double) writtenBytes / givenBytes;
  }
}
