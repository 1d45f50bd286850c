package pika.storage.hash;

import java.util.Arrays;
import pika.storage.bytes.BigEndian;
import pika.storage.bytes.KeyRange;
import pika.storage.bytes.Slice;
import pika.storage.key.KeyRecord;

/**
 * How hashes are stored.
 *
 * <pre>
 * payload without rows  := the fields, packed with their values           see {@link pika.storage.element.PackedElements}
 * payload with rows     := count:u64 deadlines-start:byte*                 see {@link pika.storage.element.RowElements}
 * stored value          := value                                          packed under LISTPACK or HASHTABLE
 *                        | head value                                     in rows, and packed under the other encodings
 * head                  := 0x00 | 0x01 deadline-ms:u64
 * row of a deadline     := 0x01 deadline-ms:u64 field -> empty            for each field in rows that has one
 * </pre>
 *
 * {@code deadlines-start} is no later than the name of the first row of a deadline.
 */
final class HashFormat {
  private static final byte NO_DEADLINE = 0x00;
  private static final byte DEADLINE = 0x01;
  private static final int LONG_HEAD_BYTES = 1 + Long.BYTES;

  private static final byte DEADLINE_SPACE = 0x01;
  private static final int DEADLINE_ROW_HEAD_BYTES = 1 + Long.BYTES;

  private HashFormat() {}

  static byte[] rowsPayload(long count, byte[] deadlinesStart) {
    byte[] payload = new byte[Long.BYTES + deadlinesStart.length];
    BigEndian.putLong(payload, 0, count);
    System.arraycopy(deadlinesStart, 0, payload, Long.BYTES, deadlinesStart.length);
    return payload;
  }

  static byte[] deadlinesStart(KeyRecord record) {
    int from = record.payloadOffset() + Long.BYTES;
    return record.array().length == from
        ? FieldDeadlines.START
        : Arrays.copyOfRange(record.array(), from, record.array().length);
  }

  /** How many fields a hash with rows has, those included that are over. */
  static long count(KeyRecord record) {
    return BigEndian.takeLong(record.array(), record.payloadOffset());
  }

  /** A value under a head; the deadline may be {@link KeyRecord#NEVER}. */
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

  /** The deadline in a head, or {@link KeyRecord#NEVER}. */
  static long deadlineMs(Slice stored) {
    return stored.array()[stored.offset()] == NO_DEADLINE
        ? KeyRecord.NEVER
        : BigEndian.takeLong(stored.array(), stored.offset() + 1);
  }

  /** The value behind its head. */
  static Slice value(Slice stored) {
    int head = stored.array()[stored.offset()] == NO_DEADLINE ? 1 : LONG_HEAD_BYTES;
    return new Slice(stored.array(), stored.offset() + head, stored.length() - head);
  }

  static byte[] deadlineRow(long deadlineMs, byte[] field) {
    byte[] row = new byte[DEADLINE_ROW_HEAD_BYTES + field.length];
    row[0] = DEADLINE_SPACE;
    BigEndian.putLong(row, 1, deadlineMs);
    System.arraycopy(field, 0, row, DEADLINE_ROW_HEAD_BYTES, field.length);
    return row;
  }

  /** The rows of all deadlines from {@code start} on, the nearest first. */
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
}
