package pika.storage.element;

import java.util.Arrays;
import pika.storage.key.Rows;
import pika.storage.rocks.Cursor;

/**
 * Tells whether elements are there that are asked for in the order of their rows, by a walk that goes along: a step takes a
 * tenth of the time that looking for a row takes.
 */
final class RowProbe implements Probe {
  /** After so many steps in vain it takes less time to go straight to the row. */
  private static final int MOST_STEPS = 16;

  private static final byte[] END = {};

  private final Rows rows;
  private final Cursor cursor;
  private final int offset;
  /** The key of the row the walk stands on, {@link #END} behind the last. */
  private byte[] key;

  /** Over {@code rows}, by a cursor over all of their elements that is closed with it. */
  RowProbe(Rows rows, Cursor cursor) {
    this.rows = rows;
    this.cursor = cursor;
    this.offset = rows.nameOffset();
    this.key = here();
  }

  @Override
  public boolean contains(byte[] name) {
    byte[] row = HashRows.row(name);
    for (int steps = 0; isBefore(row); steps++) {
      if (steps < MOST_STEPS) {
        cursor.next();
      } else {
        rows.seek(cursor, row);
      }
      key = here();
    }
    return key != END && Arrays.equals(key, offset, key.length, row, 0, row.length);
  }

  private boolean isBefore(byte[] row) {
    return key != END && Arrays.compareUnsigned(key, offset, key.length, row, 0, row.length) < 0;
  }

  private byte[] here() {
    return cursor.valid() ? cursor.key() : END;
  }

  @Override
  public void close() {
    cursor.close();
  }
}
