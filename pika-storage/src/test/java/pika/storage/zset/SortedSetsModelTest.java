package pika.storage.zset;

import static org.assertj.core.api.Assertions.assertThat;
import static pika.storage.key.TestEngine.bytes;
import static pika.storage.key.TestEngine.text;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.storage.Seeds;
import pika.storage.key.Keyspace;
import pika.storage.key.ModelUnits;
import pika.storage.key.TestEngine;
import pika.storage.packed.PackedLimits;

/**
 * Random operations on one sorted set, compared with a plain map. It is small only up to a few
 * members, and grows to several runs; units hold several commands, of which some are rolled back.
 */
class SortedSetsModelTest implements ModelUnits.Subject<Map<String, Double>> {
  private static final PackedLimits TINY = new PackedLimits(4, 8, 200);
  private static final byte[] KEY = bytes("z");
  private static final byte[] COPY = bytes("copy");
  private static final int UNITS = 400;
  private static final int MEMBERS = 2000;
  /** So many that the directory does not fit into the header. */
  private static final int MANY_MEMBERS = 20_000;

  private static final int UNITS_OF_MANY = 40;
  private static final int SCORES = 300;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path directory;

  private Map<String, Double> model = new HashMap<>();
  private Random random = new Random();
  private int members = MEMBERS;
  private String prefix = "m";

  @Test
  void sortedSetsAreSortedMaps() throws Exception {
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

  /** Most commands only change counts in the directory, which stays open then. */
  @Test
  void largeSortedSetsAreSortedMaps() throws Exception {
    members = MANY_MEMBERS;
    // Makes separators, and with them the header, long.
    prefix = "m".repeat(400);
    Seeds.run(seeded -> {
      random = seeded;
      try (TestEngine engine = TestEngine.in(directory.resolve("db"))) {
        engine.run(keyspace -> add(new SortedSets(keyspace, TINY), MANY_MEMBERS));
        for (int i = 0; i < UNITS_OF_MANY; i++) {
          runUnit(engine);
        }
        engine.audit();
      }
    });
  }

  private void runUnit(TestEngine engine) {
    ModelUnits.run(engine, random, this);
    // Again and again, with the lock: then the keys of runs are remembered.
    for (int i = 0; i < 3; i++) {
      engine.run(this::check);
    }
    assertThat(engine.engine().keyCount(0)).isEqualTo(model.isEmpty() ? 0 : 1);
  }

  @Override
  public Map<String, Double> remember() {
    return new HashMap<>(model);
  }

  @Override
  public void restore(Map<String, Double> before) {
    model = before;
  }

  @Override
  public void run(Keyspace keyspace) {
    if (members == MEMBERS) {
      run(new SortedSets(keyspace, TINY));
    } else {
      runOnMany(keyspace);
    }
  }

  @Override
  public void check(Keyspace keyspace) {
    check(new SortedSets(keyspace, TINY));
  }

  private void run(SortedSets sets) {
    switch (random.nextInt(12)) {
      case 0, 1, 2, 3 -> add(sets, 1 + random.nextInt(5));
      case 4, 5 -> add(sets, random.nextInt(400));
      case 6, 7 -> remove(sets);
      case 8 -> removeByRank(sets);
      case 9 -> removeByScore(sets);
      case 10 -> pop(sets);
      default -> replace(sets);
    }
  }

  private void runOnMany(Keyspace keyspace) {
    SortedSets sets = new SortedSets(keyspace, TINY);
    switch (random.nextInt(10)) {
      case 0 -> add(sets, 100 + random.nextInt(300));
      case 1 -> remove(sets);
      case 2 -> {
        keyspace.copy(KEY, keyspace, COPY);
        keyspace.rename(COPY, KEY);
      }
      default -> add(sets, 1 + random.nextInt(3));
    }
  }

  private void add(SortedSets sets, int count) {
    List<ScoredMember> added = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String member = member();
      double score = random.nextInt(SCORES) - SCORES / 2;
      added.add(new ScoredMember(score, bytes(member)));
      model.put(member, score);
    }
    sets.add(KEY, added, AddRule.SET);
  }

  private void remove(SortedSets sets) {
    List<byte[]> members = new ArrayList<>();
    int expected = 0;
    for (int i = random.nextInt(200); i >= 0; i--) {
      String member = member();
      members.add(bytes(member));
      expected += model.remove(member) == null ? 0 : 1;
    }
    assertThat(sets.remove(KEY, members)).isEqualTo(expected);
  }

  private void removeByRank(SortedSets sets) {
    List<ScoredMember> sorted = sorted();
    int from = random.nextInt(sorted.size() + 1);
    int to = Math.min(sorted.size(), from + random.nextInt(600));
    Span span = Span.ofIndexes(from, to - 1L, Order.ASCENDING);
    long expected = to == 0 ? sorted.size() : to - from;
    assertThat(sets.remove(KEY, span)).isEqualTo(expected);
    sorted
        .subList(to == 0 ? 0 : from, to == 0 ? sorted.size() : to)
        .forEach(one -> model.remove(text(one.member())));
  }

  private void removeByScore(SortedSets sets) {
    double min = random.nextInt(SCORES) - SCORES / 2;
    double max = min + random.nextInt(30);
    int before = model.size();
    model.values().removeIf(score -> score > min && score <= max);
    Span span = Span.ofScores(ScoreBound.excluding(min), ScoreBound.including(max));
    assertThat(sets.remove(KEY, span)).isEqualTo(before - model.size());
  }

  private void pop(SortedSets sets) {
    List<ScoredMember> sorted = new ArrayList<>(sorted());
    Order order = random.nextBoolean() ? Order.ASCENDING : Order.DESCENDING;
    if (order == Order.DESCENDING) {
      Collections.reverse(sorted);
    }
    int count = random.nextInt(random.nextInt(10) == 0 ? MEMBERS : 50);
    List<ScoredMember> expected = sorted.subList(0, Math.min(count, sorted.size()));
    List<ScoredMember> popped = sets.pop(KEY, order, count);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(text(popped.get(i).member())).isEqualTo(text(expected.get(i).member()));
    }
    expected.forEach(one -> model.remove(text(one.member())));
  }

  private void replace(SortedSets sets) {
    SortedSet source = sets.find(KEY);
    if (source == null) {
      return;
    }
    SortedSetBuilder target = sets.replace(KEY);
    source.forEach((score, member) -> {
      target.append(score, member);
      return true;
    });
    assertThat(target.finish()).isEqualTo(model.size());
  }

  private void check(SortedSets sets) {
    List<ScoredMember> sorted = sorted();
    SortedSet set = sets.find(KEY);
    assertThat(sets.size(KEY)).isEqualTo(sorted.size());
    if (set == null) {
      assertThat(sorted).isEmpty();
      return;
    }
    List<String> walked = new ArrayList<>();
    set.forEach((score, member) -> walked.add(score + " " + text(member.toByteArray())));
    assertThat(walked)
        .isEqualTo(
            sorted.stream().map(one -> one.score() + " " + text(one.member())).toList());
    for (int i = 0; i < 10; i++) {
      checkRank(set, sorted, random.nextInt(sorted.size()));
      int from = random.nextInt(sorted.size());
      checkWalk(set, sorted, from, Math.min(sorted.size(), from + random.nextInt(200)));
    }
    int from = random.nextInt(sorted.size());
    checkWalk(set, sorted, from, from + random.nextInt(sorted.size() - from + 1));
    checkWalkByScore(set, sorted);
  }

  private static void checkRank(SortedSet set, List<ScoredMember> sorted, int rank) {
    byte[] member = sorted.get(rank).member();
    assertThat(set.rank(member, Order.ASCENDING)).isEqualTo(rank);
    assertThat(set.rank(member, Order.DESCENDING)).isEqualTo(sorted.size() - 1 - rank);
  }

  private void checkWalk(SortedSet set, List<ScoredMember> sorted, int from, int to) {
    Order order = random.nextBoolean() ? Order.ASCENDING : Order.DESCENDING;
    List<String> expected = new ArrayList<>();
    for (ScoredMember one : sorted.subList(from, to)) {
      expected.add(one.score() + " " + text(one.member()));
    }
    if (order == Order.DESCENDING) {
      Collections.reverse(expected);
    }
    List<String> walked = new ArrayList<>();
    try (Entries entries = set.walk(new Ranks(from, to), order)) {
      while (entries.next()) {
        walked.add(entries.score() + " " + text(entries.member().toByteArray()));
      }
    }
    assertThat(walked).isEqualTo(expected);
  }

  private void checkWalkByScore(SortedSet set, List<ScoredMember> sorted) {
    int min = random.nextInt(SCORES) - SCORES / 2;
    int max = min + random.nextInt(random.nextBoolean() ? 5 : SCORES) - 2;
    Order order = random.nextBoolean() ? Order.ASCENDING : Order.DESCENDING;
    int offset = random.nextInt(20) - 1;
    int count = random.nextInt(20) - 1;
    List<String> expected = new ArrayList<>();
    for (ScoredMember one : sorted) {
      if (one.score() > min && one.score() <= max) {
        expected.add(order == Order.ASCENDING ? expected.size() : 0, text(one.member()));
      }
    }
    int from = offset < 0 ? expected.size() : Math.min(offset, expected.size());
    int to = count < 0 ? expected.size() : Math.min(from + count, expected.size());
    List<String> walked = new ArrayList<>();
    Span span = Span.ofScores(ScoreBound.excluding(min), ScoreBound.including(max));
    try (Entries entries = span.walk(set, order, offset, count)) {
      while (entries.next()) {
        walked.add(text(entries.member().toByteArray()));
      }
    }
    assertThat(walked).isEqualTo(expected.subList(from, to));
  }

  private List<ScoredMember> sorted() {
    return model.entrySet().stream()
        .map(entry -> new ScoredMember(entry.getValue(), bytes(entry.getKey())))
        .sorted()
        .toList();
  }

  private String member() {
    return prefix + random.nextInt(random.nextBoolean() ? 20 : members);
  }
}
