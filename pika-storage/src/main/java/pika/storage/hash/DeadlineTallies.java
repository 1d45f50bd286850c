package pika.storage.hash;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import pika.storage.key.Rows;
import pika.storage.rocks.Cursor;

/**
 * How many deadlines of fields lie in each span of time: so fields that end together, perhaps all of a million, are counted
 * without stepping over each. Changes are the unit's with {@link #save}.
 */
final class DeadlineTallies {
  private final Rows rows;
  private final Map<Long, DeadlineTally> changed = new HashMap<>();

  DeadlineTallies(Rows rows) {
    this.rows = rows;
  }

  void add(long deadlineMs) {
    changed.put(HashFormat.spanOf(deadlineMs), of(deadlineMs).with(deadlineMs));
  }

  void remove(long deadlineMs) {
    changed.put(HashFormat.spanOf(deadlineMs), of(deadlineMs).withoutOne());
  }

  private DeadlineTally of(long deadlineMs) {
    DeadlineTally tally = changed.get(HashFormat.spanOf(deadlineMs));
    if (tally != null) {
      return tally;
    }
    byte[] value = rows.get(HashFormat.tallyRow(deadlineMs));
    return value == null ? DeadlineTally.NONE : HashFormat.tally(value);
  }

  void save() {
    changed.forEach((span, tally) -> {
      byte[] row = HashFormat.tallyRowOfSpan(span);
      if (tally.count() == 0) {
        rows.delete(row);
      } else {
        rows.put(row, HashFormat.tally(tally));
      }
    });
    changed.clear();
  }

  /**
   * How many deadlines there are from {@code fromMs}, before which there are none, to {@code toMs}. A span of which only a
   * part lies in between is counted by {@code part}, which is given the earliest deadline that may be in it.
   */
  long count(long fromMs, long toMs, LongUnaryOperator part) {
    save();
    long count = 0;
    try (Cursor cursor = rows.walk(HashFormat.tallyRows(fromMs, toMs), Cursor.Direction.FORWARD)) {
      for (; cursor.valid(); cursor.next()) {
        DeadlineTally tally = HashFormat.tally(cursor.value());
        if (tally.greatestMs() <= toMs) {
          count += tally.count();
        } else if (tally.leastMs() <= toMs) {
          count += part.applyAsLong(tally.leastMs());
        }
      }
    }
    return count;
  }
}
