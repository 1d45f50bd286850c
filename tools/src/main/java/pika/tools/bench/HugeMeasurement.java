package pika.tools.bench;

/**
 * What one huge command gave on one server in one run, and how others fared meanwhile.
 *
 * @param sizeBytes of its values together
 * @param ms the median of its times, from the first byte sent to the last received
 * @param quietP99Ms of small commands on other connections with no huge one about
 * @param othersP99Ms of small commands on other connections while this one ran again and again
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
