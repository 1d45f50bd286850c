package pika.server.command;

import java.util.Locale;

/**
 * What a command promises or demands, under Redis' names. The order is the order in which COMMAND
 * INFO lists them.
 */
public enum Flag {
  /** Changes the keyspace: refused on read-only replicas and while writes are paused. */
  WRITE,
  /** Reads keys and never changes them. */
  READONLY,
  /** May grow the data: refused when there is no room for more. */
  DENYOOM,
  /** For administrators: implies the categories {@code @admin} and {@code @dangerous}. */
  ADMIN,
  /** Belongs to publish/subscribe: allowed to a RESP2 client that has subscribed. */
  PUBSUB,
  /** Not to be called from a script. */
  NOSCRIPT,
  /** May suspend its client until something happens. */
  BLOCKING,
  /** Allowed while the data is being loaded. */
  LOADING,
  /** Allowed on a replica that has lost its master and may not serve old data. */
  STALE,
  /** Not shown by MONITOR. */
  SKIP_MONITOR,
  /** Not recorded by SLOWLOG. */
  SKIP_SLOWLOG,
  /** Constant or logarithmic time. */
  FAST,
  /** Allowed to a client that has not authenticated. */
  NO_AUTH,
  /** Not a write by itself, yet something that a pause of writes holds; clients don't see the flag. */
  MAY_REPLICATE,
  /** Declares keys but may be called without any. */
  NO_MANDATORY_KEYS,
  /** Not allowed during an asynchronous load. */
  NO_ASYNC_LOADING,
  /** Not allowed inside MULTI. */
  NO_MULTI,
  /** Its keys cannot be told from first, last and step alone. */
  MOVABLE_KEYS,
  /** Allowed while a script runs over its time. */
  ALLOW_BUSY,
  /** Has to be allowed by a setting of its own; clients don't see the flag. */
  PROTECTED;

  /** Whether COMMAND tells of it. */
  public boolean isShown() {
    return this != MAY_REPLICATE && this != PROTECTED;
  }

  /** The name clients see: {@code no_multi}, and {@code movablekeys} for the one odd spelling. */
  public String redisName() {
    return this == MOVABLE_KEYS ? "movablekeys" : name().toLowerCase(Locale.ROOT);
  }
}
