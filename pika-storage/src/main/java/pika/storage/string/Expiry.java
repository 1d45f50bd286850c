package pika.storage.string;

import org.jspecify.annotations.Nullable;
import pika.storage.key.KeyRecord;

/**
 * What becomes of a key's expiry when its value is set.
 *
 * @param atMs with {@link Kind#AT} the moment, in milliseconds since 1970
 */
public record Expiry(Kind kind, long atMs) {
  /** The kinds of answers. */
  public enum Kind {
    /** It no longer expires. */
    NONE,
    /** What it was. */
    KEEP,
    /** A given moment. */
    AT
  }

  /** It no longer expires. */
  public static final Expiry NONE = new Expiry(Kind.NONE, KeyRecord.NEVER);

  /** What it was. */
  public static final Expiry KEEP = new Expiry(Kind.KEEP, KeyRecord.NEVER);

  /** It expires at this moment, in milliseconds since 1970. */
  public static Expiry at(long ms) {
    return new Expiry(Kind.AT, ms);
  }

  /** The expiry of what replaces {@code present}. */
  long after(@Nullable KeyRecord present) {
    return switch (kind) {
      case NONE -> KeyRecord.NEVER;
      case KEEP -> present == null ? KeyRecord.NEVER : present.expireAtMs();
      case AT -> atMs;
    };
  }
}
