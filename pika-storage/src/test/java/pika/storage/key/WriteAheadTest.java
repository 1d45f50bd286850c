package pika.storage.key;

import static org.assertj.core.api.Assertions.assertThat;
import static pika.storage.key.TestEngine.bytes;
import static pika.storage.key.TestEngine.record;

import org.junit.jupiter.api.Test;
import pika.storage.rocks.Column;

/** Rows written to the store before their value: they are garbage until its commit. */
class WriteAheadTest extends OpenUnit {
  @Test
  void rowsThatAreWrittenAheadBelongToTheValueOnceItIsCommitted() {
    begin("k");
    writeMany("k");
    assertThat(store.count(Column.ROW)).isPositive();
    assertThat(store.count(Column.GARBAGE)).isEqualTo(1);

    unit.commit();

    assertThat(store.count(Column.GARBAGE)).isZero();
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
    assertThat(store.count(Column.ROW)).isPositive();
    assertThat(store.count(Column.GARBAGE)).isEqualTo(1);
    assertThat(store.engine().unfinished()).isEmpty();
  }

  @Test
  void rowsAreWrittenAheadInPortionsThoughMuchElseIsUncommitted() {
    begin("other", "k");
    writeRows("other");
    unit.beginCommand(store.nowMs());
    Rows rows = keyspace.newRows(bytes("k"));
    long before = store.rocks().sequence();
    for (int i = 0; i < 100; i++) {
      rows.putNew(bytes("few%03d".formatted(i)), new byte[100]);
    }
    assertThat(store.rocks().sequence()).isEqualTo(before);
    for (int i = 0; i < 100; i++) {
      rows.putNew(bytes("row%03d".formatted(i)), new byte[10_000]);
    }
    assertThat(store.rocks().sequence()).isGreaterThan(before);

    unit.rollbackCommand();
    unit.commit();

    store.run(k -> assertThat(RowValue.get(k, "other")).hasSize(1000));
    assertThat(store.count(Column.GARBAGE)).isEqualTo(1);
  }

  @Test
  void aLargeCopyHasAllRowsAndCanBeChangedAndTakenBackInTheSameUnit() {
    begin("k", "copy", "other");
    writeMany("k");
    unit.beginCommand(store.nowMs());
    keyspace.copy(bytes("k"), keyspace, bytes("copy"));
    unit.nextCommand();
    Rows copied = keyspace.rows(bytes("copy"), live("copy"));
    copied.put(bytes("row050"), bytes("new"));
    copied.delete(bytes("row099"));
    unit.nextCommand();
    keyspace.copy(bytes("copy"), keyspace, bytes("other"));
    assertThat(RowValue.get(keyspace, "other")).hasSize(99).containsEntry("row050", "new");
    unit.rollbackCommand();

    unit.commit();

    store.run(k -> {
      assertThat(RowValue.get(k, "k")).hasSize(100);
      assertThat(RowValue.get(k, "copy")).hasSize(99).containsEntry("row050", "new");
      assertThat(k.get(bytes("other"))).isNull();
    });
    assertThat(store.count(Column.GARBAGE)).isEqualTo(1);
  }

  @Test
  void whatIsChangedBetweenTwoPortionsWrittenAheadCanBeTakenBack() {
    store.run(k -> RowValue.put(k, "other", 3));
    begin("other", "k");
    KeyRecord other = live("other");
    Rows changed = keyspace.rows(bytes("other"), other);
    changed.put(bytes("row00000"), bytes("first"));
    unit.nextCommand();
    writeMany("k");
    changed.put(bytes("row00000"), bytes("second"));
    changed.delete(bytes("row00001"));
    writeMany("k");
    changed.put(bytes("row00000"), bytes("third"));

    unit.rollbackCommand();

    assertThat(changed.get(bytes("row00000"))).isEqualTo(bytes("first"));
    assertThat(changed.get(bytes("row00001"))).isNotNull();
    assertThat(keyspace.get(bytes("k"))).isNull();

    unit.rollbackStep();

    assertThat(RowValue.get(keyspace, "other")).isEqualTo(RowValue.rowsOf("other", 3));
  }

  /** Writes enough to be written ahead: a hundred rows of 100 kB. */
  private void writeMany(String key) {
    Rows rows = keyspace.newRows(bytes(key));
    for (int i = 0; i < 100; i++) {
      rows.putNew(bytes("row%03d".formatted(i)), new byte[100_000]);
    }
    keyspace.put(bytes(key), rows.header(DataType.HASH, 7, KeyRecord.NEVER, bytes("")));
  }

  /**
   * Writes so much that new rows of others are written ahead; these rows, which are not new, wait
   * for the commit.
   */
  private void writeRows(String key) {
    Rows rows = keyspace.newRows(bytes(key));
    for (int i = 0; i < 1000; i++) {
      rows.put(bytes("row%03d".formatted(i)), new byte[5_000]);
    }
    keyspace.put(bytes(key), rows.header(DataType.HASH, 7, KeyRecord.NEVER, bytes("")));
  }
}
