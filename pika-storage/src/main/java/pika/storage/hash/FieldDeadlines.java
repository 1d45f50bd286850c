package pika.storage.hash;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import pika.storage.key.KeyRecord;
import pika.storage.key.Rows;
import pika.storage.rocks.Cursor;

/**
 * The deadlines of fields in rows, in time order, with tallies of their number. The hash's header
 * stores where they start: before that there are only the tombstones of swept ones, perhaps
 * millions, and a cursor that began there would step over each.
 */
final class FieldDeadlines {
  /** The start when nothing is known. */
  static final byte[] START = {};

  /** Longer row names are truncated as a start, which only moves it earlier. */
  private static final int MAX_START_BYTES = 64;

  private static final byte[] NO_FIELD = {};

  private final Rows rows;
  private byte[] start;
  /** Null when there are deadlines older than tallies. */
  private @Nullable DeadlineTallies tallies;

  /**
   * Opens the deadlines of one hash.
   *
   * @param start a row name that no deadline's row precedes
   * @param areCounted whether tallies cover all existing deadlines
   */
  FieldDeadlines(Rows rows, byte[] start, boolean areCounted) {
    this.rows = rows;
    this.start = start;
    this.tallies = areCounted ? new DeadlineTallies(rows) : null;
  }

  /** Returns whether {@link #countUntil} is cheap. */
  boolean areCounted() {
    return tallies != null;
  }

  /** Returns the start to store in the header. */
  byte[] start() {
    return start;
  }

  /** Changes a field's deadline; either may be NEVER. */
  void move(byte[] field, long oldMs, long newMs) {
    if (oldMs == newMs) {
      return;
    }
    if (oldMs != KeyRecord.NEVER) {
      rows.deleteWalked(HashFormat.deadlineRow(oldMs, field));
      if (tallies != null) {
        tallies.remove(oldMs);
      }
    }
    if (newMs != KeyRecord.NEVER) {
      byte[] row = HashFormat.deadlineRow(newMs, field);
      rows.put(row, Rows.ONLY_WALKED);
      if (tallies != null) {
        tallies.add(newMs);
      }
      if (Arrays.compareUnsigned(row, start) < 0) {
        startAt(row);
      }
    }
  }

  /** Writes changed tallies to the unit. */
  void save() {
    if (tallies != null) {
      tallies.save();
    }
  }

  /**
   * Returns how many fields have expired at {@code nowMs}. Takes time proportional to their number
   * unless they {@link #areCounted}.
   */
  long countUntil(long nowMs) {
    if (tallies == null) {
      return count(start, nowMs);
    }
    long startMs = start.length == 0 ? 0 : HashFormat.deadlineOfRow(start, 0);
    return startMs > nowMs
        ? 0
        : tallies.count(startMs, nowMs, leastMs -> count(later(start, leastMs), nowMs));
  }

  private static byte[] later(byte[] start, long leastMs) {
    byte[] least = HashFormat.deadlineRow(leastMs, NO_FIELD);
    return Arrays.compareUnsigned(start, least) < 0 ? least : start;
  }

  private long count(byte[] from, long nowMs) {
    long count = 0;
    try (Cursor cursor = walk(from)) {
      for (; cursor.valid() && deadlineMs(cursor) <= nowMs; cursor.next()) {
        count++;
      }
    }
    return count;
  }

  /**
   * Passes up to {@code limit} fields that have expired at {@code nowMs} to {@code remover} and
   * removes their deadlines. Returns the nearest deadline that is left, or NEVER.
   */
  long takeUntil(long nowMs, int limit, Consumer<byte[]> remover) {
    List<byte[]> taken = new ArrayList<>();
    long nextMs = KeyRecord.NEVER;
    try (Cursor cursor = walk(start)) {
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
      rows.deleteWalked(row);
      if (tallies != null) {
        tallies.remove(HashFormat.deadlineOfRow(row, 0));
      }
      remover.accept(HashFormat.fieldOfRow(row));
    }
    if (nextMs == KeyRecord.NEVER && tallies == null) {
      // All remaining deadlines will be newer than tallies.
      tallies = new DeadlineTallies(rows);
    }
    return nextMs;
  }

  private Cursor walk(byte[] from) {
    return rows.walk(HashFormat.deadlineRows(from), Cursor.Direction.FORWARD);
  }

  private void startAt(byte[] row) {
    start = row.length <= MAX_START_BYTES ? row : Arrays.copyOf(row, MAX_START_BYTES);
  }

  private long deadlineMs(Cursor cursor) {
    return HashFormat.deadlineOfRow(cursor.key(), rows.nameOffset());
  }
}
