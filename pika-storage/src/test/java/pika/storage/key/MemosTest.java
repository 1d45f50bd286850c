package pika.storage.key;

import static org.assertj.core.api.Assertions.assertThat;
import static pika.storage.key.TestEngine.bytes;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pika.storage.rocks.Column;

/** What is derived from rows and kept in memory: it holds as long as nobody says otherwise, and never reaches the disk. */
class MemosTest extends OpenUnit {
  private static final byte[] NAME = bytes("memo");
  private static final byte[] MEMO = bytes("derived");
  private static final byte[] ROW = bytes("row00000");

  @BeforeEach
  void putValue() {
    store.run(k -> RowValue.put(k, "large", 3));
  }

  @Test
  void aMemoIsKeptAndDroppedWithTheCommit() {
    store.run(k -> rows(k).keepMemo(NAME, MEMO));
    begin("large");
    assertThat(rows(keyspace).memo(NAME)).isEqualTo(MEMO);

    rows(keyspace).put(ROW, bytes("new"));
    rows(keyspace).dropMemo(NAME);

    assertThat(rows(keyspace).memo(NAME)).isNull();
    unit.commit();
    store.run(k -> assertThat(rows(k).memo(NAME)).isNull());
  }

  @Test
  void aMemoThatWasDroppedInVainIsThereAgain() {
    store.run(k -> rows(k).keepMemo(NAME, MEMO));
    begin("large");
    rows(keyspace).dropMemo(NAME);

    unit.rollbackCommand();

    assertThat(rows(keyspace).memo(NAME)).isEqualTo(MEMO);
  }

  @Test
  void whoHasChangedRowsKeepsNone() {
    begin("large");
    assertThat(rows(keyspace).mayKeepMemos()).isTrue();
    rows(keyspace).put(ROW, bytes("new"));

    assertThat(rows(keyspace).mayKeepMemos()).isFalse();
    rows(keyspace).keepMemo(NAME, MEMO);

    assertThat(rows(keyspace).memo(NAME)).isNull();
    unit.rollbackCommand();
    rows(keyspace).keepMemo(NAME, MEMO);
    assertThat(rows(keyspace).memo(NAME)).isEqualTo(MEMO);
  }

  @Test
  void whoHasNoLockSeesAndKeepsNone() {
    store.run(k -> rows(k).keepMemo(NAME, MEMO));
    unit.beginCommand(store.nowMs());

    assertThat(rows(keyspace).memo(NAME)).isNull();
    assertThat(rows(keyspace).mayKeepMemos()).isFalse();
  }

  @Test
  void aNewValueHasNoneOfTheOldOne() {
    store.run(k -> rows(k).keepMemo(NAME, MEMO));
    store.run(k -> RowValue.put(k, "large", 3));

    store.run(k -> assertThat(rows(k).memo(NAME)).isNull());
  }

  @Test
  void memosStayOutOfTheStore() {
    store.run(k -> rows(k).keepMemo(NAME, MEMO));
    int before = store.count(Column.ROW);
    begin("large", "copy");
    rows(keyspace).dropMemo(NAME);
    keyspace.copy(bytes("large"), keyspace, bytes("copy"));
    unit.commit();

    assertThat(store.count(Column.ROW)).isEqualTo(before + 3);
  }

  private static Rows rows(Keyspace keyspace) {
    KeyRecord record = keyspace.get(bytes("large"));
    assertThat(record).isNotNull();
    return keyspace.rows(bytes("large"), record);
  }
}
