package pika.storage.element;

import pika.storage.bytes.Slice;
import pika.storage.key.Rows;
import pika.storage.rocks.Cursor;

/**
 * A cursor over the rows of elements that can seek to any position, so that it is opened once for
 * many.
 */
final class RowWalk implements AutoCloseable {
  private final Rows rows;
  private final Cursor cursor;
  private final int offset;

  /**
   * Creates a walk over {@code rows}.
   *
   * @param cursor over all of their elements; closed with the walk
   */
  RowWalk(Rows rows, Cursor cursor) {
    this.rows = rows;
    this.cursor = cursor;
    this.offset = rows.nameOffset();
  }

  /** Moves to the first element at or after a position. */
  void seek(long position) {
    rows.seek(cursor, HashRows.head(position));
  }

  /** Returns whether it is positioned on an element. */
  boolean valid() {
    return cursor.valid();
  }

  /** Moves to the next element. */
  void next() {
    cursor.next();
  }

  /** Returns the row key of the element, for {@link #position(byte[])} and {@link #name}. */
  byte[] key() {
    return cursor.key();
  }

  /** Returns the position of the element with this row key. */
  long position(byte[] key) {
    return HashRows.position(key, offset);
  }

  /** Returns the name of the element with this row key. */
  Slice name(byte[] key) {
    return HashRows.name(key, offset);
  }

  /** Returns the value of the element. */
  Slice value() {
    return Slice.of(cursor.value());
  }

  @Override
  public void close() {
    cursor.close();
  }
}
