package pika.storage.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static pika.storage.key.TestEngine.bytes;
import static pika.storage.key.TestEngine.record;
import static pika.storage.key.TestEngine.text;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.storage.bytes.KeyRange;
import pika.storage.rocks.Batch;
import pika.storage.rocks.Column;
import pika.storage.rocks.Cursor;
import pika.storage.rocks.Rocks;
import pika.storage.rocks.StorageException;

class UnitOfWorkTest {
  @TempDir
  Path directory;

  private final List<Change> told = new ArrayList<>();
  private TestEngine store;
  private UnitOfWork unit;
  private Keyspace keyspace;

  @BeforeEach
  void open() {
    store = TestEngine.in(directory, 1 << 20, told::addAll);
    unit = store.engine().begin(UnitOfWork.Mode.MAY_BLOCK);
    keyspace = unit.keyspace(0);
  }

  @AfterEach
  void close() {
    unit.close();
    store.audit();
    store.close();
  }

  @Test
  void seesItsOwnChangesAndNobodyElseDoes() {
    begin("k");
    keyspace.put(bytes("k"), record("mine"));

    assertThat(value(keyspace, "k")).isEqualTo("mine");
    assertThat(keyspace.size()).isEqualTo(1);
    try (UnitOfWork other = store.engine().begin(UnitOfWork.Mode.MAY_BLOCK)) {
      other.beginCommand(store.nowMs());
      assertThat(other.keyspace(0).get(bytes("k"))).isNull();
      assertThat(other.keyspace(0).size()).isZero();
      assertThat(other.tryLock(bytes("k"))).isFalse();

      unit.commit();

      other.beginCommand(store.nowMs());
      assertThat(value(other.keyspace(0), "k")).isEqualTo("mine");
      assertThat(other.tryLock(bytes("k"))).isTrue();
    }
  }

  @Test
  void doesNotChangeWhatIsNotLocked() {
    unit.beginCommand(store.nowMs());

    assertThatThrownBy(() -> keyspace.put(bytes("k"), record("x")))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(keyspace::flush).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> keyspace.newRows(bytes("k")).put(bytes("r"), bytes("x")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void rollbackTakesBackOneCommandOnly() {
    begin("a", "b", "c");
    keyspace.put(bytes("a"), record("first"));
    RowValue.put(keyspace, "b", 3);
    unit.beginCommand(store.nowMs());
    keyspace.put(bytes("a"), record("second", store.nowMs() + 5));
    keyspace.delete(bytes("b"));
    keyspace.put(bytes("c"), record("third"));
    keyspace.rename(bytes("c"), bytes("b"));
    RowValue.put(keyspace, "c", 2);

    unit.rollbackCommand();

    assertThat(value(keyspace, "a")).isEqualTo("first");
    assertThat(RowValue.get(keyspace, "b")).isEqualTo(RowValue.rowsOf("b", 3));
    assertThat(keyspace.get(bytes("c"))).isNull();
    assertThat(keyspace.size()).isEqualTo(2);
    unit.commit();
    assertThat(store.ask(Keyspace::size)).isEqualTo(2);
    assertThat(garbage()).isZero();
    assertThat(told).extracting(change -> text(change.key().userKey())).containsExactly("a", "b");
  }

  @Test
  void rollbackTakesBackTheCauseOfAChange() {
    store.run(k -> k.put(bytes("k"), record("x", store.nowMs() + 10)));
    store.pass(10);
    told.clear();
    begin("k");
    assertThat(unit.expireIfDue(keyspace.key(bytes("k")))).isTrue();
    unit.rollbackCommand();
    unit.beginCommand(store.nowMs());
    keyspace.put(bytes("k"), record("y"));
    unit.commit();

    assertThat(told).hasSize(1);
    assertThat(told.get(0).cause()).isEqualTo(Change.Cause.COMMAND);
  }

  @Test
  void rollbackTakesBackRenumberedDatabases() {
    store.run(k -> k.put(bytes("k"), record("x")));
    unit.awaitAllLocks();
    unit.beginCommand(store.nowMs());
    keyspace.swap(1);
    unit.beginCommand(store.nowMs());
    keyspace.sibling(1).flush();

    unit.rollbackCommand();
    unit.commit();

    assertThat(store.engine().keyCount(0)).isZero();
    assertThat(store.engine().keyCount(1)).isEqualTo(1);
    assertThat(garbage()).isZero();
  }

  @Test
  void lookupsOfACommandThatIsTakenBackDontCount() {
    unit.beginCommand(store.nowMs());
    assertThat(keyspace.get(bytes("absent"))).isNull();
    unit.rollbackCommand();
    unit.beginCommand(store.nowMs());
    assertThat(keyspace.get(bytes("absent"))).isNull();
    assertThat(keyspace.header(bytes("absent"))).isNull();
    unit.commit();

    assertThat(store.engine().misses().sum()).isEqualTo(1);
    assertThat(store.engine().hits().sum()).isZero();
  }

  @Test
  void abandonedChangesAreGone() {
    begin("k");
    keyspace.put(bytes("k"), record("x"));
    RowValue.put(keyspace, "k", 3);

    unit.abandon();

    assertThat(told).isEmpty();
    assertThat(store.engine().keyCount(0)).isZero();
    assertThat(unit.holdsLocks()).isFalse();
  }

  @Test
  void whatIsNotChangedIsNotWritten() {
    store.run(k -> k.put(bytes("k"), record("x")));
    told.clear();
    long before = store.rocks().sequence();
    begin("k");
    keyspace.put(bytes("k"), record("y"));
    unit.rollbackCommand();

    unit.commit();

    assertThat(told).isEmpty();
    assertThat(store.rocks().sequence()).isEqualTo(before);
  }

  @Test
  void aUnitThatMustNotWaitReadsNoDisk() {
    store.run(k -> k.put(bytes("cold"), record("x")));
    store.rocks().flush(Column.RECORD);
    store.close();
    open();
    try (UnitOfWork quick = store.engine().begin(UnitOfWork.Mode.MEMORY_ONLY)) {
      quick.beginCommand(store.nowMs());
      Keyspace seen = quick.keyspace(0);
      assertThatThrownBy(() -> seen.get(bytes("cold"))).isSameAs(WouldBlock.INSTANCE);
      assertThatThrownBy(() -> seen.peek(bytes("cold"))).isSameAs(WouldBlock.INSTANCE);
      assertThat(seen.get(bytes("absent"))).isNull();

      unit.prefetch(0, List.of(bytes("cold"), bytes("absent")));

      assertThat(value(seen, "cold")).isEqualTo("x");
    }
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
    store = TestEngine.in(directory, 64 << 20, told::addAll);
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
  void tryCommitCommitsWhatNeedNotWait() {
    begin("k");
    keyspace.put(bytes("k"), record("x"));

    assertThat(unit.tryCommit()).isTrue();

    assertThat(store.engine().keyCount(0)).isEqualTo(1);
    assertThat(unit.holdsLocks()).isFalse();
  }

  @Test
  void aCommitThatWouldHaveToWaitLeavesEverythingToAnother() {
    store.engine().syncEachCommit(true);
    begin("k", "gone");
    keyspace.put(bytes("k"), record("x", store.nowMs() + 1000));
    RowValue.put(keyspace, "gone", 3);
    keyspace.delete(bytes("gone"));

    assertThat(unit.tryCommit()).isFalse();
    assertThat(unit.tryCommit()).isFalse();

    assertThat(unit.holdsLocks()).isTrue();
    assertThat(told).isEmpty();
    assertThat(value(keyspace, "k")).isEqualTo("x");
    unit.commit();
    assertThat(told).hasSize(1);
    assertThat(store.engine().keyCount(0)).isEqualTo(1);
    assertThat(store.engine().expiryCount(0)).isEqualTo(1);
  }

  @Test
  void aHookThatFailsKeepsNoLocks() {
    unit.close();
    store.close();
    store = TestEngine.in(directory, 1 << 20, changes -> {
      throw new OutOfMemoryError("hook");
    });
    unit = store.engine().begin(UnitOfWork.Mode.MAY_BLOCK);
    keyspace = unit.keyspace(0);
    begin("k");
    keyspace.put(bytes("k"), record("x"));

    assertThatThrownBy(unit::commit)
        .as("whoever commits has one kind of failure to answer for")
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("hook");

    assertThat(unit.holdsLocks()).isFalse();
    assertThat(store.engine().keyCount(0)).isEqualTo(1);
  }

  @Test
  void countersOfADatabaseFlushedAndFilledInOneUnitAreExact() {
    store.run(k -> k.put(bytes("old"), record("x", store.nowMs() + 1000)));
    unit.awaitAllLocks();
    unit.beginCommand(store.nowMs());
    keyspace.put(bytes("before"), record("x"));
    keyspace.flush();
    assertThat(keyspace.size()).isZero();
    keyspace.put(bytes("after"), record("x", store.nowMs() + 1000));
    assertThat(keyspace.size()).isEqualTo(1);

    unit.commit();

    assertThat(store.engine().keyCount(0)).isEqualTo(1);
    assertThat(store.engine().expiryCount(0)).isEqualTo(1);
    store.run(k -> assertThat(k.get(bytes("before"))).isNull());
  }

  @Test
  void changesToRowsAloneAreTold() {
    store.run(k -> RowValue.put(k, "k", 2));
    told.clear();
    begin("k");
    keyspace.rows(bytes("k"), live("k")).put(bytes("row00000"), bytes("new"));

    unit.commit();

    assertThat(told).hasSize(1);
    assertThat(told.get(0).rowsChanged()).isTrue();
    store.run(k -> assertThat(RowValue.get(k, "k")).containsEntry("row00000", "new"));
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
  void rowsThatAreWrittenAheadBelongToTheValueOnceItIsCommitted() {
    begin("k");
    writeMany("k");
    assertThat(committedRows()).isPositive();
    assertThat(garbage()).isEqualTo(1);

    unit.commit();

    assertThat(garbage()).isZero();
    store.run(k -> assertThat(RowValue.get(k, "k")).hasSize(100));
  }

  @Test
  void rowsThatAreWrittenAheadCanBeReadInTheSameCommandThoughAViewIsPinned() {
    store.run(k -> RowValue.put(k, "other", 1));
    begin("k");
    assertThat(RowValue.get(keyspace, "other")).hasSize(1);

    writeMany("k");

    assertThat(RowValue.get(keyspace, "k")).hasSize(100);
  }

  @Test
  void rowsThatAreWrittenAheadByACommandThatFailsStayGarbage() {
    begin("k", "other");
    keyspace.put(bytes("other"), record("x"));
    unit.beginCommand(store.nowMs());
    writeMany("k");
    unit.rollbackCommand();

    unit.commit();

    assertThat(store.engine().keyCount(0)).isEqualTo(1);
    assertThat(committedRows()).isPositive();
    assertThat(garbage()).isEqualTo(1);
    assertThat(store.engine().unfinished()).isEmpty();
  }

  @Test
  void aDroppedValueLeavesItsRowsToTheReaper() {
    store.run(k -> RowValue.put(k, "k", 3));

    store.run(k -> k.delete(bytes("k")));

    assertThat(committedRows()).isEqualTo(3);
    assertThat(garbage()).isEqualTo(1);
  }

  @Test
  void deletingWhatHasExpiredIsExpiry() {
    store.run(k -> k.put(bytes("k"), record("x", store.nowMs() + 10)));
    store.pass(10);
    told.clear();

    store.run(k -> assertThat(k.delete(bytes("k"))).isFalse());

    assertThat(store.engine().keyCount(0)).isZero();
    assertThat(told).hasSize(1);
    assertThat(told.get(0).cause()).isEqualTo(Change.Cause.EXPIRED);
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

  /** Enough to be written ahead: a hundred rows of 100 kB. */
  private void writeMany(String key) {
    Rows rows = keyspace.newRows(bytes(key));
    for (int i = 0; i < 100; i++) {
      rows.putNew(bytes("row%03d".formatted(i)), new byte[100_000]);
    }
    keyspace.put(bytes(key), rows.header(DataType.HASH, 7, KeyRecord.NEVER, bytes("")));
  }

  private void begin(String... keys) {
    for (String key : keys) {
      assertThat(unit.tryLock(bytes(key))).isTrue();
    }
    unit.beginCommand(store.nowMs());
  }

  private KeyRecord live(String key) {
    KeyRecord record = keyspace.get(bytes(key));
    assertThat(record).isNotNull();
    return record;
  }

  private static @Nullable String value(Keyspace keyspace, String key) {
    KeyRecord record = keyspace.get(bytes(key));
    return record == null ? null : text(record.payload());
  }

  private int committedRows() {
    return count(Column.ROW);
  }

  private int garbage() {
    return count(Column.GARBAGE);
  }

  private int count(Column column) {
    int count = 0;
    try (Cursor cursor =
        store.rocks().cursor(column, KeyRange.all(), Cursor.Direction.FORWARD, null)) {
      for (; cursor.valid(); cursor.next()) {
        count++;
      }
    }
    return count;
  }
}
