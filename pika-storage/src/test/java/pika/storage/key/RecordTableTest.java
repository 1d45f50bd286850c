package pika.storage.key;

import static org.assertj.core.api.Assertions.assertThat;
import static pika.storage.key.TestEngine.bytes;
import static pika.storage.key.TestEngine.record;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
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
            KeyRecord record = record("x".repeat(random.nextInt(200)));
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
              assertThat(found).isSameAs(model.get(name));
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

  /** What is used again and again stays while ten times the bound passes by once. */
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

  private Key key(int name) {
    return format.key(1, bytes("key:" + name));
  }
}
