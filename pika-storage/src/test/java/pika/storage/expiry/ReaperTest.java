package pika.storage.expiry;

import static org.assertj.core.api.Assertions.assertThat;
import static pika.storage.key.TestEngine.bytes;
import static pika.storage.key.TestEngine.record;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.storage.bytes.KeyRange;
import pika.storage.key.DataType;
import pika.storage.key.KeyRecord;
import pika.storage.key.Keyspace;
import pika.storage.key.RowValue;
import pika.storage.key.Rows;
import pika.storage.key.TestEngine;
import pika.storage.key.UnitOfWork;
import pika.storage.rocks.Column;
import pika.storage.rocks.Cursor;
import pika.storage.rocks.View;

class ReaperTest {
  @TempDir
  Path directory;

  private TestEngine store;
  private Reaper reaper;

  @BeforeEach
  void open() {
    store = TestEngine.in(directory);
    reaper = new Reaper(store.engine());
  }

  @AfterEach
  void close() {
    store.audit();
    store.close();
  }

  @Test
  void removesTheRowsOfWhatWasDroppedAndNoOthers() {
    store.run(k -> RowValue.put(k, "dropped", 10));
    store.run(k -> RowValue.put(k, "kept", 5));
    store.run(k -> k.delete(bytes("dropped")));
    assertThat(store.count(Column.ROW)).isEqualTo(15);

    assertThat(reaper.run()).isEqualTo(1);

    assertThat(store.count(Column.ROW)).isEqualTo(5);
    assertThat(store.count(Column.GARBAGE)).isZero();
    assertThat(reaper.reaped()).isEqualTo(1);
    assertThat(reaper.backlog()).isZero();
    store.run(k -> assertThat(RowValue.get(k, "kept")).hasSize(5));
  }

  @Test
  void deletesFewRowsOneByOneAndManyByRange() {
    store.run(k -> RowValue.put(k, "few", 500));
    store.run(k -> RowValue.put(k, "many", 600));
    store.run(k -> k.delete(bytes("few")));

    long before = store.rocks().sequence();
    reaper.run();
    assertThat(store.rocks().sequence() - before).isEqualTo(501);
    assertThat(store.count(Column.ROW)).isEqualTo(600);

    store.run(k -> k.delete(bytes("many")));
    before = store.rocks().sequence();
    reaper.run();
    assertThat(store.rocks().sequence() - before).isEqualTo(2);
    assertThat(store.count(Column.ROW)).isZero();
  }

  @Test
  void theSpaceOfALargeValueComesBackByItself() {
    Random random = new Random(1);
    store.run(k -> {
      Rows rows = k.newRows(bytes("large"));
      for (int i = 0; i < 20_000; i++) {
        byte[] value = new byte[1024];
        random.nextBytes(value);
        rows.putNew(bytes("row" + i), value);
      }
      k.put(bytes("large"), rows.header(DataType.HASH, 1, KeyRecord.NEVER, new byte[8]));
    });
    store.rocks().flush(Column.ROW);
    assertThat(store.rocks().figures().property(Column.ROW, "rocksdb.total-sst-files-size"))
        .isGreaterThan(16 << 20);

    store.run(k -> k.delete(bytes("large")));
    reaper.run();

    assertThat(store.rocks().figures().property(Column.ROW, "rocksdb.live-sst-files-size"))
        .isLessThan(1 << 20);
  }

  @Test
  void costsNothingWhenNothingWasDropped() {
    reaper.run();
    long before = store.rocks().sequence();

    assertThat(reaper.run()).isZero();
    store.run(k -> k.put(bytes("k"), record("x")));
    assertThat(reaper.run()).isZero();

    assertThat(store.rocks().sequence() - before).isEqualTo(3);
  }

  @Test
  void goesOnWithWhatAnEarlierProcessLeft() {
    store.run(k -> RowValue.put(k, "k", 10));
    store.run(k -> k.delete(bytes("k")));
    store.close();
    open();

    assertThat(reaper.run()).isEqualTo(1);

    assertThat(store.count(Column.ROW)).isZero();
  }

  @Test
  void doesItAgainWhenAProcessDiedBeforeTheEntryWasRemoved() {
    store.run(k -> RowValue.put(k, "k", 10));
    store.run(k -> k.delete(bytes("k")));
    try (Cursor cursor =
        store.rocks().cursor(Column.ROW, KeyRange.all(), Cursor.Direction.FORWARD, null)) {
      pika.storage.rocks.Batch half = store.rocks().batch();
      half.delete(Column.ROW, cursor.key());
      store.rocks().write(half, pika.storage.rocks.Rocks.Durability.BUFFERED);
    }
    store.close();
    open();

    assertThat(reaper.run()).isEqualTo(1);

    assertThat(store.count(Column.ROW)).isZero();
    assertThat(store.count(Column.GARBAGE)).isZero();
  }

  @Test
  void leavesAValueAloneThatIsStillBeingWritten() {
    try (UnitOfWork unit = store.engine().begin(UnitOfWork.Mode.MAY_BLOCK)) {
      writeAhead(unit);
      assertThat(store.count(Column.GARBAGE)).isEqualTo(1);

      assertThat(reaper.run()).isZero();

      unit.commit();
      assertThat(reaper.run()).isZero();
      assertThat(store.count(Column.GARBAGE)).isZero();
    }
    store.run(k -> assertThat(RowValue.get(k, "large")).hasSize(100));
  }

  @Test
  void removesAValueThatWasNeverFinished() {
    try (UnitOfWork unit = store.engine().begin(UnitOfWork.Mode.MAY_BLOCK)) {
      writeAhead(unit);
      reaper.run();
      unit.abandon();
    }
    assertThat(store.count(Column.ROW)).isPositive();

    assertThat(reaper.run()).isEqualTo(1);

    assertThat(store.count(Column.ROW)).isZero();
  }

  @Test
  void removesAValueThatDiedWithItsProcess() {
    UnitOfWork unit = store.engine().begin(UnitOfWork.Mode.MAY_BLOCK);
    writeAhead(unit);
    store.close();
    open();

    assertThat(reaper.run()).isEqualTo(1);

    assertThat(store.count(Column.ROW)).isZero();
  }

  @Test
  void waitsForTheReadersOfOlderViews() {
    store.run(k -> RowValue.put(k, "k", 600));
    try (View reading = store.rocks().view()) {
      assertThat(reading).isNotNull();
      store.run(k -> k.delete(bytes("k")));
      assertThat(reaper.run()).isZero();
      assertThat(reaper.backlog()).isEqualTo(1);
    }
    try (View younger = store.rocks().view()) {
      assertThat(younger).isNotNull();
      assertThat(reaper.run()).isEqualTo(1);
    }
    assertThat(store.count(Column.ROW)).isZero();
  }

  @Test
  void givesBackTheSpaceOfAFlushedDatabase() {
    Random random = new Random(1);
    byte[] value = new byte[200];
    for (int part = 0; part < 10; part++) {
      int from = part * 2000;
      store.run(k -> {
        for (int i = from; i < from + 2000; i++) {
          random.nextBytes(value);
          long deadline = i % 2 == 0 ? KeyRecord.NEVER : store.nowMs() + 1_000_000;
          k.put(bytes("key" + i), KeyRecord.of(DataType.STRING, 0, deadline, value));
        }
        RowValue.put(k, "large" + from, 1000);
      });
    }
    store.run(k -> k.sibling(1).put(bytes("kept"), record("x", store.nowMs() + 1_000_000)));
    for (Column column : Column.values()) {
      store.rocks().flush(column);
    }
    long full = liveBytes();

    store.run(Keyspace::flush);
    assertThat(reaper.run()).isEqualTo(1);

    assertThat(liveBytes()).isLessThan(full / 20);
    assertThat(store.count(Column.RECORD)).isEqualTo(1);
    assertThat(store.count(Column.SCAN)).isEqualTo(1);
    assertThat(store.count(Column.EXPIRY)).isEqualTo(1);
    assertThat(store.count(Column.ROW)).isZero();
    store.run(k -> assertThat(k.sibling(1).get(bytes("kept"))).isNotNull());
  }

  @Test
  void removesMoreThanOneRunIsWilling() {
    for (int part = 0; part < 5; part++) {
      store.run(k -> {
        for (int i = 0; i < 500; i++) {
          RowValue.put(k, "k" + i, 1);
        }
      });
    }
    int runs = 0;
    while (reaper.run() > 0) {
      runs++;
    }
    assertThat(runs).isEqualTo(2);
    assertThat(reaper.reaped()).isEqualTo(2000);
    assertThat(store.count(Column.ROW)).isEqualTo(500);
  }

  private void writeAhead(UnitOfWork unit) {
    assertThat(unit.tryLock(bytes("large"))).isTrue();
    unit.beginCommand(store.nowMs());
    Keyspace keyspace = unit.keyspace(0);
    Rows rows = keyspace.newRows(bytes("large"));
    for (int i = 0; i < 100; i++) {
      rows.putNew(bytes("row%03d".formatted(i)), new byte[100_000]);
    }
    keyspace.put(bytes("large"), rows.header(DataType.HASH, 7, KeyRecord.NEVER, bytes("")));
  }

  private long liveBytes() {
    return store.rocks().figures().sumOfProperty("rocksdb.live-sst-files-size");
  }
}
