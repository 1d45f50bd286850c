package pika.tools.bench;

import java.util.Optional;

/**
 * The result of one start of one server without any load.
 *
 * @param dataset the data in its directory; empty for an empty directory
 * @param startMs from spawning the process to the first PONG
 * @param idleCpuPercent of one core
 */
record RestMeasurement(
    String server,
    Optional<Dataset> dataset,
    int run,
    double startMs,
    long rssBytes,
    double idleCpuPercent) {}
