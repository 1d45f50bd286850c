package pika.storage.rocks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.storage.bytes.KeyRange;
import pika.storage.rocks.Cursor.Direction;
import pika.storage.rocks.Rocks.Durability;

class RocksTest {
  @TempDir
  Path directory;

  private Rocks rocks;

  @BeforeEach
  void open() {
    rocks = Rocks.open(directory.resolve("db"), RocksSettings.withBlockCache(8 << 20));
  }

  @AfterEach
  void close() {
    rocks.close();
  }

  @Test
  void columnsDontShareTheirKeys() {
    put(Column.RECORD, "k", "record");
    put(Column.ROW, "k", "row");

    assertThat(get(Column.RECORD, "k")).isEqualTo("record");
    assertThat(get(Column.ROW, "k")).isEqualTo("row");
    assertThat(rocks.get(Column.SCAN, bytes("k"))).isNull();
  }

  @Test
  void countersAddUp() {
    Batch batch = rocks.batch();
    batch.add(Column.META, bytes("n"), 5);
    batch.add(Column.META, bytes("n"), -3);
    rocks.write(batch, Durability.BUFFERED);

    assertThat(rocks.get(Column.META, bytes("n"))).containsExactly(2, 0, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void memoryAnswersForMemtablesAndAbsentKeysOnly() {
    put(Column.RECORD, "hot", "1");
    put(Column.RECORD, "cold", "1");
    assertThat(rocks.getFromMemory(Column.RECORD, bytes("hot"))).isEqualTo(bytes("1"));
    rocks.flush(Column.RECORD);

    rocks.close();
    open();

    assertThat(rocks.getFromMemory(Column.RECORD, bytes("cold"))).isSameAs(Rocks.NOT_IN_MEMORY);
    assertThat(get(Column.RECORD, "cold")).isEqualTo("1");
    assertThat(rocks.getFromMemory(Column.RECORD, bytes("cold"))).isEqualTo(bytes("1"));
    assertThat(rocks.getFromMemory(Column.RECORD, bytes("absent"))).isNull();
  }

  @Test
  void multiGetAnswersInTheOrderOfTheKeys() {
    put(Column.RECORD, "a", "1");
    put(Column.RECORD, "c", "3");

    assertThat(rocks.multiGet(Column.RECORD, List.of(bytes("c"), bytes("b"), bytes("a"))))
        .containsExactly(bytes("3"), null, bytes("1"));
  }

  @Test
  void cursorsStayInTheirRangeInBothDirections() {
    for (String key : List.of("a", "b", "ba", "bb", "c")) {
      put(Column.ROW, key, key);
    }
    KeyRange range = KeyRange.ofPrefix(bytes("b"));

    assertThat(keys(range, Direction.FORWARD)).containsExactly("b", "ba", "bb");
    assertThat(keys(range, Direction.BACKWARD)).containsExactly("bb", "ba", "b");
    assertThat(keys(KeyRange.all(), Direction.BACKWARD)).containsExactly("c", "bb", "ba", "b", "a");
    assertThat(keys(KeyRange.ofPrefix(bytes("x")), Direction.FORWARD)).isEmpty();
  }

  @Test
  void aWalkThatFailsLeavesNoIteratorBehind() {
    Random random = new Random(1);
    for (int i = 0; i < 100; i++) {
      byte[] value = new byte[1_000];
      random.nextBytes(value);
      put(Column.ROW, "k" + i, value);
    }
    rocks.flush(Column.ROW);
    rocks.close();
    open();
    assertThatThrownBy(() -> rocks.cursorInMemory(Column.ROW, KeyRange.all(), Direction.FORWARD))
        .isInstanceOf(NotInMemoryException.class);
    assertThat(rocks.openCursors()).isZero();
    // Brings the first block into the cache, and no more.
    try (Cursor first = rocks.cursor(Column.ROW, KeyRange.all(), Direction.FORWARD, null)) {
      assertThat(first.valid()).isTrue();
    }

    Cursor cursor = rocks.cursorInMemory(Column.ROW, KeyRange.all(), Direction.FORWARD);
    assertThat(rocks.openCursors()).isOne();
    assertThatThrownBy(() -> {
          while (cursor.valid()) {
            cursor.next();
          }
        })
        .isInstanceOf(NotInMemoryException.class);

    assertThat(rocks.openCursors()).isZero();
    cursor.close();
    assertThat(rocks.openCursors()).isZero();
  }

  @Test
  void aViewShowsOneMoment() {
    put(Column.ROW, "a", "old");
    try (View view = rocks.view()) {
      put(Column.ROW, "a", "new");
      put(Column.ROW, "b", "new");

      assertThat(rocks.get(Column.ROW, bytes("a"), view)).isEqualTo(bytes("old"));
      assertThat(rocks.get(Column.ROW, bytes("b"), view)).isNull();
      try (Cursor cursor = rocks.cursor(Column.ROW, KeyRange.all(), Direction.FORWARD, view)) {
        assertThat(cursor.value()).isEqualTo(bytes("old"));
        cursor.next();
        assertThat(cursor.valid()).isFalse();
      }
    }
  }

  @Test
  void knowsTheOldestOpenView() {
    put(Column.ROW, "a", "1");
    assertThat(rocks.oldestViewSequence()).isEqualTo(Long.MAX_VALUE);
    long before = rocks.sequence();
    try (View older = rocks.view()) {
      put(Column.ROW, "a", "2");
      try (View younger = rocks.view()) {
        assertThat(older).isNotSameAs(younger);
        assertThat(rocks.oldestViewSequence()).isEqualTo(before).isLessThan(rocks.sequence());
      }
    }
    assertThat(rocks.oldestViewSequence()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void droppedFilesGiveTheirSpaceBackAtOnce() {
    Random random = new Random(1);
    byte[] value = new byte[1000];
    for (int i = 0; i < 5000; i++) {
      random.nextBytes(value);
      Batch batch = rocks.batch();
      batch.put(Column.ROW, bytes("p%06d".formatted(i)), value);
      rocks.write(batch, Durability.BUFFERED);
    }
    rocks.flush(Column.ROW);
    rocks.compact(Column.ROW, KeyRange.all());
    assertThat(rocks.estimatedBytes(Column.ROW, KeyRange.ofPrefix(bytes("p"))))
        .isGreaterThan(1_000_000);

    rocks.dropFiles(Column.ROW, KeyRange.ofPrefix(bytes("p")));

    assertThat(rocks.figures().property(Column.ROW, "rocksdb.live-sst-files-size"))
        .isZero();
    assertThatThrownBy(() -> rocks.dropFiles(Column.ROW, KeyRange.all()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void countsWhatIsWrittenToTheLogAndToFilesOfBothKinds() {
    assertThat(rocks.figures().writeVolume().amplification()).isZero();
    Random random = new Random(1);
    for (int valueBytes : List.of(1_000, 10_000)) {
      byte[] value = new byte[valueBytes];
      for (int i = 0; i < 2_000_000 / valueBytes; i++) {
        random.nextBytes(value);
        put(Column.RECORD, "%d of %d".formatted(i, valueBytes), value);
      }
    }
    WriteVolume logged = rocks.figures().writeVolume();
    assertThat(logged.batches()).isBetween(4_000_000L, 4_400_000L);
    assertThat(logged.log()).isEqualTo(logged.batches());

    rocks.flush(Column.RECORD);

    // Half of it in a table file, half in a blob file; a memtable may have been flushed before.
    assertThat(rocks.figures().writeVolume().files()).isBetween(4_000_000L, 4_500_000L);
    assertThat(rocks.figures().writeVolume().amplification()).isBetween(1.8, 2.2);
  }

  @Test
  void aStoppedCompactionIsNoFailure() {
    put(Column.ROW, "a", "1");

    assertThat(rocks.compact(Column.ROW, KeyRange.all())).isTrue();

    rocks.stopCompacting();

    assertThat(rocks.compact(Column.ROW, KeyRange.all())).isFalse();
    assertThat(get(Column.ROW, "a")).isEqualTo("1");
  }

  @Test
  void whatWasWrittenIsThereAfterOpeningAgain() {
    put(Column.RECORD, "k", "v");

    rocks.close();
    open();

    assertThat(get(Column.RECORD, "k")).isEqualTo("v");
  }

  @Test
  void aDirectoryThatIsOpenCannotBeOpenedTwice() {
    assertThatThrownBy(
            () -> Rocks.open(directory.resolve("db"), RocksSettings.withBlockCache(8 << 20)))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("db");
  }

  private List<String> keys(KeyRange range, Direction direction) {
    List<String> keys = new ArrayList<>();
    try (Cursor cursor = rocks.cursor(Column.ROW, range, direction, null)) {
      for (; cursor.valid(); cursor.next()) {
        keys.add(new String(cursor.key(), US_ASCII));
      }
    }
    return keys;
  }

  private void put(Column column, String key, String value) {
    put(column, key, bytes(value));
  }

  private void put(Column column, String key, byte[] value) {
    Batch batch = rocks.batch();
    batch.put(column, bytes(key), value);
    rocks.write(batch, Durability.BUFFERED);
  }

  private String get(Column column, String key) {
    byte[] value = rocks.get(column, bytes(key));
    assertThat(value).isNotNull();
    return new String(value, US_ASCII);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(US_ASCII);
  }
}
