package pika.storage.hash;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import pika.storage.key.Rows;
import pika.storage.rocks.Cursor;

/**
 * Counts field deadlines per time span, so that counting expired fields, perhaps a million with one
 * deadline, need not iterate over each. Changes reach the unit with {@link #save}.
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
   * Returns how many deadlines there are up to {@code toMs}.
   *
   * @param fromMs no deadline is earlier
   * @param part counts a span that only partly lies before {@code toMs}, given the earliest
   *     deadline that may be in it
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
