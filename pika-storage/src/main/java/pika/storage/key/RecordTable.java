package pika.storage.key;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.Hash64;

/**
 * A bounded hash table of records and rows, made for few cache misses and little work for the garbage collector. Safe for many
 * threads.
 *
 * <p>It is cut into {@linkplain RecordSegment segments} by hash, each with its share of the bound. What doesn't fit the bound
 * is evicted by a clock (see Corbató's second chance): it spares what was used since it last came by, and takes what was
 * not. A new entry starts as unused, so that a walk over everything washes out itself and not what is used.
 */
final class RecordTable {
  private static final int MOST_SEGMENTS = 64;
  private static final int SEGMENT_SHIFT = Long.SIZE - Integer.numberOfTrailingZeros(MOST_SEGMENTS);

  /** Smaller segments would have too few chunks to tell old from new. */
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

  /** The record under {@code key}, which counts as used from here on; null when it isn't here. Its bytes may be a copy. */
  @Nullable
  KeyRecord get(Key key) {
    long hash = hash(key);
    return segment(hash).record(hash, key.bytes(), true);
  }

  /** Looks without counting as a use. */
  @Nullable
  KeyRecord peek(Key key) {
    long hash = hash(key);
    return segment(hash).record(hash, key.bytes(), false);
  }

  /** Notes when the record under {@code key} was used, in seconds since 1970; does nothing when it isn't here. */
  void touch(Key key, int accessedAtS) {
    long hash = hash(key);
    segment(hash).touch(hash, key.bytes(), accessedAtS);
  }

  /** Makes {@code record} the one under {@code key}. */
  void put(Key key, KeyRecord record) {
    long hash = hash(key);
    segment(hash).put(hash, key.bytes(), record);
  }

  /** The same if nothing is there and the condition, which is asked under the key's lock, still holds. */
  void putIfAbsent(Key key, KeyRecord record, BooleanSupplier condition) {
    long hash = hash(key);
    segment(hash).putIfAbsent(hash, key.bytes(), record, condition);
  }

  void remove(Key key) {
    long hash = hash(key);
    segment(hash).remove(hash, key.bytes(), false);
  }

  /** The row under this full row key, which counts as used from here on; null when it isn't here. It may be a copy. */
  byte @Nullable [] getRow(byte[] rowKey) {
    long hash = rowHash(rowKey);
    return segment(hash).row(hash, rowKey);
  }

  /** Makes {@code value} the row under this key. */
  void putRow(byte[] rowKey, byte[] value) {
    long hash = rowHash(rowKey);
    segment(hash).putRow(hash, rowKey, value);
  }

  /** Removes a row that nobody else adds or changes at present. */
  void removeRow(byte[] rowKey) {
    long hash = rowHash(rowKey);
    segment(hash).remove(hash, rowKey, true);
  }

  /** Forgets all entries. */
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
   * Brings what lookups of these keys will read into the processor's cache. The reads don't depend on each other, so the
   * processor waits for many at once, where the lookups themselves would wait one by one. (Valkey prefetches like this
   * before it executes a batch of commands.)
   *
   * @param hashes of keys, each made by {@link #hash(int, long)}
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
      // As good as never: without a use of the sum the reading would be optimized away.
      Thread.onSpinWait();
    }
  }

  /** What {@link #warm} knows a key by. */
  static long hash(int databaseId, long userKeyHash) {
    return neverNone(userKeyHash + databaseId * DATABASE_MIX);
  }

  private static long hash(Key key) {
    return hash(key.databaseId(), key.hash());
  }

  private static long rowHash(byte[] rowKey) {
    return neverNone(Hash64.of(rowKey) ^ ROW_MIX);
  }

  private static long neverNone(long hash) {
    return hash == NO_HASH ? 1 : hash;
  }

  private RecordSegment segment(long hash) {
    return segments[(int) (hash >>> SEGMENT_SHIFT) & (segments.length - 1)];
  }
}
