package pika.storage.element;

import pika.storage.bytes.Slice;
import pika.storage.key.Rows;
import pika.storage.rocks.Cursor;

/** A walk over the rows of elements that can be taken to any position, and is opened once for many such places. */
final class RowWalk implements AutoCloseable {
  private final Rows rows;
  private final Cursor cursor;
  private final int offset;

  /** Over {@code rows}, by a cursor over all of their elements that is closed with the walk. */
  RowWalk(Rows rows, Cursor cursor) {
    this.rows = rows;
    this.cursor = cursor;
    this.offset = rows.nameOffset();
  }

  /** Goes to the first element that stands at or behind a position. */
  void seek(long position) {
    rows.seek(cursor, HashRows.head(position));
  }

  /** Whether there is an element here. */
  boolean valid() {
    return cursor.valid();
  }

  /** Goes on to the next element. */
  void next() {
    cursor.next();
  }

  /** The key of the element's row, for {@link #position(byte[])} and {@link #name}. */
  byte[] key() {
    return cursor.key();
  }

  /** The position of the element whose row has this key. */
  long position(byte[] key) {
    return HashRows.position(key, offset);
  }

  /** The name of the element whose row has this key. */
  Slice name(byte[] key) {
    return HashRows.name(key, offset);
  }

  /** The value of the element here. */
  Slice value() {
    return Slice.of(cursor.value());
  }

  @Override
  public void close() {
    cursor.close();
  }
}
