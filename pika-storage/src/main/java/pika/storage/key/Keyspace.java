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
 * One numbered database inside one unit of work: what every data type reads and writes through. A record whose time is
 * over isn't there for its readers, and goes when a lookup comes upon it. Confined to the thread of its unit.
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

  /** The database's number, as SELECT takes it. */
  public int number() {
    return number;
  }

  /** How many databases there are. */
  public int databaseCount() {
    return unit.engine().databaseCount();
  }

  /** The same unit's view of another database. */
  public Keyspace sibling(int otherNumber) {
    return new Keyspace(unit, otherNumber);
  }

  /** The unit of work it belongs to. */
  public UnitOfWork unit() {
    return unit;
  }

  /** The moment of the present command, in milliseconds since 1970. */
  public long nowMs() {
    return unit.nowMs();
  }

  /** The live record under {@code userKey}, whatever its type; null when there is none. */
  public @Nullable KeyRecord get(byte[] userKey) {
    Key key = key(userKey);
    KeyRecord record = liveOrGone(key, records.read(key));
    records.used(key, record);
    return record;
  }

  /**
   * The live record under {@code userKey} for those who don't want its rows; null when there is none. Takes no view, and so
   * is answered from memory even for a value that has rows. Neither counted as a lookup nor as a use.
   */
  public @Nullable KeyRecord header(byte[] userKey) {
    return live(records.readHeader(key(userKey)));
  }

  /** The same as {@link #header} on behalf of a command: one whose time is over goes. */
  public @Nullable KeyRecord meet(byte[] userKey) {
    Key key = key(userKey);
    return liveOrGone(key, records.readHeader(key));
  }

  /** The same as {@link #meet}, counted as a lookup but not as a use. */
  public @Nullable KeyRecord look(byte[] userKey) {
    KeyRecord record = meet(userKey);
    records.lookedUp(record != null);
    return record;
  }

  /** The same as {@link #look}, and a use even in a command that otherwise doesn't count as one. */
  public @Nullable KeyRecord touch(byte[] userKey) {
    KeyRecord record = look(userKey);
    if (record != null) {
      records.accessTimes().touch(key(userKey), record);
    }
    return record;
  }

  /** The live record under {@code userKey}, null when there is none; throws when it is of another type. */
  public @Nullable KeyRecord get(byte[] userKey, DataType type) {
    KeyRecord record = get(userKey);
    if (record != null && record.type() != type) {
      throw new WrongTypeException();
    }
    return record;
  }

  /** The same as {@link #get(byte[])}, but neither counted as a lookup nor kept in the cache: for walks. */
  public @Nullable KeyRecord peek(byte[] userKey) {
    return live(records.peek(key(userKey)));
  }

  /** What stands under {@code userKey}, be its time over: for those who look inside the store. */
  public @Nullable KeyRecord stored(byte[] userKey) {
    return records.peek(key(userKey));
  }

  /** {@link #peek} for many keys in one go, in their order. */
  public List<@Nullable KeyRecord> peekAll(List<byte[]> userKeys) {
    List<Key> keys = new ArrayList<>(userKeys.size());
    for (byte[] userKey : userKeys) {
      keys.add(key(userKey));
    }
    List<@Nullable KeyRecord> found = records.peekAll(keys);
    found.replaceAll(this::live);
    return found;
  }

  /** Makes {@code record} the one under {@code userKey}; rows of the one it replaces become garbage. */
  public void put(byte[] userKey, KeyRecord record) {
    records.put(key(userKey), record);
  }

  /** Removes the record; false when there was no live one. */
  public boolean delete(byte[] userKey) {
    Key key = key(userKey);
    if (records.expireIfDue(key) || records.readHeader(key) == null) {
      return false;
    }
    records.remove(key);
    return true;
  }

  /**
   * The rows of a value, for its live record.
   *
   * @throws WouldBlock in a step that {@link UnitOfWork#refuseRows refuses rows}
   */
  public Rows rows(byte[] userKey, KeyRecord record) {
    unit.requireRows();
    KeyRecord.RowsId id = record.rows();
    if (id == null) {
      throw new IllegalArgumentException("a record without rows");
    }
    return new Rows(unit, key(userKey), id);
  }

  /** Rows for a value that is to be created under {@code userKey}; throws as {@link #rows} does. */
  public Rows newRows(byte[] userKey) {
    unit.requireRows();
    KeyRecord.RowsId id = new KeyRecord.RowsId(unit.engine().versions().next(), null);
    return new Rows(unit, key(userKey), id);
  }

  /**
   * Moves a live record to another name in the same database, replacing what is there. Takes the same time for a value with
   * rows as for any other: only the header moves.
   */
  public void rename(byte[] userKey, byte[] newUserKey) {
    Key from = key(userKey);
    KeyRecord record = records.readHeader(from);
    if (record == null) {
      throw new IllegalArgumentException("nothing to rename");
    }
    KeyRecord.RowsId id = record.rows();
    if (id != null && id.home() == null) {
      record = record.withRows(new KeyRecord.RowsId(id.version(), userKey));
    }
    records.removeHeader(from);
    put(newUserKey, record);
  }

  /** Copies a live record with its rows to a key of this or another database, replacing what is there. */
  public void copy(byte[] userKey, Keyspace target, byte[] newUserKey) {
    KeyRecord record = records.read(key(userKey));
    if (record == null) {
      throw new IllegalArgumentException("nothing to copy");
    }
    if (record.hasRows()) {
      Rows copied = target.newRows(newUserKey);
      rows(userKey, record).copyTo(copied);
      record = copied.headerLike(record);
    }
    target.put(newUserKey, record);
  }

  /** Has a live value count as changed for all who are told of changes, though it stays as it is. */
  public void markChanged(byte[] userKey) {
    records.markChanged(key(userKey));
  }

  /** A walk over all keys in the order of their hashes, from a position on. */
  public HashWalk walkByHash(long position) {
    KeyFormat format = format();
    int id = unit.databaseId(number);
    KeyRange range = KeyFormat.databaseRange(id).startingAt(format.scanStart(id, position));
    return new HashWalk(format, records.walk(Column.SCAN, range));
  }

  /** One more than the greatest position of {@link #walkByHash}. */
  public long positions() {
    return format().scanPositions();
  }

  /** Whether {@link #walkByName} can be used: keys that carry their hash slot don't stand in the order of their names. */
  public boolean isOrderedByName() {
    return !format().hasSlots();
  }

  /** A walk over the keys whose names begin with {@code prefix}, in the order of the names. */
  public KeyWalk walkByName(byte[] prefix) {
    if (!isOrderedByName()) {
      throw new IllegalStateException("keys are not in the order of their names");
    }
    KeyRange range = KeyRange.ofPrefix(key(prefix).bytes());
    return new NameWalk(format(), records.walk(Column.RECORD, range));
  }

  /** A walk over the keys of a range of names, in its order. */
  public KeyWalk walkByName(NameRange names) {
    if (!isOrderedByName()) {
      throw new IllegalStateException("keys are not in the order of their names");
    }
    KeyRange range = KeyRange.ofPrefix(key(new byte[0]).bytes());
    byte[] least = names.least();
    byte[] greatest = names.greatest();
    byte[] from = least == null ? range.from() : key(least).bytes();
    // The first key after the greatest one is it with a zero byte behind.
    byte[] to = greatest == null
        ? range.to()
        : key(Arrays.copyOf(greatest, greatest.length + 1)).bytes();
    boolean forward = names.order() == NameRange.Order.FORWARD;
    Cursor.Direction direction = forward ? Cursor.Direction.FORWARD : Cursor.Direction.BACKWARD;
    return new NameWalk(format(), records.walk(Column.RECORD, new KeyRange(from, to), direction));
  }

  /** Whether walks can meet keys whose time is over; false is certain. */
  public boolean mayHoldExpired() {
    return unit.engine().mayHoldExpired(number, nowMs());
  }

  /** How long the server has not been asked for {@code record}, in seconds, as far as memory reaches. */
  public long idleSeconds(KeyRecord record) {
    return records.accessTimes().idleSeconds(record);
  }

  /** Makes a live record one that the server has not been asked for during so many seconds. */
  public void unusedFor(byte[] userKey, long seconds) {
    KeyRecord record = header(userKey);
    if (record != null) {
      records.accessTimes().unusedFor(key(userKey), record, seconds);
    }
  }

  /** How many bytes the key itself takes in the store: its record and its entries in the indexes. */
  public long storedBytes(byte[] userKey, KeyRecord record) {
    Key key = key(userKey);
    long bytes = key.bytes().length + record.bytes().length + format().scanKey(key).length + 1L;
    return record.dueMs() == KeyRecord.NEVER
        ? bytes
        : bytes + format().expiryKey(record.dueMs(), key).length;
  }

  /** Exact number of keys, expired ones that nobody has touched yet included. */
  public long size() {
    return records.count(unit.databaseId(number));
  }

  /** Empties the database. The unit must hold all locks. */
  public void flush() {
    unit.flush(number);
  }

  /** Exchanges this database with another. The unit must hold all locks. */
  public void swap(int otherNumber) {
    unit.swap(number, otherNumber);
  }

  private KeyFormat format() {
    return unit.engine().format();
  }

  Key key(byte[] userKey) {
    return unit.key(number, userKey);
  }

  /** {@link #live}, and what isn't any more goes with this command. */
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
