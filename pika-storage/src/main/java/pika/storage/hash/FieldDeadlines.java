package pika.storage.hash;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import pika.storage.key.KeyRecord;
import pika.storage.key.Rows;
import pika.storage.rocks.Cursor;

/** The deadlines of fields in rows, in the order of time. */
final class FieldDeadlines {
  private static final byte[] NOTHING = {};

  private final Rows rows;

  FieldDeadlines(Rows rows) {
    this.rows = rows;
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
      rows.put(HashFormat.deadlineRow(newMs, field), NOTHING);
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
      }
    }
    for (byte[] row : taken) {
      rows.delete(row);
      remover.accept(HashFormat.fieldOfRow(row));
    }
    return nextMs;
  }

  private Cursor walk() {
    return rows.walk(HashFormat.deadlineRows(), Cursor.Direction.FORWARD);
  }

  private long deadlineMs(Cursor cursor) {
    return HashFormat.deadlineOfRow(cursor.key(), rows.nameOffset());
  }
}
