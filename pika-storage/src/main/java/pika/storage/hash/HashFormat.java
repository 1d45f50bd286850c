package pika.storage.hash;

import java.util.Arrays;
import pika.storage.bytes.BigEndian;
import pika.storage.bytes.KeyRange;
import pika.storage.bytes.Slice;
import pika.storage.key.KeyRecord;

/**
 * The encoding of hashes.
 *
 * <pre>
 * payload without rows  := the fields, packed with their values           see {@link pika.storage.element.PackedElements}
 * payload with rows     := count:u64 [counted] deadlines-start:byte*       see {@link pika.storage.element.RowElements}
 * counted               := 0x02                                            if there are tallies
 * stored value          := value                                          packed under LISTPACK or HASHTABLE
 *                        | head value                                     in rows, and packed under the other encodings
 * head                  := 0x00 | 0x01 deadline-ms:u64
 * row of a deadline     := 0x01 deadline-ms:u64 field -> empty            for each field in rows that has one
 * row of a tally        := 0x02 span:u64 -> count:u64 least-ms:u64 greatest-ms:u64
 * </pre>
 *
 * <p>{@code deadlines-start} is no later than the name of the first deadline row. There is a tally
 * for each span of 256 milliseconds that contains deadlines, see {@link DeadlineTally}; hashes
 * whose fields got deadlines before tallies were introduced have none.
 */
final class HashFormat {
  private static final byte NO_DEADLINE = 0x00;
  private static final byte DEADLINE = 0x01;
  private static final int LONG_HEAD_BYTES = 1 + Long.BYTES;

  private static final byte DEADLINE_SPACE = 0x01;
  private static final int DEADLINE_ROW_HEAD_BYTES = 1 + Long.BYTES;

  private static final byte TALLY_SPACE = 0x02;
  private static final byte COUNTED = TALLY_SPACE;
  /**
   * Spans of this length: few are not yet swept at any time, and part of one is quickly counted.
   */
  private static final int SPAN_BITS = 8;

  private HashFormat() {}

  static byte[] rowsPayload(long count, boolean areCounted, byte[] deadlinesStart) {
    int startAt = areCounted ? Long.BYTES + 1 : Long.BYTES;
    byte[] payload = new byte[startAt + deadlinesStart.length];
    BigEndian.putLong(payload, 0, count);
    if (areCounted) {
      payload[Long.BYTES] = COUNTED;
    }
    System.arraycopy(deadlinesStart, 0, payload, startAt, deadlinesStart.length);
    return payload;
  }

  static byte[] deadlinesStart(KeyRecord record) {
    int behindCount = record.payloadOffset() + Long.BYTES;
    int from = areDeadlinesCounted(record) ? behindCount + 1 : behindCount;
    return record.array().length == from
        ? FieldDeadlines.START
        : Arrays.copyOfRange(record.array(), from, record.array().length);
  }

  /** Returns whether a hash with rows has tallies. */
  static boolean areDeadlinesCounted(KeyRecord record) {
    int behindCount = record.payloadOffset() + Long.BYTES;
    return record.array().length > behindCount && record.array()[behindCount] == COUNTED;
  }

  /** Returns how many fields a hash with rows has, including expired ones. */
  static long count(KeyRecord record) {
    return BigEndian.takeLong(record.array(), record.payloadOffset());
  }

  /** Prefixes a value with its head; the deadline may be {@link KeyRecord#NEVER}. */
  static byte[] withHead(Slice value, long deadlineMs) {
    int headBytes = deadlineMs == KeyRecord.NEVER ? 1 : LONG_HEAD_BYTES;
    byte[] stored = new byte[headBytes + value.length()];
    if (deadlineMs != KeyRecord.NEVER) {
      stored[0] = DEADLINE;
      BigEndian.putLong(stored, 1, deadlineMs);
    }
    System.arraycopy(value.array(), value.offset(), stored, headBytes, value.length());
    return stored;
  }

  /** Returns the deadline in a head, or {@link KeyRecord#NEVER}. */
  static long deadlineMs(Slice stored) {
    return stored.array()[stored.offset()] == NO_DEADLINE
        ? KeyRecord.NEVER
        : BigEndian.takeLong(stored.array(), stored.offset() + 1);
  }

  /** Returns the value after its head. */
  static Slice value(Slice stored) {
    int head = stored.array()[stored.offset()] == NO_DEADLINE ? 1 : LONG_HEAD_BYTES;
    return new Slice(stored.array(), stored.offset() + head, stored.length() - head);
  }

  // ---- deadlines

  static byte[] deadlineRow(long deadlineMs, byte[] field) {
    byte[] row = new byte[DEADLINE_ROW_HEAD_BYTES + field.length];
    row[0] = DEADLINE_SPACE;
    BigEndian.putLong(row, 1, deadlineMs);
    System.arraycopy(field, 0, row, DEADLINE_ROW_HEAD_BYTES, field.length);
    return row;
  }

  /** Returns the range of deadline rows from {@code start} on, earliest first. */
  static KeyRange deadlineRows(byte[] start) {
    KeyRange all = KeyRange.ofPrefix(new byte[] {DEADLINE_SPACE});
    return start.length == 0 ? all : new KeyRange(start, all.to());
  }

  static long deadlineOfRow(byte[] rowKey, int offset) {
    return BigEndian.takeLong(rowKey, offset + 1);
  }

  static byte[] fieldOfRow(byte[] row) {
    return Arrays.copyOfRange(row, DEADLINE_ROW_HEAD_BYTES, row.length);
  }

  // ---- tallies

  /** Returns the span that contains a time. */
  static long spanOf(long atMs) {
    return atMs >>> SPAN_BITS;
  }

  static byte[] tallyRow(long deadlineMs) {
    return tallyRowOfSpan(spanOf(deadlineMs));
  }

  static byte[] tallyRowOfSpan(long span) {
    byte[] row = new byte[1 + Long.BYTES];
    row[0] = TALLY_SPACE;
    BigEndian.putLong(row, 1, span);
    return row;
  }

  /** Returns the range of tally rows for all spans from one time to another. */
  static KeyRange tallyRows(long fromMs, long toMs) {
    return new KeyRange(tallyRow(fromMs), tallyRowOfSpan(spanOf(toMs) + 1));
  }

  static byte[] tally(DeadlineTally tally) {
    byte[] value = new byte[3 * Long.BYTES];
    BigEndian.putLong(value, 0, tally.count());
    BigEndian.putLong(value, Long.BYTES, tally.leastMs());
    BigEndian.putLong(value, 2 * Long.BYTES, tally.greatestMs());
    return value;
  }

  static DeadlineTally tally(byte[] value) {
    return new DeadlineTally(
        BigEndian.takeLong(value, 0),
        BigEndian.takeLong(value, Long.BYTES),
        BigEndian.takeLong(value, 2 * Long.BYTES));
  }
}
