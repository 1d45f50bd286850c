package pika.storage.key;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;

/**
 * Records that were used lately, on the Java heap: a hit costs neither a native call nor a hand-off. Safe for many threads.
 *
 * <p>It must never answer what a commit has replaced. A commit announces its keys ({@link #willChange}) before it writes
 * and puts the new records in afterwards ({@link #changed}); a reader that missed takes a stamp before it reads RocksDB and
 * fills only if no commit of its stripe was announced since. The check is made inside the map's own lock of that entry, so
 * it comes either before the announcement, and the commit then replaces what was filled, or after, and nothing is filled.
 */
final class RecordCache {
  private static final int STRIPES = 1 << 12;
  /** Larger records would push out thousands of small ones; RocksDB's block cache is the place for them. */
  private static final int MAX_RECORD_BYTES = 64 << 10;
  /** Objects, array headers and the cache's own nodes around one entry, measured with a heap dump. */
  private static final int ENTRY_OVERHEAD_BYTES = 240;

  private final Cache<Key, KeyRecord> records;
  private final AtomicIntegerArray announced = new AtomicIntegerArray(STRIPES);

  RecordCache(long maximumBytes) {
    this.records = Caffeine.newBuilder()
        .maximumWeight(maximumBytes)
        .weigher(RecordCache::weight)
        .executor(Runnable::run)
        .build();
  }

  private static int weight(Key key, KeyRecord record) {
    return key.bytes().length + record.bytes().length + ENTRY_OVERHEAD_BYTES;
  }

  @Nullable
  KeyRecord get(Key key) {
    return records.getIfPresent(key);
  }

  /** Looks without counting as a use. */
  @Nullable
  KeyRecord peek(Key key) {
    return records.policy().getIfPresentQuietly(key);
  }

  /** To be taken before RocksDB is read, and given to {@link #fill}. */
  int stamp(Key key) {
    return announced.get(stripe(key));
  }

  void fill(Key key, KeyRecord record, int stamp) {
    if (!isCacheable(record)) {
      return;
    }
    records
        .asMap()
        .compute(
            key,
            (k, present) ->
                present != null || announced.get(stripe(k)) != stamp ? present : record);
  }

  void willChange(Key key) {
    announced.incrementAndGet(stripe(key));
  }

  /** Takes over what a commit has made of {@code key}; null when it has deleted it. */
  void changed(Key key, @Nullable KeyRecord record) {
    if (record != null && isCacheable(record)) {
      records.put(key, record);
    } else {
      records.invalidate(key);
    }
  }

  void clear() {
    records.invalidateAll();
  }

  void resize(long maximumBytes) {
    records.policy().eviction().ifPresent(eviction -> eviction.setMaximum(maximumBytes));
  }

  long entries() {
    return records.estimatedSize();
  }

  long sizeBytes() {
    return records.policy().eviction().map(e -> e.weightedSize().orElse(0)).orElse(0L);
  }

  private static boolean isCacheable(KeyRecord record) {
    return record.bytes().length <= MAX_RECORD_BYTES;
  }

  private static int stripe(Key key) {
    return (int) (key.hash() >>> 32) & (STRIPES - 1);
  }
}
