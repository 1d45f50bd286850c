package pika.server.stats;

/** The worst of one second: when, in seconds since 1970, and how long it took. */
public record LatencySample(long unixSeconds, long ms) {}
