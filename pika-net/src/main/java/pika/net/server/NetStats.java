package pika.net.server;

/**
 * Totals since the server was created. The counters are read one by one, not atomically.
 *
 * @param reads how many times a socket was read
 * @param writes how many times replies were passed to a socket
 */
public record NetStats(
    long connectionsReceived,
    long connectionsRejected,
    long inputBytes,
    long outputBytes,
    long reads,
    long writes) {
  public static final NetStats NOTHING = new NetStats(0, 0, 0, 0, 0, 0);
}
