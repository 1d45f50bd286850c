package pika.storage.set;

import static org.assertj.core.api.Assertions.assertThat;
import static pika.storage.key.TestEngine.bytes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.storage.Seeds;
import pika.storage.bytes.Slice;
import pika.storage.element.Elements;
import pika.storage.key.Keyspace;
import pika.storage.key.ModelUnits;
import pika.storage.key.TestEngine;
import pika.storage.keys.Keys;
import pika.storage.packed.PackedLimits;

/**
 * Random operations on a few sets, compared with plain ones. Limits are so low that sets are
 * converted all the time; some commands are rolled back.
 */
class SetsModelTest implements ModelUnits.Subject<Map<String, Set<String>>> {
  private static final SetLimits TINY = new SetLimits(new PackedLimits(4, 8, 60), 6);
  private static final String[] KEYS = {"a", "b", "c"};
  private static final int UNITS = 1500;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path directory;

  private Map<String, Set<String>> model = new HashMap<>();
  private Random random = new Random();

  @Test
  void setsAreSets() throws Exception {
    Seeds.run(seeded -> {
      random = seeded;
      try (TestEngine engine = TestEngine.in(directory.resolve("db"))) {
        for (int i = 0; i < UNITS; i++) {
          runUnit(engine);
        }
        engine.audit();
      }
    });
  }

  private void runUnit(TestEngine engine) {
    ModelUnits.run(engine, random, this);
    model.values().removeIf(Set::isEmpty);
    assertThat(engine.engine().keyCount(0)).isEqualTo(model.size());
  }

  @Override
  public void restore(Map<String, Set<String>> before) {
    model = before;
  }

  @Override
  public Map<String, Set<String>> remember() {
    Map<String, Set<String>> copy = new HashMap<>();
    model.forEach((key, members) -> copy.put(key, new TreeSet<>(members)));
    return copy;
  }

  @Override
  public void check(Keyspace keyspace) {
    Sets sets = new Sets(keyspace, TINY);
    for (String key : KEYS) {
      assertThat(members(sets, key)).isEqualTo(plain(key));
      assertThat(sets.size(bytes(key))).isEqualTo(plain(key).size());
      String encoding = new Keys(keyspace).encoding(bytes(key));
      if (plain(key).size() > 6 || plain(key).stream().anyMatch(m -> m.length() > 8)) {
        assertThat(encoding).isEqualTo("hashtable");
      } else if ("intset".equals(encoding)) {
        assertThat(plain(key)).allMatch(member -> member.matches("-?\\d+"));
      }
    }
  }

  private static Set<String> members(Sets sets, String key) {
    Set<String> members = new TreeSet<>();
    sets.members(bytes(key)).forEach((member, nothing) -> members.add(text(member)));
    return members;
  }

  @Override
  public void run(Keyspace keyspace) {
    Sets sets = new Sets(keyspace, TINY);
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> add(sets);
      case 3, 4 -> remove(sets);
      case 5 -> move(sets);
      case 6 -> pop(sets);
      case 7 -> draw(sets);
      default -> combine(new SetAlgebra(sets));
    }
  }

  private void add(Sets sets) {
    String key = key();
    List<byte[]> members = new ArrayList<>();
    int added = 0;
    for (int i = random.nextInt(3); i >= 0; i--) {
      String member = member();
      members.add(bytes(member));
      added += plain(key).add(member) ? 1 : 0;
    }
    assertThat(sets.add(bytes(key), members)).isEqualTo(added);
  }

  private void remove(Sets sets) {
    String key = key();
    List<byte[]> members = new ArrayList<>();
    int removed = 0;
    for (int i = random.nextInt(3); i >= 0; i--) {
      String member = member();
      members.add(bytes(member));
      removed += plain(key).remove(member) ? 1 : 0;
    }
    assertThat(sets.remove(bytes(key), members)).isEqualTo(removed);
  }

  private void move(Sets sets) {
    String key = key();
    String other = key();
    String member = member();
    boolean moved = plain(key).contains(member);
    if (moved) {
      plain(key).remove(member);
      plain(other).add(member);
    }
    assertThat(sets.move(bytes(key), bytes(other), bytes(member))).isEqualTo(moved);
  }

  private void pop(Sets sets) {
    String key = key();
    int count = random.nextInt(4);
    int expected = Math.min(count, plain(key).size());
    for (Slice popped : sets.pop(bytes(key), count, random)) {
      assertThat(plain(key).remove(text(popped))).isTrue();
      expected--;
    }
    assertThat(expected).isZero();
  }

  private void draw(Sets sets) {
    String key = key();
    int count = random.nextInt(8);
    Set<String> drawn = new HashSet<>();
    sets.drawDistinct(bytes(key), count, random).forEach(member -> drawn.add(text(member)));
    assertThat(drawn).hasSize(Math.min(count, plain(key).size()));
    assertThat(plain(key)).containsAll(drawn);
    Set<String> paged = new TreeSet<>();
    long position = Elements.START;
    do {
      position = sets.page(bytes(key), position, 2, (member, nothing) -> paged.add(text(member)));
    } while (position != Elements.START);
    assertThat(paged).isEqualTo(plain(key));
  }

  private void combine(SetAlgebra algebra) {
    String target = key();
    List<String> keys = List.of(key(), key(), key()).subList(0, 1 + random.nextInt(3));
    List<byte[]> userKeys = new ArrayList<>();
    keys.forEach(key -> userKeys.add(bytes(key)));
    Set<String> expected = new TreeSet<>(plain(keys.get(0)));
    List<Slice> listed;
    long stored;
    switch (random.nextInt(3)) {
      case 0 -> {
        keys.forEach(key -> expected.retainAll(plain(key)));
        listed = algebra.intersection(userKeys);
        assertThat(algebra.intersectionSize(userKeys, 2)).isEqualTo(Math.min(2, expected.size()));
        stored = algebra.storeIntersection(bytes(target), userKeys);
      }
      case 1 -> {
        keys.forEach(key -> expected.addAll(plain(key)));
        listed = algebra.union(userKeys);
        stored = algebra.storeUnion(bytes(target), userKeys);
      }
      default -> {
        keys.subList(1, keys.size()).forEach(key -> expected.removeAll(plain(key)));
        listed = algebra.difference(userKeys);
        stored = algebra.storeDifference(bytes(target), userKeys);
      }
    }
    assertThat(listed.stream().map(SetsModelTest::text))
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(stored).isEqualTo(expected.size());
    model.put(target, expected);
  }

  private Set<String> plain(String key) {
    return model.computeIfAbsent(key, absent -> new TreeSet<>());
  }

  private String key() {
    return KEYS[random.nextInt(KEYS.length)];
  }

  private String member() {
    if (random.nextInt(30) == 0) {
      return "m".repeat(70);
    }
    return (random.nextInt(5) == 0 ? "m" : "") + (random.nextInt(12) - 3);
  }

  private static String text(Slice slice) {
    return TestEngine.text(slice.toByteArray());
  }
}
