package pika.storage.key;

import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Caches recently used records and rows on the Java heap: a hit costs neither a native call nor a
 * thread hand-off. Thread-safe.
 *
 * <p>It never contradicts RocksDB. A commit announces its keys ({@link #willChange}) before it
 * writes, and afterwards installs the new records ({@link #changed}), which ends the announcement.
 * In between the cache cannot know which of the two records is current, so it reports a miss, and
 * the reader asks RocksDB, whose answer is atomic over all keys of the commit. A reader that misses
 * takes a stamp before it reads RocksDB, and fills the cache only if no commit is announced and
 * none has ended since. That check runs under the table's lock for the key: if it comes before the
 * announcement, the commit replaces what was filled; if it comes after, nothing is filled.
 *
 * <p>Announcements are counted per stripe of keys, not per key. Keys that happen to share a stripe
 * cost each other an occasional read from RocksDB, nothing else.
 */
final class RecordCache {
  private static final int STRIPES = 1 << 12;
  /** A stripe counts running commits in its lower bits and finished ones in its upper bits. */
  private static final long ENDED = 1L << 32;

  private static final long RUNNING_MASK = ENDED - 1;

  /** Larger records would evict thousands of small ones; they belong in RocksDB's block cache. */
  private static final int MAX_RECORD_BYTES = 64 << 10;

  /**
   * Longer rows are parts of huge values as a rule, and cached only once they have been read: a few
   * huge values would evict everything else, and copying what stays would keep the collector busy.
   */
  private static final int MOST_UNREAD_ROW_BYTES = 8 << 10;

  private static final int MEMO_OWNERS = 1 << 14;

  /** The fraction of the bound set aside for row images: one part in this many. */
  private static final int IMAGE_SHARE = 8;

  private final RecordTable records;
  private final RowImages images;
  private final CacheFigures figures = new CacheFigures();
  private final AtomicLongArray commits = new AtomicLongArray(STRIPES);
  /**
   * Whether a value has had a memo, by its version modulo the length, so that writers of values
   * without memos need not look for any. Read and written under the key's lock.
   */
  private final boolean[] memoOwners = new boolean[MEMO_OWNERS];

  RecordCache(long maximumBytes) {
    this.records = new RecordTable(maximumBytes - maximumBytes / IMAGE_SHARE);
    this.images = new RowImages(maximumBytes / IMAGE_SHARE);
  }

  @Nullable
  KeyRecord get(Key key) {
    return isChanging(stamp(key)) ? null : records.get(key);
  }

  /** Looks up a record without counting as a use. */
  @Nullable
  KeyRecord peek(Key key) {
    return isChanging(stamp(key)) ? null : records.peek(key);
  }

  /** Sets when the record under {@code key} was last used, in seconds since 1970. */
  void touch(Key key, int accessedAtS) {
    records.touch(key, accessedAtS);
  }

  /** Returns the stamp to take before reading RocksDB and to pass to {@link #fill}. */
  long stamp(Key key) {
    return commits.get(stripe(key));
  }

  void fill(Key key, KeyRecord record, long stamp) {
    if (!isCacheable(record) || isChanging(stamp)) {
      return;
    }
    records.putIfAbsent(key, record, () -> stamp(key) == stamp);
  }

  /** Announces a change, to be ended by {@link #changed} or {@link #unchanged}. */
  void willChange(Key key) {
    commits.getAndIncrement(stripe(key));
  }

  /**
   * Installs the committed record of {@code key}; null when it was deleted or its state is unknown.
   */
  void changed(Key key, @Nullable KeyRecord record) {
    if (record != null && isCacheable(record)) {
      records.put(key, record);
    } else {
      records.remove(key);
    }
    commits.getAndAdd(stripe(key), ENDED - 1);
  }

  /** Ends the announcement of a change that was not written. */
  void unchanged(Key key) {
    commits.getAndDecrement(stripe(key));
  }

  /**
   * Returns a row of a large value. Rows need no announcements: only holders of their key's lock
   * read, fill or change them.
   */
  byte @Nullable [] row(byte[] rowKey) {
    return records.getRow(rowKey);
  }

  /** Caches a row read under its key's lock. */
  void fillRow(byte[] rowKey, byte[] value) {
    if (value.length <= MAX_RECORD_BYTES) {
      records.putRow(rowKey, value);
    }
  }

  /**
   * Installs a row committed under its key's lock; for special values see {@link RowChanges#get}.
   */
  void rowChanged(byte[] rowKey, byte[] value) {
    if (value == Rows.ONLY_WALKED || value == RowChanges.WALKED_DELETED) {
      return;
    }
    if (RowChanges.isDeleted(value) || value.length > MAX_RECORD_BYTES) {
      records.removeRow(rowKey);
    } else if (value.length <= MOST_UNREAD_ROW_BYTES || records.getRow(rowKey) != null) {
      records.putRow(rowKey, value);
    }
  }

  /** Keeps a memo, see {@link Rows#memo}: a row that exists in memory only. */
  void keepMemo(long version, byte[] name, byte[] memo) {
    memoOwners[(int) version & (MEMO_OWNERS - 1)] = true;
    records.putRow(name, memo);
  }

  /** Returns whether the value of this version may have memos; false is certain. */
  boolean mayHaveMemos(long version) {
    return memoOwners[(int) version & (MEMO_OWNERS - 1)];
  }

  /** Returns the images of large values' rows. */
  RowImages images() {
    return images;
  }

  /** See {@link RecordTable#warm}. */
  void warm(long[] hashes, int count) {
    records.warm(hashes, count);
  }

  void resize(long maximumBytes) {
    records.resize(maximumBytes - maximumBytes / IMAGE_SHARE);
    images.resize(maximumBytes / IMAGE_SHARE);
  }

  /** Empties the cache. Safe at any time: what is missing is read from RocksDB. */
  void clear() {
    records.clear();
    images.clear();
  }

  long entries() {
    return records.entries();
  }

  long sizeBytes() {
    return records.sizeBytes() + images.sizeBytes();
  }

  /** Returns how often lookups succeed; those who look up count. */
  CacheFigures figures() {
    return figures;
  }

  static boolean isChanging(long stamp) {
    return (stamp & RUNNING_MASK) != 0;
  }

  private static boolean isCacheable(KeyRecord record) {
    return record.bytes().length <= MAX_RECORD_BYTES;
  }

  private static int stripe(Key key) {
    return (int) (key.hash() >>> 32) & (STRIPES - 1);
  }
}
