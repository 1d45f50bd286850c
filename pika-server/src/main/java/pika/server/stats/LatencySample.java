package pika.server.stats;

/** The longest duration within one second. */
public record LatencySample(long unixSeconds, long ms) {}
