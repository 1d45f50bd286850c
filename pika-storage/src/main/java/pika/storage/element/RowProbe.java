package pika.storage.element;

import java.util.Arrays;
import pika.storage.key.Rows;
import pika.storage.rocks.Cursor;

/**
 * A membership test for elements asked for in row order, using a cursor that follows along: a step
 * takes a tenth of the time of a lookup.
 */
final class RowProbe implements Probe {
  /** After this many steps in vain, seeking to the row is faster. */
  private static final int MOST_STEPS = 16;

  private static final byte[] END = {};

  private final Rows rows;
  private final Cursor cursor;
  private final int offset;
  /** The key of the row under the cursor, {@link #END} after the last. */
  private byte[] key;

  /**
   * Creates a probe over {@code rows}.
   *
   * @param cursor over all of their elements; closed with the probe
   */
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
