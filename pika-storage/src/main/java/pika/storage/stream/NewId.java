package pika.storage.stream;

import org.jspecify.annotations.Nullable;

/**
 * How the id of a new entry is determined.
 *
 * @param id the part that was given; the sequence is 0 unless all of the id was given
 */
public record NewId(Kind kind, StreamId id) {
  /** How much of the id was given. */
  public enum Kind {
    /** Nothing: the id is derived from the current time. */
    NOTHING,
    /** The time: the sequence is the next one. */
    TIME,
    /** All of it. */
    WHOLE
  }

  /** Returns an id derived from the current time. */
  public static NewId automatic() {
    return new NewId(Kind.NOTHING, StreamId.ZERO);
  }

  /** Returns an id with this time. */
  public static NewId at(long ms) {
    return new NewId(Kind.TIME, new StreamId(ms, 0));
  }

  /** Returns exactly this id. */
  public static NewId of(StreamId id) {
    return new NewId(Kind.WHOLE, id);
  }

  /**
   * Returns the id of an entry added after {@code last}, at {@code nowMs}; null when it would not
   * be greater.
   */
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
