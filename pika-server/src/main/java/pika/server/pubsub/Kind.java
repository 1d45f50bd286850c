package pika.server.pubsub;

/** What can be listened to. The same name means another thing in each kind. */
public enum Kind {
  CHANNEL,
  /** All channels whose names match. */
  PATTERN,
  /** A channel that in a cluster belongs to one shard; a namespace of its own everywhere. */
  SHARD_CHANNEL,
  /** Every command the server runs; the one name is empty. */
  MONITOR
}
