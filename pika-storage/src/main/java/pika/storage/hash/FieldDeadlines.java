package pika.storage.hash;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import pika.storage.key.KeyRecord;
import pika.storage.key.Rows;
import pika.storage.rocks.Cursor;

/**
 * The deadlines of fields in rows, in the order of time. Where they start is written down in the hash's header: before it lie
 * only the tombstones of those that were swept, perhaps millions, and a walk that began there would step over each.
 */
final class FieldDeadlines {
  /** Where deadlines start when nothing is known. */
  static final byte[] START = {};

  private static final byte[] NOTHING = {};
  /** Of a longer row the start is written down, which is no later than the row. */
  private static final int MAX_START_BYTES = 64;

  private final Rows rows;
  private byte[] start;

  /** {@code start} is the name of a row that no deadline's comes before. */
  FieldDeadlines(Rows rows, byte[] start) {
    this.rows = rows;
    this.start = start;
  }

  /** The same for those that come. */
  byte[] start() {
    return start;
  }

  /** Notes that a field's deadline is no longer the one but the other; either may be NEVER. */
  void move(byte[] field, long oldMs, long newMs) {
    if (oldMs == newMs) {
      return;
    }
    if (oldMs != KeyRecord.NEVER) {
      rows.delete(HashFormat.deadlineRow(oldMs, field));
    }
    if (newMs != KeyRecord.NEVER) {
      byte[] row = HashFormat.deadlineRow(newMs, field);
      rows.put(row, NOTHING);
      if (Arrays.compareUnsigned(row, start) < 0) {
        startAt(row);
      }
    }
  }

  /** How many fields are over at {@code nowMs}. Takes time in proportion to their number. */
  long countUntil(long nowMs) {
    long count = 0;
    try (Cursor cursor = walk()) {
      for (; cursor.valid() && deadlineMs(cursor) <= nowMs; cursor.next()) {
        count++;
      }
    }
    return count;
  }

  /**
   * Gives fields that are over at {@code nowMs} to somebody who removes them, up to {@code limit}, and forgets their deadlines;
   * returns the nearest deadline that is left, or NEVER.
   */
  long takeUntil(long nowMs, int limit, Consumer<byte[]> remover) {
    List<byte[]> taken = new ArrayList<>();
    long nextMs = KeyRecord.NEVER;
    try (Cursor cursor = walk()) {
      while (cursor.valid() && deadlineMs(cursor) <= nowMs && taken.size() < limit) {
        taken.add(rows.name(cursor.key()));
        cursor.next();
      }
      if (cursor.valid()) {
        nextMs = deadlineMs(cursor);
        startAt(rows.name(cursor.key()));
      } else if (!taken.isEmpty()) {
        startAt(taken.get(taken.size() - 1));
      }
    }
    for (byte[] row : taken) {
      rows.delete(row);
      remover.accept(HashFormat.fieldOfRow(row));
    }
    return nextMs;
  }

  private Cursor walk() {
    return rows.walk(HashFormat.deadlineRows(start), Cursor.Direction.FORWARD);
  }

  private void startAt(byte[] row) {
    start = row.length <= MAX_START_BYTES ? row : Arrays.copyOf(row, MAX_START_BYTES);
  }

  private long deadlineMs(Cursor cursor) {
    return HashFormat.deadlineOfRow(cursor.key(), rows.nameOffset());
  }
}
