package pika.storage.key;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.KeyRange;
import pika.storage.rocks.Batch;
import pika.storage.rocks.Column;
import pika.storage.rocks.Cursor;

/**
 * The rows of one large value, named by what follows their common prefix. Reads see the unit's own
 * changes. In a unit that must not wait, reading what is only on disk throws {@link WouldBlock},
 * and so does every long iteration. A name that was passed in must not be changed afterwards. Confined
 * to the thread of its unit of work.
 */
public final class Rows {
  /** Longer memos are not kept. */
  public static final int MOST_MEMO_BYTES = 32 << 10;

  /**
   * The empty value of a row that is only iterated over, never looked up, and hence not worth
   * caching. Compared by identity.
   */
  public static final byte[] ONLY_WALKED = new byte[0];

  private static final byte[] NO_NAME = new byte[0];

  /** How much of a large copy is written in one batch. */
  private static final int COPIED_BYTES = 1 << 20;

  private final UnitOfWork unit;
  private final Key owner;
  private final KeyRecord.RowsId id;
  private final byte[] prefix;
  /** The last name asked for, and its full key: a row is mostly read before it is set. */
  private byte[] lastRow;

  private byte[] lastFull;
  /** Bytes of rows passed to {@link #putNew} and not written yet. */
  private long newBytes;
  /** Whether some of them have been written ahead. */
  private boolean isWrittenAhead;

  Rows(UnitOfWork unit, Key owner, KeyRecord.RowsId id) {
    this.unit = unit;
    this.owner = owner;
    this.id = id;
    this.prefix = unit.rows().prefix(owner, id);
    this.lastRow = NO_NAME;
    this.lastFull = prefix;
  }

  /** Returns whether they are the rows of a record that is stored under {@code key}. */
  boolean areOf(Key key, KeyRecord record) {
    return id.version() == record.rowsVersion() && owner.equals(key);
  }

  /** Returns the header for a value that has these rows. */
  public KeyRecord header(DataType type, int encoding, long expireAtMs, byte[] payload) {
    return KeyRecord.of(type, encoding, expireAtMs, id, payload);
  }

  /** Returns the header for a value that has these rows and is encoded later. */
  public KeyRecord lateHeader(DataType type, int encoding, long expireAtMs, LatePayload payload) {
    return KeyRecord.late(type, encoding, expireAtMs, id, payload);
  }

  KeyRecord headerLike(KeyRecord other) {
    return other.withRows(id);
  }

  /** Returns the value of a row, null when there is none. The array must not be changed. */
  public byte @Nullable [] get(byte[] row) {
    return unit.rows().get(owner, full(row));
  }

  /** Sets a row; {@code value} must not be changed afterwards. */
  public void put(byte[] row, byte[] value) {
    unit.rows().put(owner, full(row), value);
  }

  /**
   * Sets a row that belongs to a {@link LatePayload}: the command in which it is encoded need not be
   * the one that has changed the value, and is not taken for it.
   */
  public void complete(byte[] row, byte[] value) {
    unit.rows().complete(full(row), value);
  }

  /**
   * Has {@code takesBack} run if what the current command does from here on is rolled back: for
   * state that is kept in memory from one command to the next. Newest first.
   */
  public void onRollback(Runnable takesBack) {
    unit.rows().onRollback(takesBack);
  }

  /**
   * Sets a row of a value that is being created. It may be written before the commit, so that
   * memory stays bounded.
   */
  public void putNew(byte[] row, byte[] value) {
    unit.rows().put(owner, full(row), value);
    newBytes += prefix.length + row.length + value.length;
    if (unit.rows().writeAheadIfMany(prefix, newBytes)) {
      isWrittenAhead = true;
      newBytes = 0;
    }
  }

  /** Removes a row. */
  public void delete(byte[] row) {
    unit.rows().delete(owner, full(row));
  }

  /**
   * Removes a row that is only iterated over, never looked up: it need not be evicted from the
   * cache.
   */
  public void deleteWalked(byte[] row) {
    unit.rows().deleteWalked(owner, full(row));
  }

  /**
   * Leaves all rows whose names start with {@code names} to the reaper. Such a name must never be
   * used again, because it is not known when the rows go; until then iterations still show them.
   */
  public void drop(byte[] names) {
    unit.rows().dropNamed(owner, full(names));
  }

  /**
   * Returns something that was derived from rows of this value and is kept in memory only, as long as
   * there is room; null when it is not there. Memos have names of their own, which no row has.
   * Whoever changes a row from which a memo was derived calls {@link #dropMemo}.
   *
   * <p>Memos are read and kept only where the value can't change meanwhile: in a unit that holds the
   * key's lock. A command that finds none must be able to do without.
   */
  public byte @Nullable [] memo(byte[] name) {
    return unit.rows().memo(owner, full(name));
  }

  /**
   * Returns whether {@link #keepMemo} has an effect: only in a unit that holds the key's lock and has
   * no uncommitted changes of this value's rows.
   */
  public boolean mayKeepMemos() {
    return unit.rows().mayKeepMemos(owner, prefix);
  }

  /**
   * Keeps a memo, if {@link #mayKeepMemos}.
   *
   * @param memo at most {@link #MOST_MEMO_BYTES}; must not be changed afterwards
   */
  public void keepMemo(byte[] name, byte[] memo) {
    if (memo.length > MOST_MEMO_BYTES) {
      throw new IllegalArgumentException("a memo of " + memo.length + " bytes");
    }
    if (mayKeepMemos()) {
      unit.rows().keepMemo(id.version(), full(name), memo);
    }
  }

  /** Returns whether there may be a memo to {@linkplain #dropMemo drop}; false is certain. */
  public boolean mayHaveMemos() {
    return unit.rows().mayHaveMemos(id.version());
  }

  /** Drops a memo, because this unit changes what it was derived from. */
  public void dropMemo(byte[] name) {
    unit.rows().dropMemo(full(name));
  }

  /**
   * Pulls what is in memory of these rows into the processor's cache, for commands that follow
   * immediately. Only a hint: the key need not be locked.
   */
  public void warm(List<byte[]> names) {
    unit.hints().warmRows(prefix, names);
  }

  /** Iterates over the rows of a range; its keys are full row keys, see {@link #name}. */
  public Cursor walk(KeyRange range, Cursor.Direction direction) {
    return unit.rows().walk(full(range), direction);
  }

  /**
   * Like {@link #walk}, for a few hundred rows at most: a unit that must not wait may use it as
   * long as the rows are in memory; otherwise it throws {@link WouldBlock}.
   */
  public Cursor walkFew(KeyRange range, Cursor.Direction direction) {
    return unit.rows().walkFew(owner, full(range), direction);
  }

  /**
   * Moves a cursor over these rows to the first row, in its direction, that does not come before
   * {@code row}.
   */
  public void seek(Cursor walk, byte[] row) {
    walk.seek(full(row));
  }

  /**
   * Prefetches the first {@code most} rows of a range in the background: a hint for a later
   * {@link #walkFew}.
   */
  public void readAhead(KeyRange range, int most) {
    unit.engine().rocks().readAhead(Column.ROW, full(range), most);
  }

  /**
   * Returns all rows of a range at this moment if they are cached as a whole; null when the caller
   * has to iterate. Always null in a unit that must not wait, and in one that holds any lock: it
   * may have changed rows, or need several keys at the same moment. The rows may be newer than the
   * record through which the caller came here.
   */
  public @Nullable RowImage image(KeyRange range) {
    if (!unit.mayBlock() || unit.holdsLocks()) {
      return null;
    }
    RecordCache cache = unit.engine().cache();
    KeyRange full = full(range);
    return cache
        .images()
        .get(full.from(), owner, () -> cache.stamp(owner), prefix.length, () -> newest(full));
  }

  /**
   * Opens a cursor over the rows in their latest state; returns null when they no longer belong to
   * the owner's record.
   */
  private @Nullable Cursor newest(KeyRange full) {
    KeyRecord record = unit.engine().cache().peek(owner);
    return record == null || record.rowsVersion() != id.version()
        ? null
        : unit.engine().rocks().cursor(Column.ROW, full, Cursor.Direction.FORWARD, null);
  }

  private KeyRange full(KeyRange range) {
    byte[] to = range.to();
    byte[] end = to == null ? KeyRange.ofPrefix(prefix).to() : full(to);
    return new KeyRange(full(range.from()), end);
  }

  /** Returns a row's name, given its full key in {@link #walk}. */
  public byte[] name(byte[] rowKey) {
    return Arrays.copyOfRange(rowKey, prefix.length, rowKey.length);
  }

  /** Returns where a row's name starts in its full key. */
  public int nameOffset() {
    return prefix.length;
  }

  /** Iterates over all rows in order. */
  public Cursor walkAll() {
    return walk(KeyRange.all(), Cursor.Direction.FORWARD);
  }

  /** Returns roughly how many bytes the committed rows take on disk and in memtables. */
  public long estimatedBytes() {
    return unit.engine().rocks().estimatedBytes(Column.ROW, KeyRange.ofPrefix(prefix));
  }

  void copyTo(Rows target) {
    try (Cursor cursor = walkAll()) {
      for (; cursor.valid() && !target.isWrittenAhead; cursor.next()) {
        target.putNew(name(cursor.key()), cursor.value());
      }
      // The rest would be written ahead, too: it need not be sorted and tracked first.
      while (cursor.valid()) {
        unit.rows().writeAhead(portion -> copySome(cursor, target, portion));
      }
    }
  }

  private void copySome(Cursor cursor, Rows target, Batch portion) {
    for (int bytes = 0; cursor.valid() && bytes < COPIED_BYTES; cursor.next()) {
      byte[] row = target.full(name(cursor.key()));
      byte[] value = cursor.value();
      portion.put(Column.ROW, row, value);
      bytes += row.length + value.length;
    }
  }

  private byte[] full(byte[] row) {
    if (row != lastRow) {
      byte[] key = Arrays.copyOf(prefix, prefix.length + row.length);
      System.arraycopy(row, 0, key, prefix.length, row.length);
      lastRow = row;
      lastFull = key;
    }
    return lastFull;
  }
}
