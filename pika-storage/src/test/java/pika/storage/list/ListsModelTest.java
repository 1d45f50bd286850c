package pika.storage.list;

import static org.assertj.core.api.Assertions.assertThat;
import static pika.storage.key.TestEngine.bytes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.storage.Seeds;
import pika.storage.bytes.Slice;
import pika.storage.key.KeyRecord;
import pika.storage.key.Keyspace;
import pika.storage.key.ModelUnits;
import pika.storage.key.TestEngine;
import pika.storage.packed.PackedLimits;
import pika.storage.rank.Fanout;

/**
 * Random operations on a few keys, compared with {@link PlainLists}; units hold several commands, of
 * which some are rolled back; the store is closed and reopened in between.
 */
class ListsModelTest implements ModelUnits.Subject<PlainLists> {
  /** Lists are converted, and leaves split and merged, all the time. */
  private static final ListLimits TINY = new ListLimits(
      new PackedLimits(8, Long.MAX_VALUE, 60), new LeafLimits(40, 6), new Fanout(2, 4));
  /** Most commands only replace leaves, which stay open then. */
  private static final ListLimits ROOMY = new ListLimits(
      new PackedLimits(8, Long.MAX_VALUE, 60), new LeafLimits(400, 60), new Fanout(2, 4));

  private static final String[] KEYS = {"a", "b", "c"};
  private static final int UNITS = 1500;
  private static final int UNITS_OF_LONG = 500;
  private static final int LONG = 400;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path directory;

  private Random random = new Random();
  private PlainLists model = new PlainLists();
  private boolean areLong;

  /** The lists of one command. */
  private record Session(Keyspace keys, Lists lists) {}

  @Test
  void listsAreWhatPlainListsAre() throws Exception {
    Seeds.run(seeded -> {
      random = seeded;
      runUnits(UNITS);
    });
  }

  @Test
  void longListsAreWhatPlainListsAre() throws Exception {
    areLong = true;
    Seeds.run(seeded -> {
      random = seeded;
      runUnits(UNITS_OF_LONG);
    });
  }

  private void runUnits(int units) {
    for (int left = units; left > 0; ) {
      try (TestEngine engine = TestEngine.in(directory.resolve("db"))) {
        for (int i = Math.min(left, 1 + random.nextInt(100)); i > 0; i--, left--) {
          ModelUnits.run(engine, random, this);
        }
        engine.audit();
      }
    }
  }

  @Override
  public PlainLists remember() {
    return new PlainLists(model);
  }

  @Override
  public void restore(PlainLists before) {
    model = before;
  }

  @Override
  public void run(Keyspace keyspace) {
    Session session = new Session(keyspace, new Lists(keyspace, areLong ? ROOMY : TINY));
    String key = KEYS[random.nextInt(KEYS.length)];
    int most = areLong ? 5 : 1;
    for (int i = random.nextInt(most); i >= 0; i--) {
      run(session, key);
    }
  }

  @Override
  public void check(Keyspace keyspace) {
    checkAll(new Session(keyspace, new Lists(keyspace, areLong ? ROOMY : TINY)));
  }

  private void checkAll(Session session) {
    for (String key : KEYS) {
      List<String> expected = model.get(key);
      ListValue list = session.lists.find(bytes(key));
      assertThat(list == null ? List.of() : texts(list.range(0, -1))).isEqualTo(expected);
      assertThat(session.lists.length(bytes(key))).isEqualTo(expected.size());
    }
    assertThat(session.keys.size()).isEqualTo(model.size());
  }

  private void run(Session on, String key) {
    List<String> list = model.get(key);
    ListValue value = on.lists.find(bytes(key));
    if (value == null || random.nextInt(10) < 3 || (areLong && list.size() < LONG)) {
      push(on, key, list);
    } else {
      assertThat(value.size()).isEqualTo(list.size());
      change(on, key, list, value);
    }
    model.set(key, list);
  }

  private void push(Session on, String key, List<String> list) {
    End end = end();
    boolean isShort = areLong && list.isEmpty();
    List<String> elements = elements(isShort ? 2 * LONG : random.nextInt(20) == 0 ? 60 : 4);
    for (String element : elements) {
      list.add(end == End.HEAD ? 0 : list.size(), element);
    }
    long length = on.lists.push(bytes(key), end, slices(elements));
    assertThat(length).isEqualTo(list.size());
  }

  private void change(Session on, String key, List<String> list, ListValue value) {
    switch (random.nextInt(15)) {
      case 0, 1 -> pop(list, value);
      case 2 -> set(list, value);
      case 3, 4 -> insert(list, value);
      case 5, 6 -> remove(list, value);
      case 7 -> trim(list, value);
      case 8 -> range(list, value);
      case 9 -> positions(list, value);
      case 10 -> move(on, key, list);
      case 11 -> expire(on, key);
      case 12 -> rename(on, key, list);
      case 13 -> copy(on, key, list);
      default -> rotate(list, value);
    }
  }

  private void pop(List<String> list, ListValue value) {
    End end = end();
    int count = random.nextInt(random.nextInt(10) == 0 ? 40 : 5);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < count && !list.isEmpty(); i++) {
      expected.add(list.remove(end == End.HEAD ? 0 : list.size() - 1));
    }
    assertThat(texts(value.pop(end, count))).isEqualTo(expected);
  }

  private void set(List<String> list, ListValue value) {
    int index = random.nextInt(list.size() * 2 + 4) - list.size() - 2;
    int at = index < 0 ? index + list.size() : index;
    String element = element();
    boolean isThere = at >= 0 && at < list.size();
    Slice before = value.get(index);
    assertThat(before == null ? null : text(before)).isEqualTo(isThere ? list.get(at) : null);
    assertThat(value.set(index, slice(element))).isEqualTo(isThere);
    if (isThere) {
      list.set(at, element);
    }
  }

  private void insert(List<String> list, ListValue value) {
    Side side = Side.values()[random.nextInt(2)];
    String pivot = likely(list);
    String element = element();
    int at = list.indexOf(pivot);
    assertThat(value.insert(side, bytes(pivot), slice(element))).isEqualTo(at >= 0);
    if (at >= 0) {
      list.add(side == Side.AFTER ? at + 1 : at, element);
    }
  }

  private void remove(List<String> list, ListValue value) {
    String unwanted = likely(list);
    int count = random.nextInt(7) - 3;
    int removed = 0;
    while (list.contains(unwanted) && (count == 0 || removed < Math.abs(count))) {
      list.remove(count < 0 ? list.lastIndexOf(unwanted) : list.indexOf(unwanted));
      removed++;
    }
    assertThat(value.remove(bytes(unwanted), count)).isEqualTo(removed);
  }

  private void trim(List<String> list, ListValue value) {
    int start = random.nextInt(list.size() + 2) / 3;
    int stop = random.nextInt(list.size() + 2) - 1;
    value.trim(start, stop);
    List<String> left = range(list, start, stop);
    list.clear();
    list.addAll(left);
  }

  private void range(List<String> list, ListValue value) {
    int start = random.nextInt(list.size() * 2 + 4) - list.size() - 2;
    int stop = random.nextInt(list.size() * 2 + 4) - list.size() - 2;
    assertThat(texts(value.range(start, stop))).isEqualTo(range(list, start, stop));
  }

  private void positions(List<String> list, ListValue value) {
    String wanted = likely(list);
    int rank = random.nextInt(7) - 3;
    int most = random.nextInt(3);
    int looks = random.nextInt(list.size() + 2);
    if (rank == 0) {
      return;
    }
    List<Long> expected = new ArrayList<>();
    int skipped = Math.abs(rank) - 1;
    for (int i = 0; i < list.size() && (looks == 0 || i < looks); i++) {
      int at = rank > 0 ? i : list.size() - 1 - i;
      if (list.get(at).equals(wanted) && skipped-- <= 0 && (most == 0 || expected.size() < most)) {
        expected.add((long) at);
      }
    }
    assertThat(value.positions(bytes(wanted), rank, most, looks)).isEqualTo(expected);
  }

  private void move(Session on, String key, List<String> list) {
    End from = end();
    End to = end();
    String other = other(key);
    String element = list.remove(from == End.HEAD ? 0 : list.size() - 1);
    List<String> target = model.get(other);
    target.add(to == End.HEAD ? 0 : target.size(), element);
    model.set(other, target);
    Slice moved = on.lists.move(bytes(key), from, bytes(other), to);
    assertThat(text(Objects.requireNonNull(moved))).isEqualTo(element);
  }

  private void rotate(List<String> list, ListValue value) {
    End from = end();
    End to = end();
    String element = list.remove(from == End.HEAD ? 0 : list.size() - 1);
    list.add(to == End.HEAD ? 0 : list.size(), element);
    assertThat(text(value.rotate(from, to))).isEqualTo(element);
  }

  private static void expire(Session on, String key) {
    KeyRecord record = Objects.requireNonNull(on.keys.get(bytes(key)));
    boolean expires = record.expireAtMs() != KeyRecord.NEVER;
    on.keys.put(bytes(key), record.withExpiry(expires ? KeyRecord.NEVER : Long.MAX_VALUE));
  }

  private void rename(Session on, String key, List<String> list) {
    on.keys.rename(bytes(key), bytes("renamed"));
    String other = other(key);
    on.keys.rename(bytes("renamed"), bytes(other));
    model.set(other, list);
    list.clear();
  }

  private void copy(Session on, String key, List<String> list) {
    on.keys.copy(bytes(key), on.keys, bytes(other(key)));
    model.set(other(key), list);
  }

  private static String other(String key) {
    return KEYS[(List.of(KEYS).indexOf(key) + 1) % KEYS.length];
  }

  private static List<String> range(List<String> list, int start, int stop) {
    int from = Math.max(0, start < 0 ? start + list.size() : start);
    int to = Math.min(list.size() - 1, stop < 0 ? stop + list.size() : stop);
    return from > to ? List.of() : new ArrayList<>(list.subList(from, to + 1));
  }

  private End end() {
    return End.values()[random.nextInt(2)];
  }

  /** Few different elements, so that searches find something; some too long for a shared leaf. */
  private String element() {
    int kind = random.nextInt(20);
    if (kind == 0) {
      return "long".repeat(1 + random.nextInt(30));
    }
    return kind < 4 ? "" + random.nextInt(1000) : String.valueOf((char) ('a' + random.nextInt(6)));
  }

  private List<String> elements(int most) {
    List<String> elements = new ArrayList<>();
    for (int i = random.nextInt(most); i >= 0; i--) {
      elements.add(random.nextInt(30) == 0 ? "" : element());
    }
    return elements;
  }

  private String likely(List<String> list) {
    return random.nextInt(4) == 0 ? element() : list.get(random.nextInt(list.size()));
  }

  private static List<Slice> slices(List<String> texts) {
    return texts.stream().map(ListsModelTest::slice).toList();
  }

  private static Slice slice(String text) {
    return Slice.of(bytes(text));
  }

  private static List<String> texts(List<Slice> slices) {
    return slices.isEmpty()
        ? Collections.emptyList()
        : slices.stream().map(ListsModelTest::text).toList();
  }

  private static String text(Slice slice) {
    return TestEngine.text(slice.toByteArray());
  }
}
