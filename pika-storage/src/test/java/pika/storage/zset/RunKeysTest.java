package pika.storage.zset;

import static org.assertj.core.api.Assertions.assertThat;
import static pika.storage.key.TestEngine.bytes;
import static pika.storage.key.TestEngine.text;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.storage.key.Keyspace;
import pika.storage.key.TestEngine;
import pika.storage.packed.PackedLimits;

/** Runs of a large sorted set whose keys are remembered, and what makes them forgotten. */
class RunKeysTest {
  private static final byte[] KEY = bytes("z");
  private static final PackedLimits TINY = new PackedLimits(4, 8, 200);

  @TempDir
  private Path directory;

  private TestEngine engine;

  @BeforeEach
  void open() {
    engine = TestEngine.in(directory.resolve("db"));
  }

  @AfterEach
  void close() {
    engine.audit();
    engine.close();
  }

  @Test
  void aRunThatTakesInTheLastOneIsForgotten() {
    int count = RowMembers.MAX_RUN + 1;
    add(0, count);
    int lastRun = count / 2;
    remove(40, lastRun);
    List<String> left = remember();

    // The last of these removals joins the runs; another one would also make them forgotten.
    int end = lastRun + RowMembers.SHORT_RUN;
    remove(end, count);

    left.removeIf(member -> number(member) >= end);
    assertThat(walked(left.size())).isEqualTo(left);
    remember();
    assertThat(walked(left.size())).isEqualTo(left);
  }

  @Test
  void bothZerosAreRemembered() {
    engine.run(keyspace -> {
      List<ScoredMember> members = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        members.add(new ScoredMember(i % 2 == 0 ? 0.0 : -0.0, member(i)));
      }
      sets(keyspace).add(KEY, members, AddRule.SET);
    });
    for (int i = 0; i < 4; i++) {
      engine.run(keyspace -> {
        try (Entries entries = find(keyspace).walk(new Ranks(0, 20), Order.DESCENDING)) {
          for (int member = 19; member >= 0; member--) {
            assertThat(entries.next()).isTrue();
            assertThat(entries.member().toByteArray()).isEqualTo(member(member));
            assertThat(entries.score()).isEqualTo(member % 2 == 0 ? 0.0 : -0.0);
          }
          assertThat(entries.next()).isFalse();
        }
      });
    }
  }

  @Test
  void membersTooLongToBeRememberedAreWalkedOver() {
    String tail = "x".repeat(2000);
    engine.run(keyspace -> {
      List<ScoredMember> members = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        members.add(new ScoredMember(i, bytes("m" + i + tail)));
      }
      sets(keyspace).add(KEY, members, AddRule.SET);
    });
    for (int i = 0; i < 4; i++) {
      engine.run(keyspace ->
          assertThat(find(keyspace).rank(bytes("m70" + tail), Order.ASCENDING)).isEqualTo(70));
    }
  }

  /** Asks for everything as often as it takes to be remembered. */
  private List<String> remember() {
    List<String> members = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      members = walked((int) (long) engine.ask(keyspace -> find(keyspace).size()));
    }
    return members;
  }

  private List<String> walked(int count) {
    return engine.ask(keyspace -> {
      List<String> members = new ArrayList<>();
      SortedSet set = find(keyspace);
      assertThat(set.size()).isEqualTo(count);
      try (Entries entries = set.walk(new Ranks(0, count), Order.DESCENDING)) {
        while (entries.next()) {
          members.add(0, text(entries.member().toByteArray()));
        }
      }
      for (int i = 0; i < count; i++) {
        assertThat(set.rank(bytes(members.get(i)), Order.ASCENDING)).isEqualTo(i);
      }
      return members;
    });
  }

  private void add(int from, int to) {
    engine.run(keyspace -> {
      List<ScoredMember> members = new ArrayList<>();
      for (int i = from; i < to; i++) {
        members.add(new ScoredMember(i, member(i)));
      }
      sets(keyspace).add(KEY, members, AddRule.SET);
    });
  }

  private void remove(int from, int to) {
    for (int i = from; i < to; i++) {
      byte[] member = member(i);
      engine.run(keyspace -> sets(keyspace).remove(KEY, List.of(member)));
    }
  }

  private static byte[] member(int i) {
    return bytes("m%05d".formatted(i));
  }

  private static int number(String member) {
    return Integer.parseInt(member.substring(1));
  }

  private static SortedSet find(Keyspace keyspace) {
    SortedSet set = sets(keyspace).find(KEY);
    assertThat(set).isNotNull();
    return set;
  }

  private static SortedSets sets(Keyspace keyspace) {
    return new SortedSets(keyspace, TINY);
  }
}
