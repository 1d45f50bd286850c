package pika.server.command;

import java.util.Locale;

/** The flags of a command, under Redis' names and in the order in which COMMAND INFO lists them. */
public enum Flag {
  /** Changes the keyspace: rejected on read-only replicas and while writes are paused. */
  WRITE,
  /** Reads keys and never changes them. */
  READONLY,
  /** May grow the data: rejected when there is no room for more. */
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
  /** Not a write itself, but held by a pause of writes; not reported to clients. */
  MAY_REPLICATE,
  /** Declares keys but may be called without any. */
  NO_MANDATORY_KEYS,
  /** Not allowed during an asynchronous load. */
  NO_ASYNC_LOADING,
  /** Not allowed inside MULTI. */
  NO_MULTI,
  /** First, last and step alone do not determine its keys. */
  MOVABLE_KEYS,
  /** Allowed while a script exceeds its time limit. */
  ALLOW_BUSY,
  /** Must be enabled by its own setting; not reported to clients. */
  PROTECTED;

  /** Returns whether COMMAND reports it. */
  public boolean isShown() {
    return this != MAY_REPLICATE && this != PROTECTED;
  }

  /** Returns the name clients see: {@code no_multi}; the exception is {@code movablekeys}. */
  public String redisName() {
    return this == MOVABLE_KEYS ? "movablekeys" : name().toLowerCase(Locale.ROOT);
  }
}
