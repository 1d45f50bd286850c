package pika.storage.key;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static pika.storage.key.TestEngine.bytes;
import static pika.storage.key.TestEngine.record;
import static pika.storage.key.TestEngine.text;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyspaceTest {
  @TempDir
  Path directory;

  private TestEngine store;

  @BeforeEach
  void open() {
    store = TestEngine.in(directory);
  }

  @AfterEach
  void close() {
    store.audit();
    store.close();
  }

  @Test
  void whatHasExpiredIsNotThere() {
    store.run(k -> k.put(bytes("k"), record("x", store.nowMs() + 10)));
    store.pass(9);
    assertThat(value("k")).isEqualTo("x");

    store.pass(1);

    store.run(k -> assertThat(k.header(bytes("k"))).isNull());
    store.run(k -> assertThat(k.peek(bytes("k"))).isNull());
    store.run(k -> assertThat(k.peekAll(List.of(bytes("k")))).containsOnlyNulls());
    assertThat(store.ask(Keyspace::size)).isEqualTo(1);
    store.look(k -> assertThat(k.get(bytes("k"))).isNull());
    assertThat(store.ask(Keyspace::size)).isEqualTo(1);
    store.run(k -> assertThat(k.get(bytes("k"))).isNull());
    assertThat(store.ask(Keyspace::size)).isZero();
  }

  @Test
  void anotherTypeIsRefused() {
    store.run(k -> k.put(bytes("k"), record("x")));

    assertThatThrownBy(() -> store.run(k -> k.get(bytes("k"), DataType.LIST)))
        .isInstanceOf(WrongTypeException.class);
  }

  @Test
  void renamingMovesTheHeaderAndLeavesTheRows() {
    store.run(k -> RowValue.put(k, "a", RowValue.rowsOf("a", 5), store.nowMs() + 1000));

    store.run(k -> k.rename(bytes("a"), bytes("b")));
    store.run(k -> k.rename(bytes("b"), bytes("c")));

    assertThat(rows("a")).isNull();
    assertThat(rows("b")).isNull();
    assertThat(rows("c")).isEqualTo(RowValue.rowsOf("a", 5));
    assertThat(store.engine().expiryCount(0)).isEqualTo(1);
    store.audit();

    store.run(k -> k.rename(bytes("c"), bytes("a")));
    assertThat(rows("a")).isEqualTo(RowValue.rowsOf("a", 5));
  }

  @Test
  void renamingUntouchedKeepsTheAccessTime() {
    store.run(k -> RowValue.put(k, "a", 2));
    store.pass(100_000);
    store.run(k -> {
      k.unit().keepAccessTimes();
      k.rename(bytes("a"), bytes("b"));
      k.rename(bytes("b"), bytes("c"));
    });

    assertThat(store.<Long>ask(k -> k.idleSeconds(requireNonNull(k.header(bytes("c"))))))
        .isEqualTo(100);
  }

  @Test
  void renamingReplacesWhatIsThere() {
    store.run(k -> RowValue.put(k, "from", 2));
    store.run(k -> RowValue.put(k, "to", 4));

    store.run(k -> k.rename(bytes("from"), bytes("to")));

    assertThat(rows("to")).isEqualTo(RowValue.rowsOf("from", 2));
    assertThat(store.engine().keyCount(0)).isEqualTo(1);
  }

  @Test
  void aNewValueUnderAnOldNameHasItsOwnRows() {
    store.run(k -> RowValue.put(k, "a", 5));
    store.run(k -> k.rename(bytes("a"), bytes("b")));

    store.run(k -> RowValue.put(k, "a", Map.of("new", "1"), KeyRecord.NEVER));

    assertThat(rows("a")).isEqualTo(Map.of("new", "1"));
    assertThat(rows("b")).isEqualTo(RowValue.rowsOf("a", 5));
  }

  @Test
  void copiesHaveTheirOwnRows() {
    store.run(k -> RowValue.put(k, "a", 5));

    store.run(k -> k.copy(bytes("a"), k.sibling(2), bytes("b")));
    store.run(k -> k.delete(bytes("a")));

    assertThat(rows("a")).isNull();
    store.run(k -> assertThat(RowValue.get(k.sibling(2), "b")).isEqualTo(RowValue.rowsOf("a", 5)));
    assertThat(store.engine().keyCount(2)).isEqualTo(1);
  }

  @Test
  void copyingSeesWhatTheUnitHasChanged() {
    store.run(k -> RowValue.put(k, "a", 3));
    store.run(k -> {
      KeyRecord record = k.get(bytes("a"));
      assertThat(record).isNotNull();
      Rows rows = k.rows(bytes("a"), record);
      rows.put(bytes("row00001"), bytes("changed"));
      rows.delete(bytes("row00002"));
      rows.put(bytes("row00009"), bytes("added"));
      k.copy(bytes("a"), k, bytes("b"));
    });

    assertThat(rows("b"))
        .isEqualTo(Map.of("row00000", "a0", "row00001", "changed", "row00009", "added"));
    assertThat(rows("b")).isEqualTo(rows("a"));
  }

  @Test
  void swappedDatabasesKeepTheirKeysAndDeadlines() {
    store.run(k -> k.put(bytes("k"), record("zero", store.nowMs() + 10)));
    store.run(k -> k.sibling(1).put(bytes("k"), record("one")));

    store.run(k -> k.swap(1));

    assertThat(value("k")).isEqualTo("one");
    assertThat(store.engine().expiryCount(0)).isZero();
    assertThat(store.engine().expiryCount(1)).isEqualTo(1);
    store.pass(10);
    store.run(k -> assertThat(k.sibling(1).get(bytes("k"))).isNull());
    assertThat(value("k")).isEqualTo("one");
  }

  @Test
  void aFlushedDatabaseIsEmptyAndTheOthersAreNot() {
    store.run(k -> k.put(bytes("k"), record("zero", store.nowMs() + 10)));
    store.run(k -> k.sibling(1).put(bytes("k"), record("one")));

    store.run(Keyspace::flush);

    assertThat(value("k")).isNull();
    assertThat(store.engine().keyCount(0)).isZero();
    assertThat(store.engine().expiryCount(0)).isZero();
    assertThat(store.engine().keyCount(1)).isEqualTo(1);
    store.run(k -> k.put(bytes("k"), record("new")));
    store.audit();

    store.close();
    open();

    assertThat(value("k")).isEqualTo("new");
    assertThat(store.engine().keyCount(0)).isEqualTo(1);
  }

  @Test
  void aDatabaseThatIsConfiguredAwayComesBackWithItsKeys() {
    store.run(k -> k.sibling(3).put(bytes("k"), record("x", store.nowMs() + 10)));
    new Databases(store.rocks(), 2);
    store.close();
    open();

    assertThat(store.engine().keyCount(3)).isEqualTo(1);
    assertThat(store.engine().expiryCount(3)).isEqualTo(1);
  }

  @Test
  void walksMeetEveryKeyOfTheirDatabaseOnce() {
    List<String> names = List.of("", "a", "ab", "abc", "b", "ba");
    for (String name : names) {
      store.run(k -> k.put(bytes(name), record("x")));
    }
    store.run(k -> RowValue.put(k, "large", 2));
    store.run(k -> k.sibling(1).put(bytes("elsewhere"), record("x")));

    assertThat(walk(store, k -> k.walkByHash(0)))
        .containsExactlyInAnyOrder(
            ":STRING",
            "a:STRING",
            "ab:STRING",
            "abc:STRING",
            "b:STRING",
            "ba:STRING",
            "large:HASH");
    assertThat(walk(store, k -> k.walkByName(bytes("a"))))
        .containsExactly("a:STRING", "ab:STRING", "abc:STRING");
    assertThat(walk(store, k -> k.walkByName(bytes("")))).hasSize(7).startsWith(":STRING");
  }

  @Test
  void keysWithHashSlotsHaveNoOrderByName() {
    store.close();
    try (TestEngine slotted = TestEngine.slotted(directory.resolve("slotted"))) {
      slotted.run(k -> k.put(bytes("{tag}a"), record("x")));
      slotted.run(k -> k.put(bytes("b"), record("x")));
      slotted.audit();

      assertThat(slotted.ask(Keyspace::isOrderedByName)).isFalse();
      assertThat(walk(slotted, k -> k.walkByHash(0)))
          .containsExactlyInAnyOrder("{tag}a:STRING", "b:STRING");
      assertThatThrownBy(() -> slotted.run(k -> k.walkByName(bytes("b"))))
          .isInstanceOf(IllegalStateException.class);
    }
    open();
  }

  private static List<String> walk(TestEngine engine, Function<Keyspace, KeyWalk> begin) {
    List<String> found = new ArrayList<>();
    engine.run(keyspace -> {
      try (KeyWalk walk = begin.apply(keyspace)) {
        for (; walk.valid(); walk.next()) {
          found.add(text(walk.userKey()) + ":" + walk.type());
        }
      }
    });
    return found;
  }

  private @Nullable String value(String key) {
    return store.find(k -> {
      KeyRecord record = k.get(bytes(key));
      return record == null ? null : text(record.payload());
    });
  }

  private @Nullable Map<String, String> rows(String key) {
    return store.find(k -> RowValue.get(k, key));
  }
}
