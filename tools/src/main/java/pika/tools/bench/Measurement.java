package pika.tools.bench;

/**
 * The result of one run of one cell on one server.
 *
 * @param opsPerSecond operations; an MSET of ten keys is one, and so is a transaction
 * @param p50Ms from sending a request to its reply; with a pipeline, to the last reply of the batch
 * @param cpuMicrosPerOp CPU time of the server process; NaN if unknown
 * @param rssBytes RSS of the server process after the run; 0 if unknown
 */
record Measurement(
    String server,
    Cell cell,
    int run,
    double opsPerSecond,
    double p50Ms,
    double p99Ms,
    double p999Ms,
    double maxMs,
    double cpuMicrosPerOp,
    long rssBytes) {}
