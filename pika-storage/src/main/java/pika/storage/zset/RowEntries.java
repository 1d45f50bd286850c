package pika.storage.zset;

import org.jspecify.annotations.Nullable;
import pika.storage.bytes.Slice;
import pika.storage.rocks.Cursor;

/** Iterates over rows by score. */
final class RowEntries implements Entries {
  static final RowEntries NONE = new RowEntries(null, 0, 0, true);

  private final @Nullable Cursor cursor;
  private final int offset;
  private final boolean mayEnd;
  private long left;
  private boolean started;
  private byte[] key = {};
  private byte[] value = {};

  /**
   * Creates an iteration over the next {@code count} rows of a cursor, which is closed with it; a
   * null cursor has none.
   *
   * @param offset where a row's name starts in its key
   * @param mayEnd whether there may be fewer rows; if not, the set is damaged then
   */
  RowEntries(@Nullable Cursor cursor, int offset, long count, boolean mayEnd) {
    this.cursor = cursor;
    this.offset = offset;
    this.left = count;
    this.mayEnd = mayEnd;
  }

  @Override
  public boolean next() {
    if (cursor == null || left == 0) {
      return false;
    }
    if (started) {
      cursor.next();
    }
    if (!cursor.valid()) {
      if (mayEnd) {
        left = 0;
        return false;
      }
      throw SortedSetFormat.damaged();
    }
    started = true;
    left--;
    key = cursor.key();
    value = cursor.value();
    return true;
  }

  /** Returns the row's full key. */
  byte[] key() {
    return key;
  }

  /** Adds the row to the keys of its run. */
  void addTo(RunKeys.Builder keys) {
    keys.add(key, offset, value);
  }

  /** Returns the key by which the directory knows the row. */
  byte[] sortKey() {
    return SortedSetFormat.sortKey(key, offset);
  }

  @Override
  public double score() {
    return SortedSetFormat.score(key, offset, value.length);
  }

  @Override
  public Slice member() {
    return SortedSetFormat.member(key, offset);
  }

  @Override
  public void close() {
    if (cursor != null) {
      cursor.close();
    }
  }
}
