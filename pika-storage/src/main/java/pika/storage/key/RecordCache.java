package pika.storage.key;

import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Records and rows that were used lately, on the Java heap: a hit costs neither a native call nor a hand-off. Safe for many threads.
 *
 * <p>Its answers are those RocksDB would give. A commit announces its keys ({@link #willChange}) before it writes and puts
 * the new records in afterwards ({@link #changed}), which ends the announcement. In between nobody knows which of the two
 * records is the valid one, so readers find nothing here and ask RocksDB, whose answer is atomic over all keys of the
 * commit. A reader that missed takes a stamp before it reads RocksDB and fills only if no commit is announced and none has
 * ended since. That check is made under the table's own lock of the key: either it comes before the announcement, and
 * the commit then replaces what was filled, or after, and nothing is filled.
 *
 * <p>Announcements are counted by stripes of keys, not by key. Keys that share a stripe by chance cost each other a read of
 * RocksDB now and then, nothing else.
 */
final class RecordCache {
  private static final int STRIPES = 1 << 12;
  /** A stripe counts running commits in its lower bits and ended ones in its upper bits. */
  private static final long ENDED = 1L << 32;

  private static final long RUNNING_MASK = ENDED - 1;

  /** Larger records would push out thousands of small ones; RocksDB's block cache is the place for them. */
  private static final int MAX_RECORD_BYTES = 64 << 10;

  private static final int MEMO_OWNERS = 1 << 14;

  /** One in so many bytes of the bound is for images of rows. */
  private static final int IMAGE_SHARE = 8;

  private final RecordTable records;
  private final RowImages images;
  private final AtomicLongArray commits = new AtomicLongArray(STRIPES);
  /**
   * Whether a value has had a memo, by its version; values that share a place count as one. Those that change and have none
   * need not look for them. Written and read under the key's lock.
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

  /** Looks without counting as a use. */
  @Nullable
  KeyRecord peek(Key key) {
    return isChanging(stamp(key)) ? null : records.peek(key);
  }

  /** Notes when the record under {@code key} was used, in seconds since 1970. */
  void touch(Key key, int accessedAtS) {
    records.touch(key, accessedAtS);
  }

  /** To be taken before RocksDB is read, and given to {@link #fill}. */
  long stamp(Key key) {
    return commits.get(stripe(key));
  }

  void fill(Key key, KeyRecord record, long stamp) {
    if (!isCacheable(record) || isChanging(stamp)) {
      return;
    }
    records.putIfAbsent(key, record, () -> stamp(key) == stamp);
  }

  /** Announces a change, which {@link #changed} or {@link #unchanged} ends. */
  void willChange(Key key) {
    commits.getAndIncrement(stripe(key));
  }

  /** Takes over what a commit has made of {@code key}; null when it has deleted it, or when nobody knows. */
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
   * A row of a large value. Rows need no announcements: they are read, filled and changed by holders of their key's lock
   * only.
   */
  byte @Nullable [] row(byte[] rowKey) {
    return records.getRow(rowKey);
  }

  /** Keeps a row as it was read under its key's lock. */
  void fillRow(byte[] rowKey, byte[] value) {
    if (value.length <= MAX_RECORD_BYTES) {
      records.putRow(rowKey, value);
    }
  }

  /** Takes over what a commit under the key's lock has made of a row, see {@link RowChanges#get}. */
  void rowChanged(byte[] rowKey, byte[] value) {
    if (value == Rows.ONLY_WALKED || value == RowChanges.WALKED_DELETED) {
      return;
    }
    if (RowChanges.isDeleted(value) || value.length > MAX_RECORD_BYTES) {
      records.removeRow(rowKey);
    } else {
      records.putRow(rowKey, value);
    }
  }

  /** Keeps a memo, see {@link Rows#memo}: a row that only memory has. */
  void keepMemo(long version, byte[] name, byte[] memo) {
    memoOwners[(int) version & (MEMO_OWNERS - 1)] = true;
    records.putRow(name, memo);
  }

  /** Whether the value of this version may have memos; false is certain. */
  boolean mayHaveMemos(long version) {
    return memoOwners[(int) version & (MEMO_OWNERS - 1)];
  }

  /** Rows of large values as a whole. */
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

  /** Forgets everything; harmless at any moment, because what isn't here is asked for. */
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
