package pika.storage.key;

import org.jspecify.annotations.Nullable;

/**
 * What a unit of work does to one key. Between commands, {@code after} is what the next command
 * sees.
 */
public final class Change {
  /** Why a key was changed or removed, for commit listeners. */
  public enum Cause {
    /** A command changed it. */
    COMMAND,
    /** It had expired. */
    EXPIRED
  }

  private final Key key;
  private final @Nullable KeyRecord before;
  private @Nullable KeyRecord after;
  private Cause cause = Cause.COMMAND;
  private boolean rowsChanged;
  private boolean noticed;
  private boolean stood;
  private long touchedBy;

  Change(Key key, @Nullable KeyRecord before) {
    this.key = key;
    this.before = before;
    this.after = before;
  }

  /** The key. */
  public Key key() {
    return key;
  }

  /** The committed record, expired or not; null when there was none. */
  public @Nullable KeyRecord before() {
    return before;
  }

  /** The record as this unit leaves it; null when the unit removes it. */
  public @Nullable KeyRecord after() {
    return after;
  }

  /** Returns why it changed. */
  public Cause cause() {
    return cause;
  }

  /** Returns whether it removes or replaces a value that has expired. */
  boolean endsExpired(long nowMs) {
    return cause == Cause.EXPIRED
        || (before != null && before != after && after != null && before.isExpired(nowMs));
  }

  /** Returns whether rows of the value changed, possibly without its record. */
  public boolean rowsChanged() {
    return rowsChanged;
  }

  /**
   * Returns whether WATCH and client-side caching should notice the change; see
   * {@link UnitOfWork#changeQuietly}.
   */
  public boolean isNoticed() {
    return noticed;
  }

  /**
   * Whether a command has put a value there, or changed the one that stood there, such that those
   * who watch the key are told, even if another one has removed it again.
   */
  public boolean stood() {
    return stood;
  }

  void become(
      @Nullable KeyRecord newAfter,
      Cause newCause,
      boolean newRowsChanged,
      boolean newNoticed,
      boolean newStood) {
    after = newAfter;
    cause = newCause;
    rowsChanged = newRowsChanged;
    noticed = newNoticed;
    stood = newStood;
  }

  boolean isTouchedBy(long command) {
    return touchedBy == command;
  }

  void touchedBy(long command) {
    touchedBy = command;
  }

  boolean isNothing() {
    return before == after && (after == null || !rowsChanged);
  }

  /** Whether the key was made and is gone again: nothing to write, but something to tell. */
  boolean isUndone() {
    return stood && isNothing();
  }
}
