package pika.storage.key;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.Hash64;

/**
 * A bounded hash table of records and rows, built for few cache misses and little garbage
 * collection. Thread-safe.
 *
 * <p>It is split by hash into {@linkplain RecordSegment segments}, each with its share of the
 * bound. Eviction is by clock (Corbató's second chance): entries used since the hand last passed
 * are spared. A new entry starts as unused, so a scan over everything evicts what it loaded itself
 * and not what is in use.
 */
final class RecordTable {
  private static final int MOST_SEGMENTS = 64;
  private static final int SEGMENT_SHIFT = Long.SIZE - Integer.numberOfTrailingZeros(MOST_SEGMENTS);

  /** Smaller segments would have too few chunks to tell old entries from new. */
  private static final long LEAST_SEGMENT_BYTES = 128 << 10;

  private static final long NO_HASH = 0;
  private static final long DATABASE_MIX = 0x9e3779b97f4a7c15L;
  private static final long ROW_MIX = 0x517cc1b727220a95L;

  private final RecordSegment[] segments;

  RecordTable(long maximumBytes) {
    long wanted = Math.max(1, Math.min(MOST_SEGMENTS, maximumBytes / LEAST_SEGMENT_BYTES));
    this.segments = new RecordSegment[(int) Long.highestOneBit(wanted)];
    for (int i = 0; i < segments.length; i++) {
      segments[i] = new RecordSegment(maximumBytes / segments.length);
    }
  }

  /** Returns the record under {@code key}, or null; counts as a use. Its bytes may be a copy. */
  @Nullable
  KeyRecord get(Key key) {
    long hash = hash(key);
    return segment(hash).record(hash, key.bytes(), true);
  }

  /** Looks up a record without counting as a use. */
  @Nullable
  KeyRecord peek(Key key) {
    long hash = hash(key);
    return segment(hash).record(hash, key.bytes(), false);
  }

  /**
   * Sets when the record under {@code key} was last used, in seconds since 1970; does nothing when
   * it is absent.
   */
  void touch(Key key, int accessedAtS) {
    long hash = hash(key);
    segment(hash).touch(hash, key.bytes(), accessedAtS);
  }

  /** Stores the record under {@code key}. */
  void put(Key key, KeyRecord record) {
    long hash = hash(key);
    segment(hash).put(hash, key.bytes(), record);
  }

  /**
   * Stores the record if none is present and the condition, evaluated under the key's lock, holds.
   */
  void putIfAbsent(Key key, KeyRecord record, BooleanSupplier condition) {
    long hash = hash(key);
    segment(hash).putIfAbsent(hash, key.bytes(), record, condition);
  }

  void remove(Key key) {
    long hash = hash(key);
    segment(hash).remove(hash, key.bytes(), false);
  }

  /** Returns the row under this full row key, or null; counts as a use. It may be a copy. */
  byte @Nullable [] getRow(byte[] rowKey) {
    long hash = rowHash(rowKey, rowKey.length);
    return segment(hash).row(hash, rowKey);
  }

  /** Stores a row under its full row key. */
  void putRow(byte[] rowKey, byte[] value) {
    long hash = rowHash(rowKey, rowKey.length);
    segment(hash).putRow(hash, rowKey, value);
  }

  /** Removes a row. No other thread may be adding or changing the same row. */
  void removeRow(byte[] rowKey) {
    long hash = rowHash(rowKey, rowKey.length);
    segment(hash).remove(hash, rowKey, true);
  }

  /** Removes all entries. */
  void clear() {
    for (RecordSegment segment : segments) {
      segment.clear();
    }
  }

  void resize(long maximumBytes) {
    for (RecordSegment segment : segments) {
      segment.resize(maximumBytes / segments.length);
    }
  }

  long entries() {
    long entries = 0;
    for (RecordSegment segment : segments) {
      entries += segment.entries();
    }
    return entries;
  }

  long sizeBytes() {
    long bytes = 0;
    for (RecordSegment segment : segments) {
      bytes += segment.sizeBytes();
    }
    return bytes;
  }

  /**
   * Pulls what lookups of these keys will read into the processor's cache. The reads are
   * independent, so the processor overlaps many of them, where the lookups themselves would wait
   * one by one. (Valkey prefetches like this before it executes a batch of commands.)
   *
   * @param hashes of keys or rows, made by {@link #hash(int, long)} or {@link #rowHash}
   */
  void warm(long[] hashes, int count) {
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += segment(hashes[i]).warmIndex(hashes[i]);
    }
    for (int i = 0; i < count; i++) {
      sum += segment(hashes[i]).warmEntry(hashes[i]);
    }
    if (sum == Long.MIN_VALUE) {
      // Practically never: without a use of the sum the reads would be optimized away.
      Thread.onSpinWait();
    }
  }

  /** Returns the hash by which {@link #warm} identifies a key. */
  static long hash(int databaseId, long userKeyHash) {
    return neverNone(userKeyHash + databaseId * DATABASE_MIX);
  }

  private static long hash(Key key) {
    return hash(key.databaseId(), key.hash());
  }

  /** Returns the hash by which {@link #warm} identifies a row, given its full key at the front. */
  static long rowHash(byte[] rowKey, int length) {
    return neverNone(Hash64.of(rowKey, length, 0) ^ ROW_MIX);
  }

  private static long neverNone(long hash) {
    return hash == NO_HASH ? 1 : hash;
  }

  private RecordSegment segment(long hash) {
    return segments[(int) (hash >>> SEGMENT_SHIFT) & (segments.length - 1)];
  }
}
