package pika.storage.key;

import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.KeyRange;
import pika.storage.rocks.Column;
import pika.storage.rocks.Cursor;
import pika.storage.rocks.Rocks;
import pika.storage.rocks.View;

/**
 * Committed data as one unit of work reads it: through the record cache or a pinned view, and never
 * from disk in a unit that must not wait. Confined to the thread that runs the unit.
 */
final class Committed {
  private final Engine engine;
  private final UnitOfWork.Mode mode;
  private final CacheUse cacheUse;
  private @Nullable View view;

  Committed(Engine engine, UnitOfWork.Mode mode) {
    this.engine = engine;
    this.mode = mode;
    this.cacheUse = new CacheUse(engine.cache().figures());
  }

  /** Returns the record under {@code key}, expired or not; null when there is none. */
  @Nullable
  KeyRecord record(Key key) {
    if (view != null) {
      byte[] bytes = engine.rocks().get(Column.RECORD, key.bytes(), view);
      return bytes == null ? null : KeyRecord.decode(bytes);
    }
    return newestRecord(key);
  }

  /** Returns the latest record, ignoring a pinned view. */
  @Nullable
  KeyRecord newestRecord(Key key) {
    KeyRecord cached = engine.cache().get(key);
    KeyRecord found = cached == null ? load(key) : cached;
    cacheUse.lookedUp();
    return found;
  }

  private @Nullable KeyRecord load(Key key) {
    RecordCache cache = engine.cache();
    long stamp = cache.stamp(key);
    byte[] bytes = mode == UnitOfWork.Mode.MEMORY_ONLY
        ? engine.rocks().getFromMemory(Column.RECORD, key.bytes())
        : engine.rocks().get(Column.RECORD, key.bytes());
    if (bytes == Rocks.NOT_IN_MEMORY) {
      throw WouldBlock.COLD;
    }
    cacheUse.loaded();
    if (bytes == null) {
      return null;
    }
    KeyRecord record = KeyRecord.decode(bytes);
    cache.fill(key, record, stamp);
    return record;
  }

  /** Returns the latest record like {@link #newestRecord}, but does not fill the cache. */
  @Nullable
  KeyRecord peek(Key key) {
    KeyRecord cached = engine.cache().peek(key);
    if (cached != null) {
      return cached;
    }
    requireMayBlock();
    byte[] bytes = engine.rocks().get(Column.RECORD, key.bytes());
    return bytes == null ? null : KeyRecord.decode(bytes);
  }

  /** Like {@link #peek}, for many keys at once. */
  List<@Nullable KeyRecord> peekAll(List<Key> keys) {
    requireMayBlock();
    List<@Nullable KeyRecord> records = new ArrayList<>(keys.size());
    List<byte[]> missing = new ArrayList<>();
    for (Key key : keys) {
      KeyRecord cached = engine.cache().peek(key);
      records.add(cached);
      if (cached == null) {
        missing.add(key.bytes());
      }
    }
    if (missing.isEmpty()) {
      return records;
    }
    ListIterator<byte @Nullable []> found =
        engine.rocks().multiGet(Column.RECORD, missing).listIterator();
    records.replaceAll(cached -> {
      if (cached != null) {
        return cached;
      }
      byte[] bytes = found.next();
      return bytes == null ? certain(missing.get(found.previousIndex())) : KeyRecord.decode(bytes);
    });
    return records;
  }

  /**
   * Reads again a key that a batch read has not found, because it may exist but be unreadable: then
   * this throws.
   */
  private @Nullable KeyRecord certain(byte[] key) {
    byte[] bytes = engine.rocks().get(Column.RECORD, key);
    return bytes == null ? null : KeyRecord.decode(bytes);
  }

  /**
   * Reads records into the cache at once; does nothing in a unit that must not wait. Returns
   * roughly how many bytes were read.
   */
  long prefetch(List<Key> keys) {
    if (mode == UnitOfWork.Mode.MEMORY_ONLY) {
      return 0;
    }
    RecordCache cache = engine.cache();
    List<Key> missing = new ArrayList<>();
    List<byte[]> keyBytes = new ArrayList<>();
    List<Long> stamps = new ArrayList<>();
    for (Key key : keys) {
      if (cache.peek(key) == null) {
        missing.add(key);
        keyBytes.add(key.bytes());
        stamps.add(cache.stamp(key));
      }
    }
    if (missing.size() < 2) {
      return 0;
    }
    long readBytes = 0;
    List<byte @Nullable []> found = engine.rocks().multiGet(Column.RECORD, keyBytes);
    for (int i = 0; i < missing.size(); i++) {
      byte[] bytes = found.get(i);
      if (bytes != null) {
        cache.fill(missing.get(i), KeyRecord.decode(bytes), stamps.get(i));
        cacheUse.loaded();
        readBytes += bytes.length;
      }
    }
    return readBytes;
  }

  /**
   * Returns a row of a value that nobody else can change, because the unit holds its key's lock.
   */
  byte @Nullable [] lockedRow(byte[] rowKey) {
    if (view != null) {
      return row(rowKey);
    }
    byte[] cached = engine.cache().row(rowKey);
    if (cached != null) {
      cacheUse.lookedUp();
      return cached;
    }
    byte[] value = mode == UnitOfWork.Mode.MEMORY_ONLY
        ? engine.rocks().getFromMemory(Column.ROW, rowKey)
        : engine.rocks().get(Column.ROW, rowKey);
    if (value == Rocks.NOT_IN_MEMORY) {
      throw WouldBlock.INSTANCE;
    }
    cacheUse.lookedUp();
    cacheUse.loaded();
    if (value != null) {
      engine.cache().fillRow(rowKey, value);
    }
    return value;
  }

  byte @Nullable [] row(byte[] rowKey) {
    requireMayBlock();
    Rocks rocks = engine.rocks();
    return view == null ? rocks.get(Column.ROW, rowKey) : rocks.get(Column.ROW, rowKey, view);
  }

  /** Returns the latest version of a row, ignoring a pinned view. */
  byte @Nullable [] newestRow(byte[] rowKey) {
    requireMayBlock();
    return engine.rocks().get(Column.ROW, rowKey);
  }

  Cursor rows(KeyRange range, Cursor.Direction direction) {
    requireMayBlock();
    return engine.rocks().cursor(Column.ROW, range, direction, view);
  }

  /** Iterates over a few rows of a value that nobody else can change; see {@link #lockedRow}. */
  Cursor lockedRows(KeyRange range, Cursor.Direction direction) {
    return mode == UnitOfWork.Mode.MEMORY_ONLY
        ? CursorInMemory.open(() -> engine.rocks().cursorInMemory(Column.ROW, range, direction))
        : rows(range, direction);
  }

  /** Iterates over the latest version of rows, ignoring a pinned view. */
  Cursor newestRows(KeyRange range, Cursor.Direction direction) {
    requireMayBlock();
    return engine.rocks().cursor(Column.ROW, range, direction, null);
  }

  /** Iterates over a large part of a column as it is now. */
  Cursor walk(Column column, KeyRange range, Cursor.Direction direction) {
    requireMayBlock();
    return engine.rocks().longWalk(column, range, direction);
  }

  boolean isPinned() {
    return view != null;
  }

  /** Makes all reads until {@link #unpin} see the state at this moment. */
  void pin() {
    requireMayBlock();
    view = engine.rocks().view();
  }

  void unpin() {
    if (view != null) {
      view.close();
      view = null;
    }
  }

  /** Ends the unit. */
  void end() {
    unpin();
    cacheUse.publish();
  }

  private void requireMayBlock() {
    if (mode == UnitOfWork.Mode.MEMORY_ONLY) {
      throw WouldBlock.INSTANCE;
    }
  }
}
