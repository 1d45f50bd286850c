package pika.storage.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static pika.storage.key.TestEngine.bytes;
import static pika.storage.key.TestEngine.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import pika.storage.rocks.Batch;
import pika.storage.rocks.Column;
import pika.storage.rocks.Rocks;
import pika.storage.rocks.StorageException;

/** What a unit of work reads, from where, and what is cached of it. */
class UnitReadsTest extends OpenUnit {
  @Test
  void aUnitThatMustNotWaitReadsNoDisk() {
    store.run(k -> k.put(bytes("cold"), record("x")));
    store.rocks().flush(Column.RECORD);
    store.close();
    open();
    try (UnitOfWork quick = store.engine().begin(UnitOfWork.Mode.MEMORY_ONLY)) {
      quick.beginCommand(store.nowMs());
      Keyspace seen = quick.keyspace(0);
      assertThatThrownBy(() -> seen.get(bytes("cold"))).isSameAs(WouldBlock.COLD);
      assertThatThrownBy(() -> seen.peek(bytes("cold"))).isSameAs(WouldBlock.INSTANCE);
      assertThat(seen.get(bytes("absent"))).isNull();

      unit.prefetch(0, List.of(bytes("cold"), bytes("absent")));

      assertThat(value(seen, "cold")).isEqualTo("x");
    }
  }

  @Test
  void aUnitThatMustNotWaitReadsRowsThatAreInMemory() {
    store.run(k -> RowValue.put(k, "large", 3));
    try (UnitOfWork quick = store.engine().begin(UnitOfWork.Mode.MEMORY_ONLY)) {
      quick.beginCommand(store.nowMs());
      Keyspace seen = quick.keyspace(0);
      KeyRecord record = seen.get(bytes("large"));
      assertThat(record).isNotNull();
      Rows rows = seen.rows(bytes("large"), record);
      assertThat(rows.get(bytes("row00000"))).isNotNull();
      assertThat(rows.get(bytes("nosuchrow"))).isNull();
      assertThatThrownBy(rows::walkAll).isSameAs(WouldBlock.INSTANCE);

      assertThat(unit.tryLock(bytes("large")))
          .as("somebody else changes it meanwhile")
          .isFalse();
      assertThat(quick.tryCommit()).isTrue();
      assertThat(unit.tryLock(bytes("large"))).isTrue();
      assertThatThrownBy(() -> seen.get(bytes("large"))).isSameAs(WouldBlock.LOCKED);
    }
  }

  @Test
  void aUnitThatMustNotWaitReadsNoRowsFromDisk() {
    store.run(k -> RowValue.put(k, "cold", 3));
    store.rocks().flush(Column.ROW);
    store.close();
    open();
    try (UnitOfWork quick = store.engine().begin(UnitOfWork.Mode.MEMORY_ONLY)) {
      quick.beginCommand(store.nowMs());
      Keyspace seen = quick.keyspace(0);
      assertThat(seen.header(bytes("cold"))).isNotNull();
      KeyRecord record = seen.get(bytes("cold"));
      assertThat(record).isNotNull();
      Rows rows = seen.rows(bytes("cold"), record);
      assertThatThrownBy(() -> rows.get(bytes("row00000"))).isSameAs(WouldBlock.INSTANCE);
    }
  }

  @Test
  void cacheFiguresTellWhatRocksDbWasAskedFor() {
    store.run(k -> k.put(bytes("one"), record("x")));
    store.run(k -> k.put(bytes("two"), record("x")));
    store.run(k -> RowValue.put(k, "large", 3));
    store.close();
    open();
    CacheFigures figures = store.engine().cacheFigures();
    assertThat(figures.hitRatio()).isZero();

    store.look(k -> k.get(bytes("one")));
    store.look(k -> k.get(bytes("one")));
    assertThat(List.of(figures.hits(), figures.misses())).containsExactly(1L, 1L);

    unit.prefetch(0, List.of(bytes("two"), bytes("large")));
    value(keyspace, "two");
    KeyRecord large = live("large");
    unit.commit();
    assertThat(List.of(figures.hits(), figures.misses()))
        .as("what is read ahead is not a hit when it is used")
        .containsExactly(1L, 3L);

    unit.awaitAllLocks();
    Rows rows = keyspace.rows(bytes("large"), large);
    rows.get(bytes("row00000"));
    rows.get(bytes("row00000"));
    unit.commit();
    assertThat(List.of(figures.hits(), figures.misses())).containsExactly(2L, 4L);

    store.look(k -> k.get(bytes("absent")));
    assertThat(List.of(figures.hits(), figures.misses())).containsExactly(2L, 5L);
    assertThat(figures.hitRatio()).isCloseTo(2 / 7.0, within(1e-9));
  }

  @Test
  void aStepThatRefusesRowsGoesOnWithSmallValuesOnly() {
    store.run(k -> k.put(bytes("small"), record("x")));
    store.run(k -> RowValue.put(k, "large", 3));
    unit.beginCommand(store.nowMs());
    unit.refuseRows();

    assertThat(value(keyspace, "small")).isEqualTo("x");
    unit.nextCommand();
    KeyRecord large = live("large");
    assertThatThrownBy(() -> keyspace.rows(bytes("large"), large)).isSameAs(WouldBlock.INSTANCE);
    assertThatThrownBy(() -> keyspace.newRows(bytes("new"))).isSameAs(WouldBlock.INSTANCE);

    unit.beginCommand(store.nowMs());
    assertThat(RowValue.get(keyspace, "large")).isEqualTo(RowValue.rowsOf("large", 3));
  }

  @Test
  void whatCanNotBeReadAheadFailsWhereItIsNeeded() {
    List<byte[]> names = List.of(bytes("one"), bytes("two"));
    putUndecodable(names);

    unit.beginCommand(store.nowMs());
    unit.prefetch(0, names);

    assertThatThrownBy(() -> keyspace.get(bytes("two"))).isInstanceOf(StorageException.class);
    remove(names);
  }

  @Test
  void readingAheadIsBoundedInBytes() {
    List<byte[]> names = new ArrayList<>();
    String value = "x".repeat(60 << 10);
    for (int i = 0; i < 400; i++) {
      byte[] name = bytes("key" + i);
      names.add(name);
      store.run(k -> k.put(name, record(value)));
    }
    unit.close();
    store.close();
    store = TestEngine.in(directory, 64 << 20, changes -> {});
    unit = store.engine().begin(UnitOfWork.Mode.MAY_BLOCK);
    unit.beginCommand(store.nowMs());

    unit.prefetch(0, names);

    assertThat(store.engine().cache().entries()).isBetween(100L, 300L);
  }

  private void putUndecodable(List<byte[]> names) {
    Batch batch = store.rocks().batch();
    names.forEach(name -> batch.put(Column.RECORD, unit.key(0, name).bytes(), bytes("?")));
    store.rocks().write(batch, Rocks.Durability.BUFFERED);
  }

  private void remove(List<byte[]> names) {
    Batch batch = store.rocks().batch();
    names.forEach(name -> batch.delete(Column.RECORD, unit.key(0, name).bytes()));
    store.rocks().write(batch, Rocks.Durability.BUFFERED);
  }

  @Test
  void aReaderOfRowsSeesOneMoment() {
    store.run(k -> RowValue.put(k, "k", 3));
    unit.beginCommand(store.nowMs());
    Rows rows = keyspace.rows(bytes("k"), live("k"));

    store.run(k -> RowValue.put(k, "k", Map.of("other", "x"), KeyRecord.NEVER));

    assertThat(rows.get(bytes("row00002"))).isEqualTo(bytes("k2"));
    assertThat(RowValue.get(keyspace, "k")).isEqualTo(RowValue.rowsOf("k", 3));
    unit.beginCommand(store.nowMs());
    assertThat(RowValue.get(keyspace, "k")).isEqualTo(Map.of("other", "x"));
  }

  @Test
  void usesAreRememberedUnlessTheyAreNotToCount() {
    store.run(k -> k.put(bytes("k"), record("x")));
    store.pass(10_000);
    assertThat(idle("k")).isEqualTo(10);

    unit.beginCommand(store.nowMs());
    unit.keepAccessTimes();
    assertThat(keyspace.get(bytes("k"))).isNotNull();
    assertThat(keyspace.look(bytes("k"))).isNotNull();
    assertThat(idle("k")).isEqualTo(10);

    unit.beginCommand(store.nowMs());
    assertThat(keyspace.get(bytes("k"))).isNotNull();
    assertThat(idle("k")).isZero();
  }

  @Test
  void whatWasNotUsedSinceTheStartIsIdleSinceThen() {
    store.run(k -> k.put(bytes("k"), record("x")));
    unit.close();
    store.close();
    open();
    store.pass(7_000);

    assertThat(idle("k")).isEqualTo(7);
  }

  private long idle(String key) {
    return store.ask(k -> {
      KeyRecord record = k.header(bytes(key));
      return record == null ? -1 : k.idleSeconds(record);
    });
  }
}
