package pika.storage.key;

import org.jspecify.annotations.Nullable;

/**
 * One numbered database inside one unit of work: what every data type reads and writes through. A record whose time is
 * over isn't there for its readers. Confined to the thread of its unit.
 */
public final class Keyspace {
  private final UnitOfWork unit;
  private final int number;

  Keyspace(UnitOfWork unit, int number) {
    this.unit = unit;
    this.number = number;
  }

  /** The database's number, as SELECT takes it. */
  public int number() {
    return number;
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
    KeyRecord record = live(unit.read(key(userKey)));
    unit.countLookup(record != null);
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
    return live(unit.peek(key(userKey)));
  }

  /** Makes {@code record} the one under {@code userKey}; rows of the one it replaces become garbage. */
  public void put(byte[] userKey, KeyRecord record) {
    unit.put(key(userKey), record);
  }

  /** Removes the record; false when there was no live one. */
  public boolean delete(byte[] userKey) {
    Key key = key(userKey);
    KeyRecord present = unit.read(key);
    if (present == null) {
      return false;
    }
    unit.remove(key);
    return live(present) != null;
  }

  /** The rows of a value, for its live record. */
  public Rows rows(byte[] userKey, KeyRecord record) {
    KeyRecord.RowsId id = record.rows();
    if (id == null) {
      throw new IllegalArgumentException("a record without rows");
    }
    return new Rows(unit, id, unit.rowPrefix(key(userKey), id));
  }

  /** Rows for a value that is to be created under {@code userKey}. */
  public Rows newRows(byte[] userKey) {
    KeyRecord.RowsId id = new KeyRecord.RowsId(unit.engine().versions().next(), null);
    return new Rows(unit, id, unit.rowPrefix(key(userKey), id));
  }

  /**
   * Moves a live record to another name in the same database, replacing what is there. Takes the same time for a value with
   * rows as for any other: only the header moves.
   */
  public void rename(byte[] userKey, byte[] newUserKey) {
    Key from = key(userKey);
    KeyRecord record = unit.read(from);
    if (record == null) {
      throw new IllegalArgumentException("nothing to rename");
    }
    KeyRecord.RowsId id = record.rows();
    if (id != null && id.home() == null) {
      record = record.withRows(new KeyRecord.RowsId(id.version(), userKey));
    }
    unit.removeHeader(from);
    put(newUserKey, record);
  }

  /** Copies a live record with its rows to a key of this or another database, replacing what is there. */
  public void copy(byte[] userKey, Keyspace target, byte[] newUserKey) {
    KeyRecord record = unit.read(key(userKey));
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

  /** Exact number of keys, expired ones that nobody has touched yet included. */
  public long size() {
    return unit.keyCount(number);
  }

  /** Empties the database. The unit must hold all locks. */
  public void flush() {
    unit.flush(number);
  }

  /** Exchanges this database with another. The unit must hold all locks. */
  public void swap(int otherNumber) {
    unit.swap(number, otherNumber);
  }

  Key key(byte[] userKey) {
    return unit.key(number, userKey);
  }

  private @Nullable KeyRecord live(@Nullable KeyRecord record) {
    return record == null || record.isExpired(unit.nowMs()) ? null : record;
  }
}
