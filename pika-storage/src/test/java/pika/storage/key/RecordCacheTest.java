package pika.storage.key;

import static org.assertj.core.api.Assertions.assertThat;
import static pika.storage.key.TestEngine.bytes;
import static pika.storage.key.TestEngine.record;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RecordCacheTest {
  private final RecordCache cache = new RecordCache(1 << 20);
  private final Key key = KeyFormat.plain().key(1, bytes("k"));

  @Test
  void keepsWhatAReaderHasRead() {
    KeyRecord read = record("read");

    cache.fill(key, read, cache.stamp(key));

    assertThat(payload(cache.get(key))).isEqualTo(read.payload());
    assertThat(payload(cache.peek(key))).isEqualTo(read.payload());
  }

  @Test
  void takesOverWhatACommitHasWritten() {
    KeyRecord written = record("written");
    cache.fill(key, record("old"), cache.stamp(key));

    cache.willChange(key);
    cache.changed(key, written);

    assertThat(payload(cache.get(key))).isEqualTo(written.payload());
  }

  @Test
  void keepsALongRowOnlyOnceItWasRead() {
    byte[] longRow = new byte[10_000];
    byte[] changedRow = new byte[10_001];
    byte[] shortRow = new byte[100];

    cache.rowChanged(bytes("long"), longRow);
    cache.rowChanged(bytes("short"), shortRow);

    assertThat(cache.row(bytes("long"))).isNull();
    assertThat(cache.row(bytes("short"))).isEqualTo(shortRow);

    cache.fillRow(bytes("long"), longRow);
    cache.rowChanged(bytes("long"), changedRow);

    assertThat(cache.row(bytes("long"))).isEqualTo(changedRow);
  }

  @Test
  void answersNothingWhileACommitIsRunning() {
    cache.fill(key, record("old"), cache.stamp(key));

    cache.willChange(key);

    assertThat(cache.get(key)).isNull();
    assertThat(cache.peek(key)).isNull();
  }

  @Test
  void answersAgainWhenACommitWasNotMade() {
    KeyRecord old = record("old");
    cache.fill(key, old, cache.stamp(key));

    cache.willChange(key);
    cache.unchanged(key);

    assertThat(payload(cache.get(key))).isEqualTo(old.payload());
  }

  /** The reader has read before the write, and fills the cache after it. */
  @Test
  void isNotFilledWithWhatWasReadBeforeACommit() {
    long stamp = cache.stamp(key);

    cache.willChange(key);
    cache.changed(key, null);
    cache.fill(key, record("old"), stamp);

    assertThat(cache.get(key)).isNull();
  }

  /** Likewise for a reader that came after the announcement but read before the write. */
  @Test
  void isNotFilledWithWhatWasReadDuringACommit() {
    cache.willChange(key);
    long stamp = cache.stamp(key);
    cache.changed(key, null);
    cache.fill(key, record("old"), stamp);

    assertThat(cache.get(key)).isNull();
  }

  @Test
  void leavesLargeRecordsToTheBlockCache() {
    KeyRecord large = record("x".repeat(100_000));
    cache.fill(key, record("small"), cache.stamp(key));

    cache.willChange(key);
    cache.changed(key, large);
    assertThat(cache.get(key)).isNull();

    cache.fill(key, large, cache.stamp(key));
    assertThat(cache.get(key)).isNull();
  }

  @Test
  void staysInItsBound() {
    for (int i = 0; i < 20_000; i++) {
      Key each = KeyFormat.plain().key(1, bytes("key" + i));
      cache.fill(each, record("x".repeat(100)), cache.stamp(each));
    }

    assertThat(cache.sizeBytes()).isBetween(1L << 19, 1L << 20);
    cache.resize(1 << 16);
    assertThat(cache.sizeBytes()).isLessThanOrEqualTo(1 << 16);
  }

  /**
   * A stand-in for RocksDB holds one growing number; some threads commit to it, some read through
   * the cache. Once a thread has seen a number, it must never see a smaller one.
   */
  @Test
  @Timeout(60)
  void neverGoesBackInTime() throws Exception {
    RecordCache tiny = new RecordCache(64 * 600);
    AtomicLong disk = new AtomicLong();
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> readers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        readers.add(threads.submit(() -> readUntil(over, tiny, disk)));
      }
      for (long n = 1; n <= 200_000; n++) {
        tiny.willChange(key);
        disk.set(n);
        // Every other time as if the record were too large to be cached.
        tiny.changed(key, n % 2 == 0 ? null : record(Long.toString(n)));
      }
      over.set(true);
      for (Future<?> reader : readers) {
        reader.get();
      }
      KeyRecord last = tiny.get(key);
      assertThat(last == null || number(last) == 200_000).isTrue();
    } finally {
      threads.shutdownNow();
    }
  }

  private void readUntil(AtomicBoolean over, RecordCache tiny, AtomicLong disk) {
    long seen = 0;
    while (!over.get()) {
      long now = number(read(tiny, disk));
      assertThat(now).isGreaterThanOrEqualTo(seen);
      seen = now;
    }
  }

  private KeyRecord read(RecordCache tiny, AtomicLong disk) {
    @Nullable KeyRecord cached = tiny.get(key);
    if (cached != null) {
      return cached;
    }
    long stamp = tiny.stamp(key);
    KeyRecord loaded = record(Long.toString(disk.get()));
    tiny.fill(key, loaded, stamp);
    return loaded;
  }

  private static long number(KeyRecord record) {
    return Long.parseLong(TestEngine.text(record.payload()));
  }

  private static byte @Nullable [] payload(@Nullable KeyRecord record) {
    return record == null ? null : record.payload();
  }
}
