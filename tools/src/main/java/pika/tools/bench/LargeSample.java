package pika.tools.bench;

/**
 * One second of a load on a large data set.
 *
 * @param atSeconds since the beginning
 * @param p99Ms NaN while the data is being loaded
 */
record LargeSample(
    String phase,
    double atSeconds,
    double opsPerSecond,
    double p99Ms,
    double maxMs,
    long rssBytes) {}
