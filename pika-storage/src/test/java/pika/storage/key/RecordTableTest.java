package pika.storage.key;

import static org.assertj.core.api.Assertions.assertThat;
import static pika.storage.key.TestEngine.bytes;
import static pika.storage.key.TestEngine.record;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pika.storage.Seeds;

class RecordTableTest {
  private static final long PLENTY = 64L << 20;

  private final KeyFormat format = KeyFormat.plain();

  @Test
  void keepsAllThatFits() {
    RecordTable table = new RecordTable(PLENTY);
    int count = 50_000;
    for (int i = 0; i < count; i++) {
      table.put(key(i), record("value" + i));
    }
    assertThat(table.entries()).isGreaterThan(count - count / 100);
    int found = 0;
    for (int i = 0; i < count; i++) {
      KeyRecord record = table.get(key(i));
      if (record != null) {
        assertThat(record.payload()).isEqualTo(bytes("value" + i));
        found++;
      }
    }
    assertThat(found).isEqualTo((int) table.entries());
  }

  @Test
  void answersWhatAMapWouldOrNothing() throws Exception {
    Seeds.run(random -> {
      RecordTable table = new RecordTable(200_000);
      Map<Integer, KeyRecord> model = new HashMap<>();
      for (int i = 0; i < 50_000; i++) {
        int name = random.nextInt(3000);
        switch (random.nextInt(4)) {
          case 0 -> {
            KeyRecord record =
                record("x".repeat(random.nextInt(random.nextInt(10) == 0 ? 5000 : 200)));
            table.put(key(name), record);
            model.put(name, record);
          }
          case 1 -> {
            table.remove(key(name));
            model.remove(name);
            assertThat(table.peek(key(name))).isNull();
          }
          default -> {
            KeyRecord found = table.get(key(name));
            if (found != null) {
              KeyRecord expected = model.get(name);
              assertThat(expected).isNotNull();
              assertThat(found.bytes()).isEqualTo(expected.bytes());
            }
          }
        }
        assertThat(table.sizeBytes()).isBetween(0L, 200_000L);
      }
    });
  }

  @Test
  void tellsDatabasesApart() {
    RecordTable table = new RecordTable(PLENTY);
    table.put(format.key(1, bytes("k")), record("one"));
    table.put(format.key(2, bytes("k")), record("two"));

    KeyRecord one = table.get(format.key(1, bytes("k")));

    assertThat(one).isNotNull();
    assertThat(one.payload()).isEqualTo(bytes("one"));
    assertThat(table.get(format.key(3, bytes("k")))).isNull();
  }

  /** What is in use stays while ten times the bound passes through once. */
  @Test
  void isNotWashedOutByAWalk() {
    RecordTable table = new RecordTable(2 << 20);
    int used = 2000;
    for (int i = 0; i < used; i++) {
      table.put(key(i), record("x".repeat(100)));
      table.get(key(i));
    }
    for (int i = 0; i < 100_000; i++) {
      table.put(key(1_000_000 + i), record("x".repeat(100)));
      table.get(key(i % used));
    }
    int left = 0;
    for (int i = 0; i < used; i++) {
      left += table.peek(key(i)) == null ? 0 : 1;
    }
    assertThat(left).as("left of %d", used).isGreaterThan(used * 9 / 10);
  }

  @Test
  void letsGoWhatNoLongerFits() {
    RecordTable table = new RecordTable(1 << 20);
    for (int i = 0; i < 4000; i++) {
      table.put(key(i), record("x".repeat(100)));
    }
    table.resize(64 << 10);
    assertThat(table.sizeBytes()).isLessThanOrEqualTo(64 << 10);
    table.resize(0);
    assertThat(table.entries()).isZero();
  }

  @Test
  void warmsUpWithoutFindingAnything() {
    RecordTable table = new RecordTable(PLENTY);
    table.put(key(1), record("one"));
    long[] hashes = {RecordTable.hash(1, key(1).hash()), RecordTable.hash(1, 0), 0, -1};

    table.warm(hashes, hashes.length);

    assertThat(table.entries()).isEqualTo(1);
  }

  @Test
  void remembersWhenARecordWasUsed() {
    RecordTable table = new RecordTable(PLENTY);
    table.put(key(1), record("small"));
    table.put(key(2), record("x".repeat(3000)));

    for (int name = 1; name <= 2; name++) {
      table.touch(key(name), 1234);

      KeyRecord record = table.peek(key(name));
      assertThat(record).isNotNull();
      assertThat(record.accessedAtS()).isEqualTo(1234);
    }
  }

  @Test
  void tellsRowsFromRecords() {
    RecordTable table = new RecordTable(PLENTY);
    table.put(key(1), record("record"));
    table.putRow(key(1).bytes(), bytes("row"));

    assertThat(table.getRow(key(1).bytes())).isEqualTo(bytes("row"));
    table.removeRow(key(1).bytes());
    assertThat(table.getRow(key(1).bytes())).isNull();
    assertThat(table.peek(key(1))).isNotNull();
  }

  /** Small and large entries share the bound: neither kind is starved by a stream of the other. */
  @Test
  void sharesTheBoundBetweenSmallAndLarge() {
    for (int stream : new int[] {100, 4000}) {
      RecordTable table = new RecordTable(1 << 20);
      int used = 50;
      for (int i = 0; i < 20_000; i++) {
        int name = i % used;
        table.put(key(name), record("u".repeat(4100 - stream)));
        table.put(key(1_000_000 + i), record("x".repeat(stream)));
      }
      int left = 0;
      for (int i = 0; i < used; i++) {
        left += table.peek(key(i)) == null ? 0 : 1;
      }
      assertThat(left)
          .as("left of %d beside a stream of %d bytes", used, stream)
          .isGreaterThan(used / 2);
      assertThat(table.sizeBytes()).isLessThanOrEqualTo(1 << 20);
    }
  }

  /**
   * Every value repeats one letter, different for each key, so that a mix of an old and a new one
   * would show.
   */
  @Test
  @Timeout(60)
  void answersWholeValuesWhileOthersWrite() throws Exception {
    RecordTable table = new RecordTable(300_000);
    int keys = 1000;
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<Integer>> readers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        readers.add(threads.submit(() -> readUntil(over, table, keys)));
      }
      Random random = new Random(7);
      for (int i = 0; i < 300_000; i++) {
        int name = random.nextInt(keys);
        int length = random.nextInt(20) == 0 ? 2000 : 100 + random.nextInt(400);
        if (random.nextInt(10) == 0) {
          table.remove(key(name));
        } else {
          table.put(key(name), record(Character.toString(letter(name)).repeat(length)));
        }
      }
      over.set(true);
      for (Future<Integer> reader : readers) {
        assertThat(reader.get()).isPositive();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private int readUntil(AtomicBoolean over, RecordTable table, int keys) {
    Random random = new Random();
    int found = 0;
    while (!over.get() || found == 0) {
      int name = random.nextInt(keys);
      KeyRecord record = table.get(key(name));
      if (record != null) {
        found++;
        for (byte each : record.payload()) {
          if (each != letter(name)) {
            throw new AssertionError(name + " holds " + (char) each);
          }
        }
      }
    }
    return found;
  }

  private static char letter(int name) {
    return (char) ('a' + name % 26);
  }

  private Key key(int name) {
    return format.key(1, bytes("key:" + name));
  }
}
