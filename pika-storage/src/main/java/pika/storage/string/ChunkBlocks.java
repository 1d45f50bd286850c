package pika.storage.string;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import pika.storage.key.Rows;
import pika.storage.rocks.Cursor;

/** The blocks of a string in chunks: one per chunk, whether its row exists or not. */
final class ChunkBlocks extends Blocks {
  /** Up to this many rows are read one by one, which is cheaper than opening a cursor. */
  private static final int MAX_POINT_READS = 2;

  private final Rows rows;
  private final int chunkBytes;
  private final long end;
  private final @Nullable Cursor cursor;
  private long position;
  private int cursorNumber = -1;
  private byte @Nullable [] zeros;

  ChunkBlocks(Rows rows, int chunkBytes, long from, long to) {
    this.rows = rows;
    this.chunkBytes = chunkBytes;
    this.position = from;
    this.end = to;
    int first = (int) (from / chunkBytes);
    int last = (int) ((to - 1) / chunkBytes);
    this.cursor = last - first < MAX_POINT_READS
        ? null
        : rows.walk(StringFormat.rows(first, last), Cursor.Direction.FORWARD);
  }

  @Override
  public boolean next() {
    if (position >= end) {
      return false;
    }
    int number = (int) (position / chunkBytes);
    int from = (int) (position % chunkBytes);
    int to = (int) Math.min(chunkBytes, from + end - position);
    byte[] row = cursor == null ? rows.get(StringFormat.row(number)) : advance(cursor, number);
    if (row == null) {
      blockOfZeros(zeros(), to - from);
    } else {
      block(row.length < to ? Arrays.copyOf(row, to) : row, from, to - from);
    }
    position += to - from;
    return true;
  }

  @Override
  public void close() {
    if (cursor != null) {
      cursor.close();
    }
  }

  /** Returns the row of chunk {@code number}, null when it does not exist. */
  private byte @Nullable [] advance(Cursor rowCursor, int number) {
    while (rowCursor.valid()) {
      if (cursorNumber < 0) {
        cursorNumber = StringFormat.number(rows.name(rowCursor.key()));
      }
      if (cursorNumber >= number) {
        return cursorNumber == number ? rowCursor.value() : null;
      }
      rowCursor.next();
      cursorNumber = -1;
    }
    return null;
  }

  private byte[] zeros() {
    if (zeros == null) {
      zeros = new byte[chunkBytes];
    }
    return zeros;
  }
}
