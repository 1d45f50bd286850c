package pika.net.server;

/**
 * Totals since the server was made; counters of one moment each, not all of the same one.
 *
 * @param reads times a socket was read from
 * @param writes times replies were given to a socket
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
