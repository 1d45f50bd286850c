package pika.storage.stream;

import org.jspecify.annotations.Nullable;

/**
 * How the id of an entry to be added is found.
 *
 * @param id what was given of it; the sequence is 0 unless the id was given whole
 */
public record NewId(Kind kind, StreamId id) {
  /** How much of the id was given. */
  public enum Kind {
    /** Nothing: the time is now. */
    NOTHING,
    /** The time: the sequence is the next one. */
    TIME,
    /** All of it. */
    WHOLE
  }

  /** The id is made from the time of day. */
  public static NewId automatic() {
    return new NewId(Kind.NOTHING, StreamId.ZERO);
  }

  /** The id has this time. */
  public static NewId at(long ms) {
    return new NewId(Kind.TIME, new StreamId(ms, 0));
  }

  /** The id is this one. */
  public static NewId of(StreamId id) {
    return new NewId(Kind.WHOLE, id);
  }

  /** The id of an entry behind {@code last}, at {@code nowMs}; null when it would not be behind. */
  public @Nullable StreamId after(StreamId last, long nowMs) {
    StreamId wanted = switch (kind) {
      case NOTHING -> {
        StreamId now = new StreamId(nowMs, 0);
        yield now.isBehind(last) ? now : last.next();
      }
      case TIME -> last.ms() == id.ms() ? new StreamId(id.ms(), last.sequence() + 1) : id;
      case WHOLE -> id;
    };
    return wanted != null && wanted.isBehind(last) ? wanted : null;
  }
}
