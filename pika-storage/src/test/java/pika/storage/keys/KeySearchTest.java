package pika.storage.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static pika.storage.key.TestEngine.bytes;
import static pika.storage.key.TestEngine.record;
import static pika.storage.key.TestEngine.text;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.storage.Seeds;
import pika.storage.bytes.Glob;
import pika.storage.key.RowValue;
import pika.storage.key.TestEngine;
import pika.storage.key.UnitOfWork;
import pika.storage.key.WouldBlock;

class KeySearchTest {
  private static final KeyFilter ALL = KeyFilter.byName(Glob.compile(bytes("*")));

  @TempDir
  Path directory;

  private TestEngine store;

  @BeforeEach
  void open() {
    store = TestEngine.in(directory.resolve("plain"));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aScanReturnsEveryKeyOnceInSmallPages() {
    put(store, 0, 1000);

    for (long count : new long[] {1, 7, 10, 100, 5000}) {
      List<String> found = new ArrayList<>();
      long position = KeySearch.START;
      do {
        ScanPage page = scan(position, count, ALL);
        assertThat(page.keys()).hasSizeLessThanOrEqualTo((int) count);
        page.keys().forEach(key -> found.add(text(key)));
        position = page.next();
      } while (position != KeySearch.START);
      assertThat(found).hasSize(1000).doesNotHaveDuplicates();
    }
  }

  @Test
  void aScanReturnsWhatIsThereThroughout() throws Exception {
    Seeds.run(random -> {
      Set<String> throughout = new HashSet<>();
      Set<String> ever = new HashSet<>();
      for (int i = 0; i < 300; i++) {
        throughout.add("stays" + i);
      }
      throughout.forEach(key -> store.run(k -> k.put(bytes(key), record("x"))));
      List<String> found = new ArrayList<>();
      long position = KeySearch.START;
      do {
        ScanPage page = scan(position, 1 + random.nextInt(20), ALL);
        page.keys().forEach(key -> found.add(text(key)));
        position = page.next();
        changeSome(random, ever);
      } while (position != KeySearch.START);

      assertThat(found).containsAll(throughout);
      ever.addAll(throughout);
      assertThat(ever).containsAll(found);
    });
  }

  private void changeSome(Random random, Set<String> ever) {
    for (int i = 0; i < 10; i++) {
      String key = "comes and goes" + random.nextInt(200);
      if (random.nextBoolean()) {
        ever.add(key);
        store.run(k -> k.put(bytes(key), record("x")));
      } else {
        store.run(k -> k.delete(bytes(key)));
      }
    }
  }

  @Test
  void aScanFiltersByNameAndType() {
    put(store, 0, 50);
    store.run(k -> RowValue.put(k, "key7", 3));
    store.run(k -> RowValue.put(k, "other", 3));

    assertThat(scanAll(new KeyFilter(Glob.compile(bytes("*7")), null)))
        .containsExactlyInAnyOrder("key7", "key17", "key27", "key37", "key47");
    assertThat(scanAll(new KeyFilter(Glob.compile(bytes("*")), "HASH")))
        .containsExactlyInAnyOrder("key7", "other");
    assertThat(scanAll(new KeyFilter(Glob.compile(bytes("k*")), "hash"))).containsExactly("key7");
    assertThat(scanAll(new KeyFilter(Glob.compile(bytes("key7")), "string"))).isEmpty();
    assertThat(scanAll(new KeyFilter(Glob.compile(bytes("*")), "nothing"))).isEmpty();
  }

  @Test
  void aScanForFewKeysWithACommonBeginningNeedsOneCall() {
    put(store, 0, 3000);
    store.run(k -> k.put(bytes("user:1"), record("x")));
    store.run(k -> k.put(bytes("user:2"), record("x")));
    store.run(k -> k.put(bytes("user"), record("x")));

    ScanPage page = scan(KeySearch.START, 10, KeyFilter.byName(Glob.compile(bytes("user:*"))));

    assertThat(page.next()).isEqualTo(KeySearch.START);
    assertThat(page.keys()).extracting(TestEngine::text).containsExactly("user:1", "user:2");
    assertThat(scan(KeySearch.START, 10, KeyFilter.byName(Glob.compile(bytes("user"))))
            .keys())
        .hasSize(1);
    assertThat(scanAll(KeyFilter.byName(Glob.compile(bytes("key1*"))))).hasSize(1111);
  }

  @Test
  void aCallIsBoundedHoweverManyKeysAreAskedFor() {
    put(store, 0, KeySearch.MOST_LOOKED_AT + 500);

    ScanPage page = scan(KeySearch.START, Long.MAX_VALUE, ALL);

    assertThat(page.keys().size()).isEqualTo(KeySearch.MOST_LOOKED_AT);
    assertThat(scan(page.next(), Long.MAX_VALUE, ALL).keys().size()).isEqualTo(500);
  }

  @Test
  void aCallThatTakesTooLongEndsEarly() {
    put(store, 0, 1000);
    AtomicLong clock = new AtomicLong();

    ScanPage page = store.ask(
        k -> new KeySearch(k, () -> clock.addAndGet(10_000_000)).scan(KeySearch.START, 1000, ALL));

    assertThat(page.keys()).hasSizeBetween(64, 500);
    assertThat(page.next()).isNotEqualTo(KeySearch.START);
  }

  @Test
  void aPositionThatNoScanAnswersFindsNothing() {
    put(store, 0, 10);

    for (long position : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 48}) {
      ScanPage page = scan(position, 10, ALL);
      assertThat(page.keys()).isEmpty();
      assertThat(page.next()).isEqualTo(KeySearch.START);
    }
  }

  @Test
  void whatHasExpiredIsNotFound() {
    put(store, 0, 400);
    store.run(k -> {
      for (int i = 0; i < 400; i += 2) {
        k.put(bytes("key" + i), record("x", store.nowMs() + 100));
      }
    });
    assertThat(keys("*")).hasSize(400);

    store.pass(100);

    assertThat(keys("*")).hasSize(200);
    assertThat(keys("key1*")).hasSize(56).allMatch(key -> key.matches(".*[13579]"));
    assertThat(keys("key2")).isEmpty();
    assertThat(scanAll(ALL)).hasSize(200);
    assertThat(scanAll(KeyFilter.byName(Glob.compile(bytes("key2"))))).isEmpty();
    Random random = new Random(1);
    for (int i = 0; i < 50; i++) {
      assertThat(randomKey(random)).matches(".*[13579]");
    }
  }

  @Test
  void keysAreFoundByPattern() {
    put(store, 0, 20);
    store.run(k -> k.put(bytes(""), record("x")));
    store.run(k -> k.put(bytes("k*y"), record("x")));

    assertThat(keys("*")).hasSize(22);
    assertThat(keys("key1?")).hasSize(10);
    assertThat(keys("key1")).containsExactly("key1");
    assertThat(keys("k\\*y")).containsExactly("k*y");
    assertThat(keys("")).containsExactly("");
    assertThat(keys("*5")).containsExactlyInAnyOrder("key5", "key15");
    assertThat(keys("x*")).isEmpty();
  }

  @Test
  void randomKeysAreDrawnAboutEquallyOften() {
    assertThat(randomKey(new Random(1))).isEmpty();
    put(store, 0, 100);
    Random random = new Random(2);
    Map<String, Integer> drawn = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      drawn.merge(randomKey(random), 1, Integer::sum);
    }

    assertThat(drawn).hasSize(100);
    assertThat(drawn.values()).allMatch(times -> times > 80 && times < 450);
  }

  @Test
  void aRandomKeyIsNullWhenAllHaveExpired() {
    store.run(k -> k.put(bytes("k"), record("x", store.nowMs() + 1)));
    store.pass(1);

    assertThat(randomKey(new Random(1))).isEmpty();
  }

  @Test
  void keysWithHashSlotsAreFoundAsWell() {
    try (TestEngine slotted = TestEngine.slotted(directory.resolve("slotted"))) {
      put(slotted, 0, 500);
      slotted.run(k -> k.put(bytes("{tag}1"), record("x")));
      slotted.run(k -> k.put(bytes("{tag}2"), record("x")));
      Set<String> found = new TreeSet<>();
      long position = KeySearch.START;
      do {
        long from = position;
        ScanPage page = slotted.ask(k -> new KeySearch(k).scan(from, 10, ALL));
        page.keys().forEach(key -> assertThat(found.add(text(key))).isTrue());
        position = page.next();
      } while (position != KeySearch.START);
      assertThat(found).hasSize(502);
      List<String> tagged = new ArrayList<>();
      slotted.run(k -> new KeySearch(k)
          .forEach(KeyFilter.byName(Glob.compile(bytes("{tag}*"))), key -> tagged.add(text(key))));
      assertThat(tagged).containsExactlyInAnyOrder("{tag}1", "{tag}2");
      Random random = new Random(3);
      slotted.run(k -> assertThat(new KeySearch(k).randomKey(random)).isNotNull());
    }
  }

  @Test
  void anotherDatabaseIsNotSearched() {
    put(store, 1, 10);

    assertThat(keys("*")).isEmpty();
    assertThat(scanAll(ALL)).isEmpty();
    assertThat(randomKey(new Random(1))).isEmpty();
  }

  @Test
  void searchingNeedsAUnitThatMayWait() {
    try (UnitOfWork quick = store.engine().begin(UnitOfWork.Mode.MEMORY_ONLY)) {
      quick.beginCommand(store.nowMs());
      assertThatThrownBy(() -> new KeySearch(quick.keyspace(0)).forEach(ALL, key -> {}))
          .isSameAs(WouldBlock.INSTANCE);
    }
  }

  private static void put(TestEngine engine, int database, int count) {
    engine.run(k -> {
      for (int i = 0; i < count; i++) {
        k.sibling(database).put(bytes("key" + i), record("x"));
      }
    });
  }

  private ScanPage scan(long position, long count, KeyFilter filter) {
    return store.ask(k -> new KeySearch(k, () -> 0).scan(position, count, filter));
  }

  private List<String> scanAll(KeyFilter filter) {
    List<String> found = new ArrayList<>();
    long position = KeySearch.START;
    do {
      ScanPage page = scan(position, 10, filter);
      page.keys().forEach(key -> found.add(text(key)));
      position = page.next();
    } while (position != KeySearch.START);
    return found;
  }

  private List<String> keys(String pattern) {
    List<String> found = new ArrayList<>();
    KeyFilter filter = KeyFilter.byName(Glob.compile(bytes(pattern)));
    store.run(k -> new KeySearch(k).forEach(filter, key -> found.add(text(key))));
    return found;
  }

  /** Returns a random key, empty when there is none. */
  private String randomKey(Random random) {
    List<String> drawn = new ArrayList<>();
    store.run(k -> {
      byte[] key = new KeySearch(k).randomKey(random);
      if (key != null) {
        drawn.add(text(key));
      }
    });
    return drawn.isEmpty() ? "" : drawn.get(0);
  }
}
