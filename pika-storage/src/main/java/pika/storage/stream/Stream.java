package pika.storage.stream;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.KeyRange;
import pika.storage.key.DataType;
import pika.storage.key.KeyRecord;
import pika.storage.key.Keyspace;
import pika.storage.key.Rows;
import pika.storage.rocks.Cursor;

/**
 * One stream inside one unit of work. Adding an entry needs only its header; everything else reads
 * rows and so may wait for the disk. Confined to the thread of its unit.
 */
public final class Stream {
  /** Up to this many entries are read from memory where possible. */
  static final int FEW = 256;

  /** How many entries are collected, at most, before they are deleted. */
  private static final int TRIMMED_AT_ONCE = 10 * Trim.BLOCK_ENTRIES;

  /**
   * Beyond this many times {@code mostDeletedOneByOne}, entries are not deleted one by one even if
   * more of them stay.
   */
  private static final int MANY_TIMES = 10;

  /** Opens a cursor over rows. */
  @FunctionalInterface
  private interface Walk {
    Cursor open(KeyRange range, Cursor.Direction direction);
  }

  private final Keyspace keyspace;
  private final byte[] userKey;
  private final long mostDeletedOneByOne;
  private Rows rows;
  private KeyRecord record;
  private StreamHeader header;

  Stream(Keyspace keyspace, byte[] userKey, KeyRecord record, Rows rows, long mostDeletedOneByOne) {
    this.keyspace = keyspace;
    this.userKey = userKey;
    this.record = record;
    this.rows = rows;
    this.mostDeletedOneByOne = mostDeletedOneByOne;
    this.header = StreamFormat.header(record);
  }

  /** Returns what is known of the stream without reading entries. */
  public StreamHeader header() {
    return header;
  }

  // ---- entries

  /**
   * Returns the first entries from {@code first} to {@code last}, inclusive, in the cursor's
   * direction.
   *
   * @param count how many at most, 0 for all
   */
  public List<StreamEntry> range(
      StreamId first, StreamId last, Cursor.Direction direction, long count) {
    return range(first, last, direction, count, rows::walk);
  }

  private List<StreamEntry> range(
      StreamId first, StreamId last, Cursor.Direction direction, long count, Walk walk) {
    List<StreamEntry> entries = new ArrayList<>();
    // Tombstones of trimmed entries may still take time to skip.
    StreamId from = first.isBefore(header.firstId()) ? header.firstId() : first;
    if (header.length() == 0 || from.isBehind(last)) {
      return entries;
    }
    try (Cursor cursor = walk.open(StreamFormat.entryRows(from, last), direction)) {
      for (; cursor.valid() && (count == 0 || entries.size() < count); cursor.next()) {
        StreamId id = StreamFormat.entryId(rows.name(cursor.key()));
        entries.add(new StreamEntry(id, StreamFormat.fields(cursor.value())));
      }
    }
    return entries;
  }

  /**
   * Returns the first entries after {@code id}.
   *
   * @param count how many at most, 0 for all
   */
  public List<StreamEntry> behind(StreamId id, long count) {
    // The header alone answers a reader that has seen everything.
    StreamId next = id.next();
    if (next == null || !hasBehind(id)) {
      return List.of();
    }
    // A reader that was blocked wants few, and they are still in memory.
    long few = count == 0 ? FEW : Math.min(count, FEW);
    List<StreamEntry> entries =
        range(next, StreamId.MAX, Cursor.Direction.FORWARD, few, rows::walkFew);
    StreamId end = entries.size() < FEW ? null : entries.get(FEW - 1).id();
    if (count != FEW && end != null && hasBehind(end)) {
      long left = count == 0 ? 0 : count - FEW;
      entries.addAll(
          range(requireNonNull(end.next()), StreamId.MAX, Cursor.Direction.FORWARD, left));
    }
    return entries;
  }

  private boolean hasBehind(StreamId id) {
    return header.length() > 0 && id.isBefore(header.lastId());
  }

  /** Returns the first entry, null when there is none. */
  public @Nullable StreamEntry first() {
    return only(range(StreamId.ZERO, StreamId.MAX, Cursor.Direction.FORWARD, 1));
  }

  /** Returns the last entry, null when there is none. */
  public @Nullable StreamEntry last() {
    return only(range(StreamId.ZERO, StreamId.MAX, Cursor.Direction.BACKWARD, 1));
  }

  /** Returns one entry, null when it does not exist. */
  public @Nullable StreamEntry get(StreamId id) {
    byte[] value = rows.get(StreamFormat.entryRow(id));
    return value == null ? null : new StreamEntry(id, StreamFormat.fields(value));
  }

  /** Adds an entry; {@code id} must be greater than the last one. */
  public void append(StreamId id, List<byte[]> fields) {
    rows.put(StreamFormat.entryRow(id), StreamFormat.fields(fields));
    save(header.withAdded(id));
  }

  /** Removes entries; returns how many existed. */
  public long delete(List<StreamId> ids) {
    long deleted = 0;
    boolean first = false;
    StreamId greatest = header.maxDeletedId();
    for (StreamId id : ids) {
      byte[] row = StreamFormat.entryRow(id);
      if (rows.get(row) != null) {
        rows.delete(row);
        deleted++;
        first |= id.equals(header.firstId());
        greatest = id.isBehind(greatest) ? id : greatest;
      }
    }
    if (deleted > 0) {
      StreamId newFirst = first ? firstFrom(header.firstId()) : header.firstId();
      save(header.withRemoved(deleted, newFirst, greatest));
    }
    return deleted;
  }

  /** Trims entries from the front; returns how many. */
  public long trim(Trim trim) {
    if (!trim.mayAffect(header)) {
      return 0;
    }
    long before = header.length();
    boolean more = true;
    boolean mayLeaveBehind = trim.limit() == 0;
    while (more && header.length() > 0) {
      more = trimSome(trim, before - header.length());
      if (more && mayLeaveBehind && before - header.length() >= mostDeletedOneByOne) {
        if (isMuchToGo(trim)) {
          leaveBehind(trim);
          more = false;
        }
        mayLeaveBehind = false;
      }
    }
    return before - header.length();
  }

  /** Trims one batch, so that little memory is needed at a time; returns false when done. */
  private boolean trimSome(Trim trim, long trimmed) {
    List<byte[]> going = new ArrayList<>();
    int block = trim.blockEntries();
    int blocks = (int) Math.min(TRIMMED_AT_ONCE, mostDeletedOneByOne) / block;
    int first = trim.firstBlock(header);
    int most = first + Math.max(0, blocks - 1) * block;
    boolean atEnd;
    try (Cursor cursor = rows.walk(
        StreamFormat.entryRows(header.firstId(), StreamId.MAX), Cursor.Direction.FORWARD)) {
      for (; cursor.valid() && going.size() < most; cursor.next()) {
        byte[] row = rows.name(cursor.key());
        if (!trim.covers(StreamFormat.entryId(row), header.length() - going.size())) {
          break;
        }
        going.add(row);
      }
      atEnd = !cursor.valid();
    }
    int count = wholeBlocks(trim, first, trimmed, going.size(), atEnd);
    going.subList(0, count).forEach(rows::delete);
    if (count > 0) {
      StreamId stays = count == header.length()
          ? StreamId.ZERO
          : firstFrom(StreamFormat.entryId(going.get(count - 1)));
      save(header.withRemoved(count, stays, header.maxDeletedId()));
    }
    return count == most;
  }

  /**
   * Returns whether more entries are to go than stay, or more than there is memory for single
   * deletes.
   */
  private boolean isMuchToGo(Trim trim) {
    long most = Math.min(header.length() / 2, MANY_TIMES * mostDeletedOneByOne);
    long going = 0;
    try (Cursor cursor = rows.walk(
        StreamFormat.entryRows(header.firstId(), StreamId.MAX), Cursor.Direction.FORWARD)) {
      for (; cursor.valid() && going <= most; cursor.next()) {
        StreamId id = StreamFormat.entryId(rows.name(cursor.key()));
        if (!trim.covers(id, header.length() - going)) {
          return false;
        }
        going++;
      }
    }
    return going > most || going == header.length();
  }

  /**
   * Finishes a trim of many entries: copies what stays to new rows and leaves all old rows to the
   * reaper. Unlike a million deletes, that needs little memory whatever the sizes.
   */
  private void leaveBehind(Trim trim) {
    Rows fresh = keyspace.newRows(userKey);
    for (StreamGroup group : groups()) {
      copy(KeyRange.ofPrefix(StreamFormat.ofGroup(group.number())), fresh);
    }
    copy(StreamFormat.groupRows(), fresh);
    long gone = 0;
    StreamId first = StreamId.ZERO;
    try (Cursor cursor = rows.walk(
        StreamFormat.entryRows(header.firstId(), StreamId.MAX), Cursor.Direction.FORWARD)) {
      for (; cursor.valid(); cursor.next()) {
        byte[] row = rows.name(cursor.key());
        StreamId id = StreamFormat.entryId(row);
        if (first.isZero() && trim.covers(id, header.length() - gone)) {
          gone++;
        } else {
          first = first.isZero() ? id : first;
          fresh.putNew(row, cursor.value());
        }
      }
    }
    rows = fresh;
    header = header.withRemoved(gone, first, header.maxDeletedId());
    record = fresh.header(
        DataType.STREAM, StreamFormat.ROWS, record.expireAtMs(), StreamFormat.payload(header));
    keyspace.put(userKey, record);
  }

  private void copy(KeyRange range, Rows target) {
    try (Cursor cursor = rows.walk(range, Cursor.Direction.FORWARD)) {
      for (; cursor.valid(); cursor.next()) {
        target.putNew(rows.name(cursor.key()), cursor.value());
      }
    }
  }

  /**
   * Returns how many of {@code found} entries go: whole blocks only, the first of which has
   * {@code first} entries, except that the stream's last block may be short.
   */
  private static int wholeBlocks(Trim trim, int first, long trimmed, int found, boolean atEnd) {
    int block = trim.blockEntries();
    long allowed = trim.limit() == 0 ? found : Math.min(found, trim.limit() - trimmed);
    if (atEnd && allowed == found) {
      return found;
    }
    return allowed < first ? 0 : first + (int) (allowed - first) / block * block;
  }

  /**
   * Returns the id of the first entry at or after {@code id}, {@link StreamId#ZERO} when there is
   * none.
   */
  private StreamId firstFrom(StreamId id) {
    try (Cursor cursor =
        rows.walk(StreamFormat.entryRows(id, StreamId.MAX), Cursor.Direction.FORWARD)) {
      return cursor.valid() ? StreamFormat.entryId(rows.name(cursor.key())) : StreamId.ZERO;
    }
  }

  /** Sets the ids and counters (XSETID); the caller has checked that they fit the entries. */
  public void setIds(long added, StreamId last, StreamId maxDeleted) {
    save(header.withIds(added, last, maxDeleted));
  }

  private static @Nullable StreamEntry only(List<StreamEntry> entries) {
    return entries.isEmpty() ? null : entries.get(0);
  }

  // ---- groups

  /** Returns a consumer group, null when there is none of this name. */
  public @Nullable StreamGroup group(byte[] name) {
    byte[] value = rows.get(StreamFormat.groupRow(name));
    return value == null ? null : new StreamGroup(this, rows, StreamFormat.group(name, value));
  }

  /** Returns all groups in name order. */
  public List<StreamGroup> groups() {
    List<StreamGroup> groups = new ArrayList<>();
    if (header.groups() == 0) {
      return groups;
    }
    try (Cursor cursor = rows.walk(StreamFormat.groupRows(), Cursor.Direction.FORWARD)) {
      for (; cursor.valid(); cursor.next()) {
        byte[] name = StreamFormat.groupName(rows.name(cursor.key()));
        groups.add(new StreamGroup(this, rows, StreamFormat.group(name, cursor.value())));
      }
    }
    return groups;
  }

  /** Creates a group that has read up to {@code lastDelivered}; the name must be free. */
  public StreamGroup createGroup(byte[] name, StreamId lastDelivered, long entriesRead) {
    GroupState state = GroupState.of(name, header.nextGroup(), lastDelivered, entriesRead);
    rows.put(StreamFormat.groupRow(name), StreamFormat.group(state));
    save(header.withNewGroup());
    return new StreamGroup(this, rows, state);
  }

  /** Removes a group and its pending entries; returns false when there is none of this name. */
  public boolean destroyGroup(byte[] name) {
    StreamGroup group = group(name);
    if (group == null) {
      return false;
    }
    rows.delete(StreamFormat.groupRow(name));
    rows.drop(StreamFormat.ofGroup(group.number()));
    save(header.withoutGroup(group.consumerCount()));
    return true;
  }

  /** Adjusts the number of consumers of all groups. */
  void addConsumers(long difference) {
    save(header.withConsumers(difference));
  }

  // ---- the record

  private void save(StreamHeader changed) {
    header = changed;
    record = record.withPayload(StreamFormat.payload(changed));
    keyspace.put(userKey, record);
  }
}
