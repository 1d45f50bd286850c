package pika.storage.key;

import static org.assertj.core.api.Assertions.assertThat;
import static pika.storage.key.TestEngine.bytes;
import static pika.storage.key.TestEngine.text;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.storage.Seeds;
import pika.storage.bytes.KeyRange;
import pika.storage.rocks.Batch;
import pika.storage.rocks.Cursor;
import pika.storage.rocks.Cursor.Direction;

class RowChangesTest {
  private final RowChanges changes = new RowChanges();

  @Test
  void tellWhatWasWrittenDeletedAndUntouched() {
    changes.put(bytes("a"), bytes("1"));
    changes.put(bytes("b"), RowChanges.DELETED);

    assertThat(changes.get(bytes("a"))).isEqualTo(bytes("1"));
    assertThat(changes.get(bytes("b"))).isSameAs(RowChanges.DELETED);
    assertThat(changes.get(bytes("c"))).isNull();
  }

  @Test
  void ofOneCommandCanBeTakenBack() {
    changes.put(bytes("a"), bytes("1"));
    changes.put(bytes("b"), RowChanges.DELETED);
    long sizeBytes = changes.sizeBytes();
    changes.beginStep();
    changes.put(bytes("a"), bytes("2"));
    changes.put(bytes("a"), RowChanges.DELETED);
    changes.put(bytes("b"), bytes("2"));
    changes.put(bytes("c"), bytes("2"));

    changes.rollbackCommand();

    assertThat(changes.get(bytes("a"))).isEqualTo(bytes("1"));
    assertThat(changes.get(bytes("b"))).isSameAs(RowChanges.DELETED);
    assertThat(changes.get(bytes("c"))).isNull();
    assertThat(changes.sizeBytes()).isEqualTo(sizeBytes);
  }

  @Test
  void lieOverCommittedRowsInBothDirections() throws Exception {
    Seeds.run(random -> {
      for (int round = 0; round < 500; round++) {
        RowChanges over = new RowChanges();
        NavigableMap<String, String> committed = new TreeMap<>();
        NavigableMap<String, String> expected = new TreeMap<>();
        scatter(random, over, committed, expected);
        String prefix = random.nextBoolean() ? "" : name(random).substring(0, 1);
        KeyRange range = KeyRange.ofPrefix(bytes(prefix));
        for (Direction direction : Direction.values()) {
          NavigableMap<String, String> below = ordered(within(committed, prefix), direction);
          assertThat(read(over.over(new MapCursor(below), range, direction)))
              .isEqualTo(list(ordered(within(expected, prefix), direction)));
          String from = prefix + name(random).substring(prefix.length());
          Cursor taken = over.over(new MapCursor(below), range, direction);
          taken.seek(bytes(from));
          assertThat(read(taken))
              .isEqualTo(list(ordered(within(expected, prefix), direction).tailMap(from, true)));
        }
      }
    });
  }

  @Test
  void madeDuringAWalkAreMetAheadOfIt() {
    NavigableMap<String, String> committed = new TreeMap<>(Map.of("b", "1", "d", "1", "f", "1"));
    changes.put(bytes("c"), bytes("2"));
    Cursor cursor = changes.over(new MapCursor(committed), KeyRange.all(), Direction.FORWARD);

    assertThat(text(cursor.key())).isEqualTo("b");
    changes.put(bytes("a"), bytes("3"));
    changes.put(bytes("e"), bytes("3"));
    changes.put(bytes("b"), RowChanges.DELETED);
    changes.put(bytes("d"), RowChanges.DELETED);

    cursor.next();
    assertThat(read(cursor)).containsExactly("c=2", "e=3", "f=1");
  }

  @Test
  void behaveLikeASortedMapThatIsCopiedAtEachBeginning() throws Exception {
    Seeds.run(random -> {
      for (int round = 0; round < 200; round++) {
        RowChanges changed = new RowChanges();
        NavigableMap<String, String> expected = new TreeMap<>();
        NavigableMap<String, String> atStep = new TreeMap<>();
        NavigableMap<String, String> atCommand = new TreeMap<>();
        // From a few rows to more than a table keeps over a unit.
        int names = 1 << random.nextInt(14);
        for (int i = 4 * names; i > 0; i--) {
          String name = "n" + random.nextInt(names);
          String value = "v" + random.nextInt(9);
          changed.put(bytes(name), bytes(value));
          expected.put(name, value);
          switch (random.nextInt(200)) {
            case 0 -> {
              changed.beginStep();
              atStep = new TreeMap<>(expected);
              atCommand = atStep;
            }
            case 1 -> {
              changed.nextCommand();
              atCommand = new TreeMap<>(expected);
            }
            case 2 -> {
              changed.rollbackCommand();
              expected = new TreeMap<>(atCommand);
            }
            case 3 -> {
              changed.rollbackStep();
              expected = new TreeMap<>(atStep);
              atCommand = atStep;
            }
            case 4 -> {
              changed.clear();
              expected = new TreeMap<>();
              atStep = new TreeMap<>();
              atCommand = atStep;
            }
            case 5 -> assertThat(inOrder(changed)).isEqualTo(list(expected));
            default -> {
              // Further puts.
            }
          }
        }
        for (int i = 0; i < names; i++) {
          byte[] value = changed.get(bytes("n" + i));
          assertThat(value == null ? null : text(value)).isEqualTo(expected.get("n" + i));
        }
        assertSame(changed, expected);
      }
    });
  }

  private static void assertSame(RowChanges changed, NavigableMap<String, String> expected) {
    NavigableMap<String, String> passed = new TreeMap<>();
    changed.forEach(
        (key, value) -> assertThat(passed.put(text(key), text(value))).isNull());
    assertThat(passed).isEqualTo(expected);
    assertThat(changed.isEmpty()).isEqualTo(expected.isEmpty());
    assertThat(changed.sizeBytes())
        .isEqualTo(
            list(expected).stream().mapToLong(entry -> entry.length() - 1).sum());
    assertThat(inOrder(changed)).isEqualTo(list(expected));
  }

  private static List<String> inOrder(RowChanges changed) {
    Cursor nothing = new MapCursor(new TreeMap<>());
    return read(changed.over(nothing, KeyRange.all(), Direction.FORWARD));
  }

  @Test
  void ofARangeLeaveForABatchAndOthersStay(@TempDir Path directory) {
    changes.put(bytes("a1"), bytes("1"));
    changes.nextCommand();
    changes.put(bytes("a2"), bytes("1"));
    changes.put(bytes("b1"), bytes("1"));
    changes.put(bytes("b2"), RowChanges.DELETED);

    try (TestEngine store = TestEngine.in(directory, 1 << 20, told -> {})) {
      Batch batch = store.rocks().batch();
      changes.drain(KeyRange.ofPrefix(bytes("b")), batch);
      assertThat(batch.count()).isEqualTo(2);
    }

    changes.put(bytes("b3"), bytes("1"));
    assertThat(changes.get(bytes("b1"))).isNull();
    assertThat(changes.get(bytes("b2"))).isNull();
    assertThat(changes.get(bytes("a2"))).isEqualTo(bytes("1"));
    changes.rollbackCommand();
    assertSame(changes, new TreeMap<>(Map.of("a1", "1")));
  }

  private static void scatter(
      Random random,
      RowChanges over,
      NavigableMap<String, String> committed,
      NavigableMap<String, String> expected) {
    for (int i = random.nextInt(12); i > 0; i--) {
      committed.put(name(random), "committed");
    }
    expected.putAll(committed);
    for (int i = random.nextInt(12); i > 0; i--) {
      String name = name(random);
      if (random.nextBoolean()) {
        over.put(bytes(name), bytes("changed"));
        expected.put(name, "changed");
      } else {
        over.put(bytes(name), RowChanges.DELETED);
        expected.remove(name);
      }
    }
  }

  private static String name(Random random) {
    return "" + (char) ('a' + random.nextInt(3)) + (char) ('a' + random.nextInt(5));
  }

  private static NavigableMap<String, String> within(
      NavigableMap<String, String> map, String prefix) {
    return map.subMap(prefix, true, prefix + '\u00ff', true);
  }

  private static NavigableMap<String, String> ordered(
      NavigableMap<String, String> map, Direction direction) {
    return direction == Direction.FORWARD ? map : map.descendingMap();
  }

  private static List<String> list(Map<String, String> map) {
    return map.entrySet().stream().map(Map.Entry::toString).toList();
  }

  private static List<String> read(Cursor cursor) {
    List<String> entries = new ArrayList<>();
    try (cursor) {
      for (; cursor.valid(); cursor.next()) {
        entries.add(text(cursor.key()) + "=" + text(cursor.value()));
      }
    }
    return entries;
  }

  /** A cursor over a map, in the map's order. */
  private static final class MapCursor implements Cursor {
    private final NavigableMap<String, String> map;
    private Iterator<Map.Entry<String, String>> entries;
    private Map.@org.jspecify.annotations.Nullable Entry<String, String> entry;

    MapCursor(NavigableMap<String, String> map) {
      this.map = new TreeMap<>(map);
      this.entries = this.map.entrySet().iterator();
      next();
    }

    @Override
    public boolean valid() {
      return entry != null;
    }

    @Override
    public byte[] key() {
      assertThat(entry).isNotNull();
      return bytes(entry.getKey());
    }

    @Override
    public byte[] value() {
      assertThat(entry).isNotNull();
      return bytes(entry.getValue());
    }

    @Override
    public void next() {
      entry = entries.hasNext() ? entries.next() : null;
    }

    @Override
    public void seek(byte[] key) {
      entries = map.tailMap(text(key)).entrySet().iterator();
      next();
    }

    @Override
    public void close() {
      entry = null;
    }
  }
}
