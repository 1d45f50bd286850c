package pika.server.pubsub;

/** What can be subscribed to. Each kind is a namespace of its own. */
public enum Kind {
  CHANNEL,
  /** All channels whose names match. */
  PATTERN,
  /** A channel that belongs to one shard of a cluster. */
  SHARD_CHANNEL,
  /** Every command the server runs; the only name is empty. */
  MONITOR
}
