package pika.storage.string;

import org.jspecify.annotations.Nullable;
import pika.storage.key.KeyRecord;

/**
 * What happens to a key's expiry when its value is set.
 *
 * @param atMs the deadline if the kind is {@link Kind#AT}, in milliseconds since 1970
 */
public record Expiry(Kind kind, long atMs) {
  /** What happens to the expiry. */
  public enum Kind {
    /** It is removed. */
    NONE,
    /** It is kept. */
    KEEP,
    /** It is set. */
    AT
  }

  /** Removes the expiry. */
  public static final Expiry NONE = new Expiry(Kind.NONE, KeyRecord.NEVER);

  /** Keeps the expiry. */
  public static final Expiry KEEP = new Expiry(Kind.KEEP, KeyRecord.NEVER);

  /** Returns an expiry at this time, in milliseconds since 1970. */
  public static Expiry at(long ms) {
    return new Expiry(Kind.AT, ms);
  }

  /** Returns the deadline of a value that replaces {@code present}. */
  long after(@Nullable KeyRecord present) {
    return switch (kind) {
      case NONE -> KeyRecord.NEVER;
      case KEEP -> present == null ? KeyRecord.NEVER : present.expireAtMs();
      case AT -> atMs;
    };
  }
}
