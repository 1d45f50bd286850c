package pika.net.server;

/** Totals since the server was made; counters of one moment each, not all of the same one. */
public record NetStats(
    long connectionsReceived, long connectionsRejected, long inputBytes, long outputBytes) {}
