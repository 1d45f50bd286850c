package pika.tools.bench;

/**
 * The result of one huge command on one server in one run, and its effect on other clients.
 *
 * @param sizeBytes the total size of its values
 * @param ms its median time, from the first byte sent to the last received
 * @param quietP99Ms p99 of small commands on other connections without a huge command
 * @param othersP99Ms p99 of small commands on other connections while this one was repeated
 */
record HugeMeasurement(
    String server,
    HugeCommand command,
    long sizeBytes,
    int run,
    double ms,
    double quietP99Ms,
    double othersP99Ms,
    double othersMaxMs) {}
