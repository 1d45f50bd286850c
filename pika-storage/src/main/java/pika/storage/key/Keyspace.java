package pika.storage.key;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.KeyRange;
import pika.storage.bytes.NameRange;
import pika.storage.rocks.Column;
import pika.storage.rocks.Cursor;

/**
 * One numbered database within a unit of work, through which all data types read and write. Expired
 * records are invisible to readers and are removed when a lookup finds them. Confined to the thread
 * of its unit.
 */
public final class Keyspace {
  private final UnitOfWork unit;
  private final UnitRecords records;
  private final int number;

  Keyspace(UnitOfWork unit, int number) {
    this.unit = unit;
    this.records = unit.records();
    this.number = number;
  }

  /** Returns the database's number, as in SELECT. */
  public int number() {
    return number;
  }

  /** Returns the number of databases. */
  public int databaseCount() {
    return unit.engine().databaseCount();
  }

  /** Returns the same unit's view of another database. */
  public Keyspace sibling(int otherNumber) {
    return new Keyspace(unit, otherNumber);
  }

  /** Returns the unit of work. */
  public UnitOfWork unit() {
    return unit;
  }

  /** Returns the time of the current command, in milliseconds since the epoch. */
  public long nowMs() {
    return unit.nowMs();
  }

  /** Returns the live record under {@code userKey}, whatever its type; null when there is none. */
  public @Nullable KeyRecord get(byte[] userKey) {
    Key key = key(userKey);
    KeyRecord record = liveOrGone(key, records.read(key));
    records.used(key, record);
    return record;
  }

  /**
   * Returns the live record under {@code userKey} for callers that don't need its rows; null when
   * there is none. Pins no view, so even a value with rows is answered from memory. Counts neither
   * as a lookup nor as a use.
   */
  public @Nullable KeyRecord header(byte[] userKey) {
    return live(records.readHeader(key(userKey)));
  }

  /** Like {@link #header}, on behalf of a command: removes an expired record. */
  public @Nullable KeyRecord meet(byte[] userKey) {
    Key key = key(userKey);
    return liveOrGone(key, records.readHeader(key));
  }

  /** Like {@link #meet}, but counts as a lookup, though not as a use. */
  public @Nullable KeyRecord look(byte[] userKey) {
    KeyRecord record = meet(userKey);
    records.lookedUp(record != null);
    return record;
  }

  /**
   * Like {@link #look}, but also counts as a use, even in a command whose accesses otherwise don't.
   */
  public @Nullable KeyRecord touch(byte[] userKey) {
    KeyRecord record = look(userKey);
    if (record != null) {
      records.accessTimes().touch(key(userKey), record);
    }
    return record;
  }

  /**
   * Returns the live record under {@code userKey}; null when there is none.
   *
   * @throws WrongTypeException if it is of another type
   */
  public @Nullable KeyRecord get(byte[] userKey, DataType type) {
    KeyRecord record = get(userKey);
    if (record != null && record.type() != type) {
      throw new WrongTypeException();
    }
    return record;
  }

  /** Like {@link #get(byte[])}, but neither counted as a lookup nor cached: for iterations. */
  public @Nullable KeyRecord peek(byte[] userKey) {
    return live(records.peek(key(userKey)));
  }

  /**
   * Returns the committed record under {@code userKey} if it is in memory, expired or not; null when
   * it is not. Only for hints: the key need not be locked, and nothing is counted.
   */
  public @Nullable KeyRecord inMemory(byte[] userKey) {
    return unit.engine().cache().peek(key(userKey));
  }

  /**
   * Returns the stored record, even if it has expired; null when there is none. For inspecting the
   * store.
   */
  public @Nullable KeyRecord stored(byte[] userKey) {
    return records.peek(key(userKey));
  }

  /** Like {@link #peek}, for many keys at once; results are in the order of the keys. */
  public List<@Nullable KeyRecord> peekAll(List<byte[]> userKeys) {
    List<Key> keys = new ArrayList<>(userKeys.size());
    for (byte[] userKey : userKeys) {
      keys.add(key(userKey));
    }
    List<@Nullable KeyRecord> found = records.peekAll(keys);
    found.replaceAll(this::live);
    return found;
  }

  /** Stores {@code record} under {@code userKey}; rows of a record it replaces become garbage. */
  public void put(byte[] userKey, KeyRecord record) {
    records.put(key(userKey), record);
  }

  /** Removes the record; returns false when there was no live one. */
  public boolean delete(byte[] userKey) {
    Key key = key(userKey);
    if (records.expireIfDue(key) || records.readHeader(key) == null) {
      return false;
    }
    records.remove(key);
    return true;
  }

  /**
   * Returns the rows of a value, given its live record.
   *
   * @throws WouldBlock in a step that {@linkplain UnitOfWork#refuseRows refuses rows}
   */
  public Rows rows(byte[] userKey, KeyRecord record) {
    unit.requireRows();
    return unit.rows(key(userKey), record);
  }

  /** Allocates rows for a value to be created under {@code userKey}; throws as {@link #rows} does. */
  public Rows newRows(byte[] userKey) {
    unit.requireRows();
    KeyRecord.RowsId id = new KeyRecord.RowsId(unit.engine().versions().next(), null);
    return new Rows(unit, key(userKey), id);
  }

  /**
   * Moves a live record to another name in the same database, replacing what is there. Takes
   * constant time: of a value with rows only the header moves.
   */
  public void rename(byte[] userKey, byte[] newUserKey) {
    Key from = key(userKey);
    KeyRecord record = records.readHeader(from);
    if (record == null) {
      throw new IllegalArgumentException("nothing to rename");
    }
    KeyRecord.RowsId id = record.rows();
    if (id != null) {
      // Encodes a late payload, too: its rows would go on changing as those of the old key.
      byte[] home = id.home() == null ? userKey : id.home();
      int accessedAtS = record.accessedAtS();
      record = record.withRows(new KeyRecord.RowsId(id.version(), home));
      record.accessedAtS(accessedAtS);
    }
    records.removeHeader(from);
    put(newUserKey, record);
  }

  /**
   * Copies a live record, with its rows, to a key of this or another database, replacing what is
   * there.
   */
  public void copy(byte[] userKey, Keyspace target, byte[] newUserKey) {
    KeyRecord record = records.read(key(userKey));
    if (record == null) {
      throw new IllegalArgumentException("nothing to copy");
    }
    if (record.hasRows()) {
      // What it is encoded to must be among the rows before they are copied.
      record.bytes();
      Rows copied = target.newRows(newUserKey);
      rows(userKey, record).copyTo(copied);
      record = copied.headerLike(record);
    }
    target.put(newUserKey, record);
  }

  /** Reports a live value as changed, though it stays as it is. */
  public void markChanged(byte[] userKey) {
    records.markChanged(key(userKey));
  }

  /** Iterates over all keys in hash order, starting at a position. */
  public HashWalk walkByHash(long position) {
    KeyFormat format = format();
    int id = unit.databaseId(number);
    KeyRange range = KeyFormat.databaseRange(id).startingAt(format.scanStart(id, position));
    return new HashWalk(format, records.walk(Column.SCAN, range));
  }

  /** Returns the upper bound, exclusive, of the positions of {@link #walkByHash}. */
  public long positions() {
    return format().scanPositions();
  }

  /**
   * Returns whether {@link #walkByName} can be used: keys stored with their hash slot are not in
   * name order.
   */
  public boolean isOrderedByName() {
    return !format().hasSlots();
  }

  /** Iterates over the keys whose names begin with {@code prefix}, in name order. */
  public KeyWalk walkByName(byte[] prefix) {
    if (!isOrderedByName()) {
      throw new IllegalStateException("keys are not in the order of their names");
    }
    KeyRange range = KeyRange.ofPrefix(key(prefix).bytes());
    return new NameWalk(format(), records.walk(Column.RECORD, range));
  }

  /** Iterates over the keys of a range of names, in the range's order. */
  public KeyWalk walkByName(NameRange names) {
    if (!isOrderedByName()) {
      throw new IllegalStateException("keys are not in the order of their names");
    }
    KeyRange range = KeyRange.ofPrefix(key(new byte[0]).bytes());
    byte[] least = names.least();
    byte[] greatest = names.greatest();
    byte[] from = least == null ? range.from() : key(least).bytes();
    // The immediate successor of the greatest key is that key followed by a zero byte.
    byte[] to = greatest == null
        ? range.to()
        : key(Arrays.copyOf(greatest, greatest.length + 1)).bytes();
    boolean forward = names.order() == NameRange.Order.FORWARD;
    Cursor.Direction direction = forward ? Cursor.Direction.FORWARD : Cursor.Direction.BACKWARD;
    return new NameWalk(format(), records.walk(Column.RECORD, new KeyRange(from, to), direction));
  }

  /** Returns whether iterations may see expired keys; false is certain. */
  public boolean mayHoldExpired() {
    return unit.engine().mayHoldExpired(number, nowMs());
  }

  /**
   * Returns how long the record has been idle, in seconds; access times are kept in memory only.
   */
  public long idleSeconds(KeyRecord record) {
    return records.accessTimes().idleSeconds(record);
  }

  /** Makes a live record count as idle for {@code seconds}. */
  public void unusedFor(byte[] userKey, long seconds) {
    KeyRecord record = header(userKey);
    if (record != null) {
      records.accessTimes().unusedFor(key(userKey), record, seconds);
    }
  }

  /**
   * Returns how many bytes the key itself takes in the store: its record and its index entries,
   * without rows.
   */
  public long storedBytes(byte[] userKey, KeyRecord record) {
    Key key = key(userKey);
    long bytes = key.bytes().length + record.bytes().length + format().scanKey(key).length + 1L;
    return record.dueMs() == KeyRecord.NEVER
        ? bytes
        : bytes + format().expiryKey(record.dueMs(), key).length;
  }

  /** Returns the exact number of keys, including expired ones that are not removed yet. */
  public long size() {
    return records.count(unit.databaseId(number));
  }

  /** Empties the database. The unit must hold all locks. */
  public void flush() {
    unit.flush(number);
  }

  /** Swaps this database with another. The unit must hold all locks. */
  public void swap(int otherNumber) {
    unit.swap(number, otherNumber);
  }

  private KeyFormat format() {
    return unit.engine().format();
  }

  Key key(byte[] userKey) {
    return unit.key(number, userKey);
  }

  /** Like {@link #live}, but removes an expired record with the current command. */
  private @Nullable KeyRecord liveOrGone(Key key, @Nullable KeyRecord record) {
    KeyRecord living = live(record);
    if (record != null && living == null) {
      records.tryExpire(key);
    }
    return living;
  }

  private @Nullable KeyRecord live(@Nullable KeyRecord record) {
    return record == null || record.isExpired(unit.nowMs()) ? null : record;
  }
}
