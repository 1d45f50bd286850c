package pika.storage.stream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import pika.storage.bytes.BigEndian;
import pika.storage.bytes.ByteWriter;
import pika.storage.bytes.KeyRange;
import pika.storage.bytes.Slice;
import pika.storage.key.KeyRecord;
import pika.storage.packed.Varint;
import pika.storage.rocks.StorageException;

/**
 * The encoding of streams. Entries are always rows: adding one then costs one small row and the
 * header, whatever the stream's size, and requires reading only the header.
 *
 * <pre>
 * payload  := length:u64 added:u64 last:id max-deleted:id first:id groups:u32 next-group:u32
 *             consumers:u64
 * id       := ms:u64 sequence:u64
 * row      := 00 id                                -> fields               an entry
 *           | 01 group-name                        -> group
 *           | 02 number:u32 00 consumer-name       -> consumer
 *           | 02 number:u32 01 id                  -> pending              delivered, not acknowledged
 *           | 02 number:u32 02 bytes(consumer) id  -> empty                the same by consumer
 * fields   := bytes*                               alternating names and values
 * bytes    := length:varint byte*
 * group    := number:u32 last-delivered:id entries-read:i64 pending:u64 consumers:u64 [least:id greatest:id]
 * consumer := seen-ms:u64 active-ms:i64 pending:u64          active-ms is -1 before it read any
 * pending  := delivered-ms:u64 deliveries:u64 consumer-name
 * </pre>
 *
 * <p>All integers are big-endian. Everything that belongs to a group is prefixed with its number,
 * which is never reused: dropping a group removes its one row and leaves a prefix to the reaper.
 */
final class StreamFormat {
  /** The only encoding. On disk: never reuse the number for another. */
  static final int ROWS = 0;

  private static final int ADDED_OFFSET = Long.BYTES;
  private static final int LAST_OFFSET = ADDED_OFFSET + Long.BYTES;
  private static final int MAX_DELETED_OFFSET = LAST_OFFSET + StreamId.BYTES;
  private static final int FIRST_OFFSET = MAX_DELETED_OFFSET + StreamId.BYTES;
  private static final int GROUPS_OFFSET = FIRST_OFFSET + StreamId.BYTES;
  private static final int NEXT_GROUP_OFFSET = GROUPS_OFFSET + Integer.BYTES;
  private static final int ALL_CONSUMERS_OFFSET = NEXT_GROUP_OFFSET + Integer.BYTES;
  private static final int PAYLOAD_BYTES = ALL_CONSUMERS_OFFSET + Long.BYTES;

  private static final byte ENTRY = 0;
  private static final byte GROUP = 1;
  private static final byte OF_GROUP = 2;
  private static final int ENTRY_ROW_BYTES = 1 + StreamId.BYTES;
  private static final int OF_GROUP_BYTES = 1 + Integer.BYTES;

  private static final byte CONSUMER = 0;
  private static final byte PENDING = 1;
  private static final byte PENDING_OF = 2;

  private static final int LAST_DELIVERED_OFFSET = Integer.BYTES;
  private static final int ENTRIES_READ_OFFSET = LAST_DELIVERED_OFFSET + StreamId.BYTES;
  private static final int PENDING_OFFSET = ENTRIES_READ_OFFSET + Long.BYTES;
  private static final int CONSUMERS_OFFSET = PENDING_OFFSET + Long.BYTES;
  private static final int LEAST_OFFSET = CONSUMERS_OFFSET + Long.BYTES;
  private static final int GREATEST_OFFSET = LEAST_OFFSET + StreamId.BYTES;
  private static final int GROUP_BYTES = GREATEST_OFFSET + StreamId.BYTES;

  /** Offset of the consumer's name in a pending row's value. */
  private static final int CONSUMER_OFFSET = 2 * Long.BYTES;

  private StreamFormat() {}

  // ---- the header

  static byte[] payload(StreamHeader header) {
    byte[] payload = new byte[PAYLOAD_BYTES];
    BigEndian.putLong(payload, 0, header.length());
    BigEndian.putLong(payload, ADDED_OFFSET, header.added());
    header.lastId().put(payload, LAST_OFFSET);
    header.maxDeletedId().put(payload, MAX_DELETED_OFFSET);
    header.firstId().put(payload, FIRST_OFFSET);
    BigEndian.putInt(payload, GROUPS_OFFSET, header.groups());
    BigEndian.putInt(payload, NEXT_GROUP_OFFSET, header.nextGroup());
    BigEndian.putLong(payload, ALL_CONSUMERS_OFFSET, header.consumers());
    return payload;
  }

  static StreamHeader header(KeyRecord record) {
    if (record.encoding() != ROWS || record.payloadLength() != PAYLOAD_BYTES) {
      throw new StorageException("damaged header of a stream");
    }
    byte[] bytes = record.array();
    int at = record.payloadOffset();
    return new StreamHeader(
        BigEndian.takeLong(bytes, at),
        BigEndian.takeLong(bytes, at + ADDED_OFFSET),
        StreamId.take(bytes, at + LAST_OFFSET),
        StreamId.take(bytes, at + MAX_DELETED_OFFSET),
        StreamId.take(bytes, at + FIRST_OFFSET),
        BigEndian.takeInt(bytes, at + GROUPS_OFFSET),
        BigEndian.takeInt(bytes, at + NEXT_GROUP_OFFSET),
        BigEndian.takeLong(bytes, at + ALL_CONSUMERS_OFFSET));
  }

  // ---- entries

  static byte[] entryRow(StreamId id) {
    byte[] row = new byte[ENTRY_ROW_BYTES];
    row[0] = ENTRY;
    id.put(row, 1);
    return row;
  }

  static StreamId entryId(byte[] row) {
    return StreamId.take(row, 1);
  }

  /** Returns the range of entries from {@code first} to {@code last}, inclusive. */
  static KeyRange entryRows(StreamId first, StreamId last) {
    StreamId end = last.next();
    byte[] to = end == null ? new byte[] {GROUP} : entryRow(end);
    return new KeyRange(entryRow(first), to);
  }

  static byte[] fields(List<byte[]> fields) {
    int size = 0;
    for (byte[] field : fields) {
      size += field.length + 2;
    }
    ByteWriter writer = new ByteWriter(size);
    for (byte[] field : fields) {
      writer.putVarint(field.length).putBytes(field);
    }
    return writer.toByteArray();
  }

  static List<Slice> fields(byte[] value) {
    List<Slice> fields = new ArrayList<>();
    int at = 0;
    while (at < value.length) {
      int length = Varint.takeLength(value, at, value.length);
      at += ByteWriter.varintBytes(length);
      fields.add(new Slice(value, at, length));
      at += length;
    }
    return fields;
  }

  // ---- groups

  static byte[] groupRow(byte[] name) {
    return new ByteWriter(1 + name.length).putByte(GROUP).putBytes(name).toByteArray();
  }

  static byte[] groupName(byte[] row) {
    return Arrays.copyOfRange(row, 1, row.length);
  }

  static KeyRange groupRows() {
    return KeyRange.ofPrefix(new byte[] {GROUP});
  }

  static byte[] group(GroupState state) {
    byte[] value = new byte[GROUP_BYTES];
    BigEndian.putInt(value, 0, state.number());
    state.lastDelivered().put(value, LAST_DELIVERED_OFFSET);
    BigEndian.putLong(value, ENTRIES_READ_OFFSET, state.entriesRead());
    BigEndian.putLong(value, PENDING_OFFSET, state.pending().count());
    BigEndian.putLong(value, CONSUMERS_OFFSET, state.consumers());
    state.pending().least().put(value, LEAST_OFFSET);
    state.pending().greatest().put(value, GREATEST_OFFSET);
    return value;
  }

  /** Decodes a group; older rows have no bounds of pending ids. */
  static GroupState group(byte[] name, byte[] value) {
    boolean isBounded = value.length == GROUP_BYTES;
    PendingIds pending = new PendingIds(
        BigEndian.takeLong(value, PENDING_OFFSET),
        isBounded ? StreamId.take(value, LEAST_OFFSET) : StreamId.ZERO,
        isBounded ? StreamId.take(value, GREATEST_OFFSET) : StreamId.MAX);
    return new GroupState(
        name,
        BigEndian.takeInt(value, 0),
        StreamId.take(value, LAST_DELIVERED_OFFSET),
        BigEndian.takeLong(value, ENTRIES_READ_OFFSET),
        BigEndian.takeLong(value, CONSUMERS_OFFSET),
        pending);
  }

  /** Returns the prefix of all rows that belong to a group. */
  static byte[] ofGroup(int number) {
    return inGroup(number).toByteArray();
  }

  private static ByteWriter inGroup(int number) {
    return new ByteWriter(OF_GROUP_BYTES + 1 + StreamId.BYTES).putByte(OF_GROUP).putInt(number);
  }

  // ---- consumers

  static byte[] consumerRow(int group, byte[] name) {
    return inGroup(group).putByte(CONSUMER).putBytes(name).toByteArray();
  }

  static KeyRange consumerRows(int group) {
    return KeyRange.ofPrefix(inGroup(group).putByte(CONSUMER).toByteArray());
  }

  static byte[] consumerName(byte[] row) {
    return Arrays.copyOfRange(row, OF_GROUP_BYTES + 1, row.length);
  }

  static byte[] consumer(StreamConsumer consumer) {
    return new ByteWriter(3 * Long.BYTES)
        .putLong(consumer.seenMs())
        .putLong(consumer.activeMs())
        .putLong(consumer.pending())
        .toByteArray();
  }

  static StreamConsumer consumer(byte[] name, byte[] value) {
    return new StreamConsumer(
        name,
        BigEndian.takeLong(value, 0),
        BigEndian.takeLong(value, Long.BYTES),
        BigEndian.takeLong(value, 2 * Long.BYTES));
  }

  // ---- what is pending

  static byte[] pendingRow(int group, StreamId id) {
    return put(inGroup(group).putByte(PENDING), id);
  }

  static KeyRange pendingRows(int group, StreamId first, StreamId last) {
    StreamId end = last.next();
    byte[] to =
        end == null ? inGroup(group).putByte(PENDING_OF).toByteArray() : pendingRow(group, end);
    return new KeyRange(pendingRow(group, first), to);
  }

  static byte[] pending(PendingEntry entry) {
    return new ByteWriter(CONSUMER_OFFSET + entry.consumer().length)
        .putLong(entry.deliveredMs())
        .putLong(entry.deliveries())
        .putBytes(entry.consumer())
        .toByteArray();
  }

  static PendingEntry pending(StreamId id, byte[] value) {
    return new PendingEntry(
        id,
        Arrays.copyOfRange(value, CONSUMER_OFFSET, value.length),
        BigEndian.takeLong(value, 0),
        BigEndian.takeLong(value, Long.BYTES));
  }

  static byte[] pendingRowOf(int group, byte[] consumer, StreamId id) {
    return put(pendingOf(group, consumer), id);
  }

  static KeyRange pendingRowsOf(int group, byte[] consumer, StreamId first, StreamId last) {
    StreamId end = last.next();
    byte[] to = end == null
        ? KeyRange.ofPrefix(pendingOf(group, consumer).toByteArray()).to()
        : pendingRowOf(group, consumer, end);
    return new KeyRange(pendingRowOf(group, consumer, first), to);
  }

  /** Returns the id at the end of a pending row's name. */
  static StreamId lastId(byte[] row) {
    return StreamId.take(row, row.length - StreamId.BYTES);
  }

  private static ByteWriter pendingOf(int group, byte[] consumer) {
    return inGroup(group).putByte(PENDING_OF).putVarint(consumer.length).putBytes(consumer);
  }

  private static byte[] put(ByteWriter row, StreamId id) {
    return row.putLong(id.ms()).putLong(id.sequence()).toByteArray();
  }
}
