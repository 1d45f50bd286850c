package pika.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static pika.storage.key.TestEngine.bytes;
import static pika.storage.key.TestEngine.record;
import static pika.storage.key.TestEngine.text;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.storage.key.Change;
import pika.storage.key.DataType;
import pika.storage.key.ExpiryListener;
import pika.storage.key.KeyRecord;
import pika.storage.key.Keyspace;
import pika.storage.key.RowValue;
import pika.storage.key.UnitOfWork;
import pika.storage.rocks.Column;
import pika.storage.rocks.RocksSettings;
import pika.storage.rocks.RocksSettings.Levels;
import pika.storage.rocks.StorageException;

class StoreTest {
  private static final long PATIENCE_SECONDS = 60;

  @TempDir
  Path directory;

  @Test
  void keepsWhatWasCommitted() {
    String id;
    try (Store store = open()) {
      id = store.replicationId();
      run(store, k -> k.put(bytes("k"), record("v")));
      run(store, k -> RowValue.put(k.sibling(15), "large", 10));
    }

    try (Store store = open()) {
      assertThat(store.replicationId()).isEqualTo(id);
      assertThat(value(store, "k")).isEqualTo("v");
      assertThat(store.engine().keyCount(15)).isEqualTo(1);
      run(store, k -> assertThat(RowValue.get(k.sibling(15), "large")).hasSize(10));
    }
  }

  @Test
  void commitsInEveryManner() {
    for (SyncPolicy policy : SyncPolicy.values()) {
      try (Store store = open()) {
        store.sync(policy);
        run(store, k -> k.put(bytes("k"), record(policy.name())));
        assertThat(value(store, "k")).isEqualTo(policy.name());
      }
    }
    try (Store store = open()) {
      assertThat(value(store, "k")).isEqualTo(SyncPolicy.NO.name());
    }
  }

  @Test
  void isNotOpenedTwice() {
    try (Store store = open()) {
      assertThatThrownBy(this::open)
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("in use");
      run(store, k -> k.put(bytes("k"), record("v")));
    }
  }

  @Test
  void isFreeAgainWhenItCouldNotBeOpened() throws IOException {
    open().close();
    Path current = path().resolve("db").resolve("CURRENT");
    byte[] good = Files.readAllBytes(current);
    Files.writeString(current, "MANIFEST-does-not-exist\n");
    assertThatThrownBy(this::open).isInstanceOf(StorageException.class).hasMessageContaining("db");

    Files.write(current, good);
    open().close();
  }

  /**
   * RocksDB rejects all writes once a compaction has met such a block, which may be the first thing
   * it does.
   */
  @Test
  void startsWhenACompactionMeetsADamagedBlockAndReadsWhatCanBeRead() throws IOException {
    Random random = new Random(1);
    try (Store store = Store.open(compactingAt(100))) {
      for (int file = 0; file < 5; file++) {
        run(store, k -> {
          for (int i = 0; i < 500; i++) {
            byte[] value = new byte[1000];
            random.nextBytes(value);
            k.put(bytes("key" + i), record(text(value)));
          }
        });
        store.rocks().flush(Column.RECORD);
      }
    }
    damageTables();

    for (int start = 0; start < 5; start++) {
      Store store = Store.open(compactingAt(2));
      try {
        await(() -> isRefused(() -> run(store, k -> k.put(bytes("new"), record("v")))));
        assertThat(store.rocks().writeFailure()).contains("block checksum mismatch");
        int unreadable = 0;
        for (int i = 0; i < 500; i++) {
          String name = "key" + i;
          unreadable += isRefused(() -> assertThat(value(store, name)).isNotNull()) ? 1 : 0;
        }
        assertThat(unreadable).isBetween(1, 100);
      } finally {
        assertThatThrownBy(store::close).isInstanceOf(StorageException.class);
      }
    }
  }

  private StoreOptions compactingAt(int files) {
    StoreOptions usual = StoreOptions.in(path());
    RocksSettings rocks = usual.rocks();
    Levels levels = new Levels(files, 200, 300, 64 << 20, 10, true);
    return new StoreOptions(
        usual.path(),
        usual.databases(),
        usual.slotPrefix(),
        usual.createdBy(),
        usual.recordCacheBytes(),
        new RocksSettings(
            rocks.blockCacheBytes(),
            rocks.memtables(),
            rocks.background(),
            levels,
            rocks.tables(),
            rocks.blobs()),
        usual.sync(),
        usual.hook(),
        usual.clockMs());
  }

  /** Overwrites some blocks in the middle of each large table file. */
  private void damageTables() throws IOException {
    try (Stream<Path> files = Files.list(path().resolve("db"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".sst")).toList()) {
        long size = Files.size(file);
        if (size > 400_000) {
          try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(size / 2);
            open.write(new byte[20_000]);
          }
        }
      }
    }
  }

  private static boolean isRefused(Runnable use) {
    try {
      use.run();
      return false;
    } catch (StorageException e) {
      return true;
    }
  }

  @Test
  void aCheckpointIsAStoreOfItsOwn() {
    Path copy = directory.resolve("copies").resolve("copy");
    try (Store store = open()) {
      run(store, k -> k.put(bytes("k"), record("before")));
      run(store, k -> RowValue.put(k, "large", 100));
      store.checkpoint(copy);
      run(store, k -> k.put(bytes("k"), record("after")));

      try (Store other = Store.open(StoreOptions.in(copy))) {
        assertThat(value(other, "k")).isEqualTo("before");
        run(other, k -> assertThat(RowValue.get(k, "large")).hasSize(100));
        run(other, k -> k.put(bytes("k"), record("elsewhere")));
        assertThat(other.engine().keyCount(0)).isEqualTo(2);
      }
      assertThat(value(store, "k")).isEqualTo("after");
      assertThatThrownBy(() -> store.checkpoint(copy)).isInstanceOf(StorageException.class);
    }
  }

  @Test
  void removesExpiredKeysByItself() throws InterruptedException {
    AtomicLong clock = new AtomicLong(1_000_000);
    CountDownLatch expired = new CountDownLatch(1);
    StoreOptions options = StoreOptions.in(path()).withClock(clock::get).withHook(changes -> {
      if (changes.get(0).cause() == Change.Cause.EXPIRED) {
        expired.countDown();
      }
    });
    try (Store store = Store.open(options)) {
      run(store, k -> k.put(bytes("k"), record("x", 1_000_100)));
      clock.set(1_000_100);

      assertThat(expired.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aSweepThatFailsIsNotTheLast() throws InterruptedException {
    AtomicLong clock = new AtomicLong(1_000_000);
    AtomicBoolean failed = new AtomicBoolean();
    CountDownLatch expired = new CountDownLatch(1);
    try (Store store = Store.open(StoreOptions.in(path()).withClock(clock::get))) {
      store.sweeper().onExpired(new ExpiryListener() {
        @Override
        public boolean isOverrun() {
          if (failed.compareAndSet(false, true)) {
            throw new IllegalStateException("a failing sweep, as the test wants it");
          }
          return false;
        }

        @Override
        public void expired(int database, byte[] key, DataType type) {
          expired.countDown();
        }
      });
      run(store, k -> k.put(bytes("k"), record("x", 1_000_100)));
      clock.set(1_000_100);

      assertThat(expired.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      assertThat(failed).isTrue();
    }
  }

  @Test
  void reapsDroppedValuesByItself() {
    try (Store store = open()) {
      run(store, k -> RowValue.put(k, "large", 1000));
      run(store, k -> k.delete(bytes("large")));

      await(() -> store.reaper().reaped() == 1);
    }
  }

  @Test
  void saysThatACompactionWasCutShort() {
    try (Store store = open()) {
      run(store, k -> RowValue.put(k, "large", 1000));
      store.rocks().stopCompacting();

      assertThat(store.compact()).isFalse();
    }
  }

  @Test
  void compactsWhatItHolds() {
    try (Store store = open()) {
      run(store, k -> RowValue.put(k, "large", 1000));

      assertThat(store.compact()).isTrue();

      assertThat(
              store.rocks().figures().property(Column.ROW, "rocksdb.num-entries-active-mem-table"))
          .isZero();
      run(store, k -> assertThat(RowValue.get(k, "large")).hasSize(1000));
    }
  }

  /**
   * A flush writes a few bytes however much it drops, and the space is reclaimed in the background.
   */
  @Test
  void flushingTakesAMomentAndGivesTheSpaceBack() {
    flush(20_000);
  }

  @Tag("soak")
  @Test
  void flushingAMillionKeysTakesAMomentAndGivesTheSpaceBack() {
    flush(1_000_000);
  }

  private void flush(int keys) {
    try (Store store = open()) {
      for (int from = 0; from < keys; from += 10_000) {
        int first = from;
        run(store, k -> {
          for (int i = first; i < first + 10_000; i++) {
            k.put(bytes("key" + i), record("value" + i, store.nowMs() + 1_000_000_000L));
          }
        });
      }
      for (Column column : Column.values()) {
        store.rocks().flush(column);
      }
      long full = liveBytes(store);
      long before = store.rocks().sequence();

      run(store, Keyspace::flush);

      assertThat(store.rocks().sequence() - before).isLessThan(100);
      assertThat(store.engine().keyCount(0)).isZero();
      assertThat(value(store, "key1")).isNull();
      await(() -> store.reaper().reaped() == 1);
      assertThat(liveBytes(store)).isLessThan(full / 20);
    }
  }

  private static long liveBytes(Store store) {
    return store.rocks().figures().sumOfProperty("rocksdb.live-sst-files-size");
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - end).isNegative();
      Thread.onSpinWait();
    }
  }

  private static void run(Store store, Consumer<Keyspace> command) {
    try (UnitOfWork unit = store.begin(UnitOfWork.Mode.MAY_BLOCK)) {
      unit.awaitAllLocks();
      unit.beginCommand(store.nowMs());
      command.accept(unit.keyspace(0));
      unit.commit();
    }
  }

  private static @Nullable String value(Store store, String key) {
    List<String> found = new java.util.ArrayList<>();
    run(store, k -> {
      KeyRecord record = k.get(bytes(key));
      if (record != null) {
        found.add(text(record.payload()));
      }
    });
    return found.isEmpty() ? null : found.get(0);
  }

  private Store open() {
    return Store.open(StoreOptions.in(path()));
  }

  private Path path() {
    return directory.resolve("data");
  }
}
