package pika.storage.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static pika.storage.key.TestEngine.bytes;
import static pika.storage.key.TestEngine.record;
import static pika.storage.key.TestEngine.text;

import org.junit.jupiter.api.Test;
import pika.storage.rocks.Column;
import pika.storage.rocks.StorageException;

class UnitOfWorkTest extends OpenUnit {
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
    assertThat(store.count(Column.GARBAGE)).isZero();
    assertThat(told).extracting(change -> text(change.key().userKey())).containsExactly("a", "b");
  }

  @Test
  void rollbackTakesBackTheCauseOfAChange() {
    store.run(k -> k.put(bytes("k"), record("x", store.nowMs() + 10)));
    store.pass(10);
    told.clear();
    begin("k");
    assertThat(unit.records().expireIfDue(keyspace.key(bytes("k")))).isTrue();
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
    assertThat(store.count(Column.GARBAGE)).isZero();
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
  void aKeyThatIsMadeAndRemovedAgainIsToldThoughNothingIsWritten() {
    long before = store.rocks().sequence();
    begin("k");
    keyspace.put(bytes("k"), record("x"));
    unit.nextCommand();
    keyspace.delete(bytes("k"));

    assertThat(unit.hasChanged(unit.key(0, bytes("k")))).isTrue();
    assertThat(unit.tryCommit()).isTrue();

    assertThat(told).hasSize(1);
    assertThat(told.get(0).stood()).isTrue();
    assertThat(told.get(0).after()).isNull();
    assertThat(store.rocks().sequence()).isEqualTo(before);
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
    assertThat(told)
        .extracting(change -> text(change.key().userKey()))
        .containsExactly("k", "gone");
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
  void aDroppedValueLeavesItsRowsToTheReaper() {
    store.run(k -> RowValue.put(k, "k", 3));

    store.run(k -> k.delete(bytes("k")));

    assertThat(store.count(Column.ROW)).isEqualTo(3);
    assertThat(store.count(Column.GARBAGE)).isEqualTo(1);
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
}
