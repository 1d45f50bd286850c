package pika.storage.key;

import java.util.function.Supplier;
import pika.storage.rocks.Cursor;
import pika.storage.rocks.NotInMemoryException;

/**
 * A cursor for units that must not wait: turns {@link NotInMemoryException} into
 * {@link WouldBlock}.
 */
final class CursorInMemory implements Cursor {
  private final Cursor cursor;

  private CursorInMemory(Cursor cursor) {
    this.cursor = cursor;
  }

  /** Opens the cursor; throws {@link WouldBlock} when the first entry is not in memory. */
  static Cursor open(Supplier<Cursor> cursor) {
    try {
      return new CursorInMemory(cursor.get());
    } catch (NotInMemoryException e) {
      throw WouldBlock.INSTANCE;
    }
  }

  @Override
  public boolean valid() {
    return cursor.valid();
  }

  @Override
  public byte[] key() {
    return cursor.key();
  }

  @Override
  public byte[] value() {
    return cursor.value();
  }

  @Override
  public void next() {
    try {
      cursor.next();
    } catch (NotInMemoryException e) {
      throw WouldBlock.INSTANCE;
    }
  }

  @Override
  public void seek(byte[] key) {
    try {
      cursor.seek(key);
    } catch (NotInMemoryException e) {
      throw WouldBlock.INSTANCE;
    }
  }

  @Override
  public void close() {
    cursor.close();
  }
}
