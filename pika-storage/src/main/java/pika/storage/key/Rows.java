package pika.storage.key;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.KeyRange;
import pika.storage.rocks.Batch;
import pika.storage.rocks.Column;
import pika.storage.rocks.Cursor;

/**
 * The rows of one large value, named by what comes after their common prefix. Confined to the thread of its unit of work,
 * whose changes it sees; in a unit that must not wait, reading what only the disk knows throws {@link WouldBlock}, and so does every long walk.
 */
public final class Rows {
  /** Longer memos are not kept. */
  public static final int MOST_MEMO_BYTES = 32 << 10;

  /** The empty value of a row that nobody looks up, only walks come by: it is not worth a place in memory. By identity. */
  public static final byte[] ONLY_WALKED = new byte[0];

  /** So much of a large copy is written at a time. */
  private static final int COPIED_BYTES = 1 << 20;

  private final UnitOfWork unit;
  private final Key owner;
  private final KeyRecord.RowsId id;
  private final byte[] prefix;
  /** Of rows that were put as new ones and are not written yet. */
  private long newBytes;
  /** Whether some of them have been written. */
  private boolean isWrittenAhead;

  Rows(UnitOfWork unit, Key owner, KeyRecord.RowsId id) {
    this.unit = unit;
    this.owner = owner;
    this.id = id;
    this.prefix = unit.rows().prefix(owner, id);
  }

  /** The header for a value whose rows these are. */
  public KeyRecord header(DataType type, int encoding, long expireAtMs, byte[] payload) {
    return KeyRecord.of(type, encoding, expireAtMs, id, payload);
  }

  KeyRecord headerLike(KeyRecord other) {
    return other.withRows(id);
  }

  /** The value of a row, null when there is none. The array must not be changed. */
  public byte @Nullable [] get(byte[] row) {
    return unit.rows().get(owner, full(row));
  }

  /** Sets a row; {@code value} must not be changed afterwards. */
  public void put(byte[] row, byte[] value) {
    unit.rows().put(owner, full(row), value);
  }

  /** Sets a row of a value that is being created: may be written before the commit, so that memory stays bounded. */
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

  /** Removes a row that nobody looks up, only walks come by: there is no need to look for it in memory. */
  public void deleteWalked(byte[] row) {
    unit.rows().deleteWalked(owner, full(row));
  }

  /**
   * Leaves all rows whose names start with {@code names} to the reaper. Such a name must not be used again, for it is not
   * known when they go; until then walks still show them.
   */
  public void drop(byte[] names) {
    unit.rows().dropNamed(owner, full(names));
  }

  /**
   * Something that was derived from rows of this value and is kept in memory only, as long as there is room: null when it is
   * not there. Memos have names of their own, which no row has. Whoever changes a row from which a memo was derived calls
   * {@link #dropMemo}.
   *
   * <p>Memos are only read and kept where the value can't change meanwhile: in a unit that holds the key's lock. A command
   * that finds none must be able to do without.
   */
  public byte @Nullable [] memo(byte[] name) {
    return unit.rows().memo(owner, full(name));
  }

  /** Whether {@link #keepMemo} has an effect now: not where this unit has changed rows and not yet committed. */
  public boolean mayKeepMemos() {
    return unit.rows().mayKeepMemos(owner);
  }

  /** Keeps a memo if it may; {@code memo}, of at most {@link #MOST_MEMO_BYTES}, must not be changed afterwards. */
  public void keepMemo(byte[] name, byte[] memo) {
    unit.rows().keepMemo(owner, id.version(), full(name), memo);
  }

  /** Forgets a memo because what it was derived from is changed by this unit. */
  public void dropMemo(byte[] name) {
    if (unit.rows().mayHaveMemos(id.version())) {
      unit.rows().dropMemo(full(name));
    }
  }

  /** A walk over the rows of a range; its keys are full row keys, see {@link #name}. */
  public Cursor walk(KeyRange range, Cursor.Direction direction) {
    return unit.rows().walk(full(range), direction);
  }

  /**
   * The same for a walk over a few hundred rows at most: a unit that must not wait makes it as far as the rows are in memory,
   * and throws {@link WouldBlock} where they are not.
   */
  public Cursor walkFew(KeyRange range, Cursor.Direction direction) {
    return unit.rows().walkFew(owner, full(range), direction);
  }

  /** Takes a walk over these rows to the first row, in its direction, that does not come before {@code row}. */
  public void seek(Cursor walk, byte[] row) {
    walk.seek(full(row));
  }

  /** Has the first rows of a range brought into memory soon, {@code most} at most: a hint for a later {@link #walkFew}. */
  public void readAhead(KeyRange range, int most) {
    unit.engine().rocks().readAhead(Column.ROW, full(range), most);
  }

  /**
   * All rows of a range as they are at this moment, when they are in memory as a whole; null when a walk is to be made
   * instead. Always null in a unit that must not wait, and in one that holds locks, be it this key's or another's: it may
   * have changed rows, or want to see several keys at one moment. The rows may be younger than the record through which the
   * caller came here.
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

  /** A walk over the rows as they are now, null unless they are those of the owner's record now. */
  private @Nullable Cursor newest(KeyRange full) {
    KeyRecord record = unit.engine().cache().peek(owner);
    KeyRecord.RowsId present = record == null ? null : record.rows();
    return present == null || present.version() != id.version()
        ? null
        : unit.engine().rocks().cursor(Column.ROW, full, Cursor.Direction.FORWARD, null);
  }

  private KeyRange full(KeyRange range) {
    byte[] to = range.to();
    byte[] end = to == null ? KeyRange.ofPrefix(prefix).to() : full(to);
    return new KeyRange(full(range.from()), end);
  }

  /** What comes after the common prefix in a key of {@link #walk}. */
  public byte[] name(byte[] rowKey) {
    return Arrays.copyOfRange(rowKey, prefix.length, rowKey.length);
  }

  /** Where the name of a row starts in a key of {@link #walk}. */
  public int nameOffset() {
    return prefix.length;
  }

  /** A walk over all rows in their order. */
  public Cursor walkAll() {
    return walk(KeyRange.all(), Cursor.Direction.FORWARD);
  }

  /** About how many bytes the committed rows take on the disk and in memtables. */
  public long estimatedBytes() {
    return unit.engine().rocks().estimatedBytes(Column.ROW, KeyRange.ofPrefix(prefix));
  }

  void copyTo(Rows target) {
    try (Cursor cursor = walkAll()) {
      for (; cursor.valid() && !target.isWrittenAhead; cursor.next()) {
        target.putNew(name(cursor.key()), cursor.value());
      }
      // What follows would be written ahead, too: it need not be sorted and remembered before.
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
    byte[] key = Arrays.copyOf(prefix, prefix.length + row.length);
    System.arraycopy(row, 0, key, prefix.length, row.length);
    return key;
  }
}
