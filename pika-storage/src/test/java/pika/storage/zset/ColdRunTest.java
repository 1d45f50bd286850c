package pika.storage.zset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static pika.storage.key.TestEngine.bytes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pika.storage.key.Keyspace;
import pika.storage.key.TestEngine;
import pika.storage.key.UnitOfWork;
import pika.storage.key.WouldBlock;
import pika.storage.packed.PackedLimits;
import pika.storage.rocks.Column;

/** Adds to a run of a large sorted set whose score rows are only on disk. */
@Timeout(60)
class ColdRunTest {
  private static final byte[] KEY = bytes("z");
  private static final PackedLimits TINY = new PackedLimits(4, 8, 200);
  private static final int MEMBERS = 20_000;
  private static final int STEP = 1_000;
  private static final int COLD = 15_000;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path directory;

  @SuppressWarnings("NullAway.Init")
  private TestEngine engine;

  @BeforeEach
  void makeCold() {
    engine = TestEngine.in(directory.resolve("db"));
    engine.run(keyspace -> {
      List<ScoredMember> members = new ArrayList<>();
      for (int i = 0; i < MEMBERS; i++) {
        members.add(new ScoredMember(i, bytes("m" + i)));
      }
      sets(keyspace).add(KEY, members, AddRule.SET);
    });
    engine.rocks().flush(Column.ROW);
    engine.rocks().flush(Column.RECORD);
    engine.close();
    engine = TestEngine.in(directory.resolve("db"));
    engine.run(keyspace -> {
      SortedSet set = find(keyspace);
      // The directory's nodes, and distant runs.
      for (int i = 0; i < MEMBERS; i += STEP) {
        if (i != COLD) {
          assertThat(set.rank(bytes("m" + i), Order.ASCENDING)).isEqualTo(i);
        }
      }
      // The rows that show that the new members do not exist.
      for (int i = 0; i < RowMembers.MAX_RUN * 2; i++) {
        assertThat(set.score(member(i))).isNaN();
      }
    });
    engine.run(keyspace -> find(keyspace).score(bytes("m" + COLD)));
  }

  @AfterEach
  void close() {
    engine.audit();
    engine.close();
  }

  @Test
  void isNotDividedAtOnceWhereNobodyMayWait() {
    assertThatThrownBy(() -> quickly(this::rankOfColdOne)).isSameAs(WouldBlock.INSTANCE);

    int added = 0;
    while (added < RowMembers.MAX_RUN * 5 / 4) {
      add(added++);
    }

    // By now the run has been found too long, and its rows are being prefetched.
    boolean isRead = false;
    while (!isRead) {
      try {
        assertThat(quickly(this::rankOfColdOne)).isEqualTo(COLD);
        isRead = true;
      } catch (WouldBlock e) {
        Thread.onSpinWait();
      }
    }
    while (added < RowMembers.MAX_RUN * 2) {
      add(added++);
    }
    long last = engine.ask(keyspace -> find(keyspace).rank(bytes("m19999"), Order.ASCENDING));
    assertThat(last).isEqualTo(MEMBERS - 1 + added);
  }

  private long rankOfColdOne(Keyspace keyspace) {
    return find(keyspace).rank(bytes("m" + COLD), Order.ASCENDING);
  }

  private void add(int number) {
    ScoredMember member = new ScoredMember(COLD + 0.5, member(number));
    quickly(keyspace -> sets(keyspace).add(KEY, List.of(member), AddRule.SET));
  }

  private static byte[] member(int number) {
    return bytes("new" + number);
  }

  /** Runs a command in a unit that must not wait. */
  private <T> T quickly(Function<Keyspace, T> command) {
    try (UnitOfWork unit = engine.engine().begin(UnitOfWork.Mode.MEMORY_ONLY)) {
      unit.beginCommand(engine.nowMs());
      assertThat(unit.tryLock(KEY)).isTrue();
      T answer = command.apply(unit.keyspace(0));
      assertThat(unit.tryCommit()).isTrue();
      return answer;
    }
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
