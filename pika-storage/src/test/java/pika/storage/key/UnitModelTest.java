package pika.storage.key;

import static org.assertj.core.api.Assertions.assertThat;
import static pika.storage.key.TestEngine.bytes;
import static pika.storage.key.TestEngine.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pika.storage.Seeds;
import pika.storage.expiry.Reaper;
import pika.storage.rocks.Column;
import pika.storage.rocks.HeldFiles;

/**
 * Threads that change, read, expire and reap at random, compared with a model. In the end the whole
 * store must be consistent, and must be so again when it is reopened, after closing and after a
 * crash.
 */
class UnitModelTest {
  private static final int WORKERS = 4;
  private static final int READERS = 2;
  /** Holds two records: everything is evicted all the time. */
  private static final long TINY_CACHE = 800;

  private static final long LARGE_CACHE = 1 << 20;

  @TempDir
  Path directory;

  private final Map<Thread, ModelWorker> workers = new ConcurrentHashMap<>();
  private final Model model = new Model(TestEngine.DATABASES);
  private final AtomicLong clock = new AtomicLong();
  private final AtomicBoolean over = new AtomicBoolean();
  private @Nullable Engine engine;

  @ParameterizedTest
  @ValueSource(longs = {TINY_CACHE, LARGE_CACHE})
  @Timeout(120)
  void theStoreHoldsWhatTheModelHolds(long cacheBytes) throws Exception {
    Seeds.run(random -> tell(random, cacheBytes, 300));
  }

  @Tag("soak")
  @ParameterizedTest
  @ValueSource(longs = {TINY_CACHE, LARGE_CACHE})
  void theStoreHoldsWhatTheModelHoldsForLong(long cacheBytes) throws Exception {
    Seeds.run(random -> tell(random, cacheBytes, 30_000));
  }

  private void tell(Random random, long cacheBytes, int units) throws Exception {
    Path live = directory.resolve("live");
    try (TestEngine store = TestEngine.in(live, cacheBytes, this::committed)) {
      engine = store.engine();
      clock.set(store.nowMs());
      runAll(store, random, units);
      check(store);
      Path crashed = directory.resolve("crashed");
      try (HeldFiles files = new HeldFiles(store.rocks())) {
        copy(live, crashed);
      }
      reopen(crashed);
    }
    reopen(live);
  }

  private void runAll(TestEngine store, Random random, int units) throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<Future<?>> working = new ArrayList<>();
      List<Future<?>> helping = new ArrayList<>();
      for (int i = 0; i < WORKERS; i++) {
        ModelWorker each =
            new ModelWorker(new Random(random.nextLong()), model, clock, store.engine());
        working.add(threads.submit(() -> {
          workers.put(Thread.currentThread(), each);
          each.run(units);
        }));
      }
      for (int i = 0; i < READERS; i++) {
        Random own = new Random(random.nextLong());
        helping.add(threads.submit(() -> read(store.engine(), own)));
      }
      helping.add(threads.submit(() -> sweepAndReap(store.engine())));
      for (Future<?> each : working) {
        each.get();
      }
      over.set(true);
      for (Future<?> each : helping) {
        each.get();
      }
    } finally {
      over.set(true);
      threads.shutdown();
      // The store must not be closed while threads still use it.
      assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  /** The hook: the keys are still locked, so what is reported is what is stored. */
  private void committed(List<Change> changes) {
    Engine changed = engine;
    assertThat(changed).isNotNull();
    for (Change change : changes) {
      byte[] stored = changed.rocks().get(Column.RECORD, change.key().bytes());
      KeyRecord after = change.after();
      assertThat(stored).isEqualTo(after == null ? null : after.bytes());
      KeyRecord cached = changed.cache().peek(change.key());
      assertThat(cached == null || Arrays.equals(cached.bytes(), stored)).isTrue();
    }
    ModelWorker mine = workers.get(Thread.currentThread());
    if (mine != null) {
      mine.publish();
    } else {
      changes.forEach(change -> expired(changed, change));
    }
  }

  private void expired(Engine changed, Change change) {
    assertThat(change.cause()).isEqualTo(Change.Cause.EXPIRED);
    for (int number = 0; number < changed.databaseCount(); number++) {
      if (changed.databases().id(number) == change.key().databaseId()) {
        Model.Place place = new Model.Place(number, text(change.key().userKey()));
        Model.Value value = model.get(place);
        assertThat(value).isNotNull();
        assertThat(value.isLive(clock.get())).isFalse();
        model.put(place, null);
      }
    }
  }

  /** Reads without locks: what is found must be whole, whatever is committed meanwhile. */
  private void read(Engine store, Random random) {
    try (UnitOfWork patient = store.begin(UnitOfWork.Mode.MAY_BLOCK);
        UnitOfWork quick = store.begin(UnitOfWork.Mode.MEMORY_ONLY)) {
      while (!over.get()) {
        int database = random.nextInt(ModelWorker.DATABASES);
        String key = ModelWorker.randomKey(random);
        patient.beginCommand(clock.get());
        Keyspace keyspace = patient.keyspace(database);
        KeyRecord record = keyspace.get(bytes(key));
        if (record != null && record.hasRows()) {
          Map<String, String> rows = RowValue.get(keyspace, key);
          assertThat(rows).isNotNull();
          assertThat(Integer.toHexString(rows.hashCode())).isEqualTo(text(record.payload()));
        }
        readWithoutWaiting(quick, database, key);
      }
    }
  }

  private void readWithoutWaiting(UnitOfWork quick, int database, String key) {
    quick.beginCommand(clock.get());
    try {
      KeyRecord record = quick.keyspace(database).get(bytes(key));
      assertThat(record == null || record.payloadLength() > 0).isTrue();
    } catch (WouldBlock e) {
      quick.rollbackCommand();
    }
    // It may have locked values with rows, and removed expired ones.
    if (!quick.tryCommit()) {
      quick.commit();
    }
  }

  private void sweepAndReap(Engine store) {
    Deadlines deadlines = new Deadlines(store, DueParts.NONE);
    Reaper reaper = new Reaper(store);
    while (!over.get()) {
      deadlines.sweep(clock.addAndGet(5), 8);
      reaper.run();
    }
  }

  private void check(TestEngine store) {
    store.audit();
    while (new Deadlines(store.engine(), DueParts.NONE).sweep(clock.get(), 64) > 0) {
      // until nothing is due
    }
    Reaper reaper = new Reaper(store.engine());
    while (reaper.run() > 0) {
      // until nothing is left
    }
    store.audit();
    compare(store);
  }

  private void reopen(Path path) {
    try (TestEngine again = TestEngine.in(path)) {
      again.audit();
      compare(again);
    }
  }

  private void compare(TestEngine store) {
    store.pass(clock.get() - store.nowMs());
    for (int number = 0; number < ModelWorker.DATABASES; number++) {
      Map<String, Model.Value> wanted = model.live(number, clock.get());
      int database = number;
      store.run(k -> {
        Keyspace keyspace = k.sibling(database);
        assertThat(keyspace.size()).isEqualTo(wanted.size());
        wanted.forEach((key, value) -> {
          KeyRecord record = keyspace.get(bytes(key));
          assertThat(record).isNotNull();
          assertThat(text(record.payload())).isEqualTo(value.text());
          assertThat(record.expireAtMs()).isEqualTo(value.expireAtMs());
          assertThat(RowValue.get(keyspace, key)).isEqualTo(value.rows());
        });
      });
    }
  }

  /** Copies the files as a crash of the process would leave them, without closing anything. */
  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> tree = Files.walk(from)) {
      for (Path file : tree.toList()) {
        if (!file.endsWith("LOCK")) {
          Files.copy(file, to.resolve(from.relativize(file).toString()));
        }
      }
    }
  }
}
