package pika.storage.list;

import static org.assertj.core.api.Assertions.assertThat;
import static pika.storage.key.TestEngine.bytes;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import pika.storage.Seeds;
import pika.storage.bytes.Slice;
import pika.storage.key.TestEngine;

/**
 * Random changes of random leaves, compared with plain lists. Leaves share arrays with those they
 * were made of, so all of them are kept and compared in the end.
 */
class LeafModelTest {
  private static final int CHANGES = 2000;
  private static final int RECENT = 6;

  private record Made(Leaf leaf, List<String> model) {}

  @Test
  void changedLeavesLeaveOthersAsTheyAre() throws Exception {
    Seeds.run(random -> {
      List<Made> all = new ArrayList<>();
      all.add(new Made(Leaf.EMPTY, List.of()));
      for (int i = 0; i < CHANGES; i++) {
        Made made = all.get(all.size() - 1 - random.nextInt(Math.min(RECENT, all.size())));
        List<String> model = new ArrayList<>(made.model);
        int size = model.size();
        boolean isAtHead = random.nextBoolean();
        boolean isPushed = size == 0 || random.nextInt(3) > 0;
        int gone = isPushed && random.nextInt(4) > 0 ? 0 : random.nextInt(Math.min(3, size) + 1);
        int from =
            random.nextInt(8) == 0 ? random.nextInt(size - gone + 1) : isAtHead ? 0 : size - gone;
        List<String> added = new ArrayList<>();
        for (int left = isPushed ? 1 + random.nextInt(3) : 0; left > 0; left--) {
          added.add("x".repeat(random.nextInt(4)) + (random.nextBoolean() ? "" : i));
        }
        model.subList(from, from + gone).clear();
        model.addAll(from, added);
        List<Slice> inserted = added.stream().map(text -> Slice.of(bytes(text))).toList();
        Leaf leaf = made.leaf.splice(from, from + gone, inserted);
        all.add(new Made(random.nextInt(10) == 0 ? Leaf.decode(leaf.encode()) : leaf, model));
      }
      all.forEach(LeafModelTest::check);
    });
  }

  private static void check(Made made) {
    assertThat(texts(made.leaf)).isEqualTo(made.model);
    byte[] encoded = made.leaf.encode();
    assertThat(encoded).hasSize(made.leaf.sizeBytes());
    assertThat(texts(Leaf.decode(encoded))).isEqualTo(made.model);
  }

  private static List<String> texts(Leaf leaf) {
    List<Slice> elements = new ArrayList<>();
    leaf.addTo(elements, 0, leaf.count());
    return elements.stream()
        .map(element -> TestEngine.text(element.toByteArray()))
        .toList();
  }
}
