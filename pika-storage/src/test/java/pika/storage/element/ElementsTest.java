package pika.storage.element;

import static org.assertj.core.api.Assertions.assertThat;
import static pika.storage.key.TestEngine.bytes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.storage.Seeds;
import pika.storage.bytes.Slice;
import pika.storage.key.DataType;
import pika.storage.key.KeyRecord;
import pika.storage.key.Rows;
import pika.storage.key.TestEngine;
import pika.storage.rocks.StorageException;

class ElementsTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path directory;

  @Test
  void packedElementsAreAMapInOrderOfInsertion() throws Exception {
    Seeds.run(random -> {
      Map<String, String> model = new LinkedHashMap<>();
      PackedElements packed = PackedElements.empty(Packing.PAIRS);
      for (int i = 0; i < 2000; i++) {
        step(random, packed, model);
        if (random.nextInt(3) == 0) {
          packed = PackedElements.of(record(packed), Packing.PAIRS);
        }
        assertThat(list(packed)).isEqualTo(list(model));
        assertThat(packed.size()).isEqualTo(model.size());
        assertThat(packed.payloadBytes()).isEqualTo(packed.payload().length());
      }
    });
  }

  @Test
  void damagedElementsAreReadOrRefused() throws Exception {
    Seeds.run(random -> {
      for (int i = 0; i < 20_000; i++) {
        Packing packing = Packing.values()[random.nextInt(Packing.values().length)];
        PackedElements packed = PackedElements.empty(packing);
        for (int number = 0; number < 6; number++) {
          packed.put(bytes("" + random.nextInt(1000)), bytes("v".repeat(random.nextInt(200))));
        }
        byte[] payload = packed.payload().toByteArray();
        for (int damages = random.nextInt(3); damages >= 0; damages--) {
          payload[random.nextInt(payload.length)] = (byte) random.nextInt();
        }
        byte[] damaged = Arrays.copyOf(payload, payload.length - random.nextInt(2));
        try {
          KeyRecord record = KeyRecord.of(DataType.HASH, 0, KeyRecord.NEVER, damaged);
          PackedElements read = PackedElements.of(record, packing);
          read.forEach((name, value) -> true);
          read.get(bytes("none"));
          read.put(bytes("7"), bytes("v"));
          read.remove(bytes("7"));
        } catch (StorageException refused) {
          assertThat(refused).hasMessageContaining("damaged");
        }
      }
    });
  }

  @Test
  void integersStandInTheOrderOfNumbers() {
    PackedElements packed = PackedElements.empty(Packing.INTEGERS);
    for (String integer : List.of(
        "5", "-3", "10", "0", "-10", "9223372036854775807", "5", "-9223372036854775808", "99")) {
      packed.put(bytes(integer), new byte[0]);
    }
    List<String> names = new ArrayList<>();
    packed.forEach((name, value) -> names.add(text(name)));
    assertThat(names)
        .containsExactly(
            "-9223372036854775808", "-10", "-3", "0", "5", "10", "99", "9223372036854775807");
    packed = packed.as(Packing.NAMES);
    packed.put(bytes("1"), new byte[0]);
    assertThat(packed.size()).isEqualTo(9);
    assertThat(packed.contains(bytes("99"))).isTrue();
  }

  @Test
  void whatWasReadStaysAsItIs() {
    PackedElements packed = PackedElements.empty(Packing.PAIRS);
    packed.put(bytes("a"), bytes("1"));
    Slice read = packed.get(bytes("a"));
    packed.put(bytes("a"), bytes("2"));
    packed.remove(bytes("a"));
    assertThat(text(read)).isEqualTo("1");
  }

  @Test
  void longNamesAndValuesFit() {
    PackedElements packed = PackedElements.empty(Packing.PAIRS);
    for (int length : new int[] {0, 1, 127, 128, 16_383, 16_384, 70_000}) {
      packed.put(new byte[length], new byte[length + 1]);
    }
    PackedElements read = PackedElements.of(record(packed), Packing.PAIRS);
    for (int length : new int[] {0, 1, 127, 128, 16_383, 16_384, 70_000}) {
      assertThat(length(read.get(new byte[length]))).isEqualTo(length + 1);
    }
  }

  @Test
  void rowsAreAMap() throws Exception {
    Seeds.run(random -> {
      try (TestEngine engine = TestEngine.in(directory)) {
        engine.run(keyspace -> {
          Rows rows = keyspace.newRows(bytes("key"));
          Map<String, String> model = new TreeMap<>();
          RowElements elements = RowElements.create(rows);
          for (int i = 0; i < 1000; i++) {
            step(random, elements, model);
            assertThat(elements.size()).isEqualTo(model.size());
          }
          assertThat(list(elements)).containsExactlyInAnyOrderElementsOf(list(model));
        });
      }
    });
  }

  @Test
  void everyElementIsOnOnePage() throws Exception {
    withRows(500, elements -> {
      List<String> seen = new ArrayList<>();
      long position = Elements.START;
      do {
        long before = seen.size();
        position = elements.page(position, 7, (name, value) -> seen.add(text(name)));
        assertThat(seen.size() - before).isBetween(1L, 8L);
      } while (position != Elements.START);
      assertThat(seen).hasSize(500).doesNotHaveDuplicates();
      assertThat(elements.page(-1, 10, (name, value) -> seen.add(text(name)))).isZero();
      assertThat(seen).hasSize(500);
    });
  }

  @Test
  void drawsFromRowsAreFair() throws Exception {
    int size = 200;
    int draws = 20_000;
    withRows(size, elements -> {
      Map<String, Integer> counts = new HashMap<>();
      Random random = new Random(7);
      for (int i = 0; i < draws; i++) {
        Element element = elements.draw(ElementFilter.ALL, random);
        counts.merge(element == null ? "none" : text(element.name()), 1, Integer::sum);
      }
      assertThat(counts).hasSize(size);
      // The mean is 199, the standard deviation 20.
      assertThat(chiSquare(counts, (double) draws / size)).isBetween(120.0, 300.0);
    });
  }

  @Test
  void drawsOfOneCommandAreFair() {
    int size = 200;
    int draws = 24;
    int commands = 800;
    Map<String, Integer> counts = new HashMap<>();
    try (TestEngine engine = TestEngine.in(directory)) {
      KeyRecord record = engine.ask(keyspace -> {
        RowElements elements = RowElements.create(keyspace.newRows(bytes("key")));
        for (int i = 0; i < size; i++) {
          elements.add(bytes("name" + i), bytes("" + i));
        }
        KeyRecord header =
            elements.rows().header(DataType.HASH, 0, KeyRecord.NEVER, new byte[Long.BYTES]);
        keyspace.put(bytes("key"), header);
        return header;
      });
      engine.look(keyspace -> {
        RowElements elements = RowElements.of(keyspace.rows(bytes("key"), record), size);
        Random random = new Random(3);
        for (int i = 0; i < commands; i++) {
          elements
              .drawRepeatedly(draws, ElementFilter.ALL, random)
              .forEach(element -> counts.merge("" + text(element.name()), 1, Integer::sum));
        }
      });
      assertThat(engine.rocks().openCursors()).isZero();
    }
    assertThat(counts).hasSize(size);
    assertThat(chiSquare(counts, (double) draws * commands / size)).isBetween(120.0, 300.0);
  }

  @Test
  void probesTellWhatIsThere() throws Exception {
    Seeds.run(random -> {
      try (TestEngine engine = TestEngine.in(directory)) {
        engine.run(keyspace -> {
          RowElements asked = some(random, keyspace.newRows(bytes("asked")), 300);
          int most = random.nextBoolean() ? 300 : 6000;
          RowElements elements = some(random, keyspace.newRows(bytes("elements")), most);
          for (Elements with : List.of(elements, packed(elements))) {
            List<String> found = new ArrayList<>();
            List<String> expected = new ArrayList<>();
            try (Probe probe = with.probe(asked)) {
              asked.forEach((name, value) -> {
                if (probe.contains(name.toByteArray())) {
                  found.add(text(name));
                }
                if (elements.contains(name.toByteArray())) {
                  expected.add(text(name));
                }
                return true;
              });
            }
            assertThat(found).isEqualTo(expected);
          }
        });
        assertThat(engine.rocks().openCursors()).isZero();
      }
    });
  }

  private static RowElements some(Random random, Rows rows, int most) {
    RowElements elements = RowElements.create(rows);
    for (int i = 0; i < most; i++) {
      if (random.nextInt(3) > 0) {
        elements.add(bytes("name" + i), bytes(""));
      }
    }
    return elements;
  }

  private static PackedElements packed(RowElements elements) {
    PackedElements packed = PackedElements.empty(Packing.PAIRS);
    elements.forEach((name, value) -> {
      packed.add(name.toByteArray(), value.toByteArray());
      return true;
    });
    return packed;
  }

  private static double chiSquare(Map<String, Integer> counts, double expected) {
    return counts.values().stream()
        .mapToDouble(count -> (count - expected) * (count - expected) / expected)
        .sum();
  }

  @Test
  void distinctDrawsAreDistinct() throws Exception {
    withRows(3000, elements -> {
      for (int count : new int[] {0, 1, 20, 93, 94, 2999, 3000, 5000}) {
        List<Element> drawn = elements.drawDistinct(count, ElementFilter.ALL, new Random(count));
        assertThat(drawn).hasSize(Math.min(count, 3000));
        assertThat(drawn.stream().map(element -> text(element.name()))).doesNotHaveDuplicates();
      }
    });
  }

  @Test
  void drawsKeepToTheFilter() throws Exception {
    withRows(1000, elements -> {
      ElementFilter rare = value -> "77".equals(text(value));
      Random random = new Random(1);
      assertThat(elements.draw(rare, random)).isNotNull();
      assertThat(elements.drawDistinct(5, rare, random)).hasSize(1);
      assertThat(elements.drawRepeatedly(5, rare, random)).hasSize(5);
      assertThat(elements.draw(value -> false, random)).isNull();
      assertThat(elements.drawRepeatedly(5, value -> false, random)).isEmpty();
    });
  }

  private void withRows(int count, Consumer<RowElements> body) {
    try (TestEngine engine = TestEngine.in(directory)) {
      engine.run(keyspace -> {
        RowElements elements = RowElements.create(keyspace.newRows(bytes("key")));
        for (int i = 0; i < count; i++) {
          elements.add(bytes("name" + i), bytes("" + i));
        }
        body.accept(elements);
      });
    }
  }

  private static void step(Random random, Elements elements, Map<String, String> model) {
    String name = "n".repeat(random.nextInt(3)) + random.nextInt(12);
    String value = "v".repeat(random.nextInt(random.nextInt(20) == 0 ? 300 : 5));
    switch (random.nextInt(4)) {
      case 0, 1 ->
        assertThat(text(elements.put(bytes(name), bytes(value)))).isEqualTo(model.put(name, value));
      case 2 -> assertThat(text(elements.remove(bytes(name)))).isEqualTo(model.remove(name));
      default -> assertThat(text(elements.get(bytes(name)))).isEqualTo(model.get(name));
    }
  }

  private static KeyRecord record(PackedElements packed) {
    byte[] payload = packed.payload().toByteArray();
    return KeyRecord.of(DataType.HASH, 0, KeyRecord.NEVER, payload);
  }

  private static List<String> list(Elements elements) {
    List<String> list = new ArrayList<>();
    elements.forEach((name, value) -> list.add(text(name) + "=" + text(value)));
    return list;
  }

  private static List<String> list(Map<String, String> model) {
    List<String> list = new ArrayList<>();
    model.forEach((name, value) -> list.add(name + "=" + value));
    return list;
  }

  private static int length(@Nullable Slice slice) {
    return slice == null ? -1 : slice.length();
  }

  private static @Nullable String text(@Nullable Slice slice) {
    return slice == null ? null : TestEngine.text(slice.toByteArray());
  }
}
