package pika.storage.zset;

import static java.util.Objects.requireNonNull;
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
import pika.storage.key.UnitOfWork;
import pika.storage.packed.PackedLimits;

/** A large sorted set is changed and renamed in one unit of work. */
class RenamedInUnitTest {
  private static final PackedLimits TINY = new PackedLimits(4, 8, 200);
  private static final byte[] OLD = bytes("old");
  private static final byte[] NEW = bytes("new");
  private static final int MEMBERS = 20_000;
  private static final String LAST = "m" + (MEMBERS - 1);

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path directory;

  @SuppressWarnings("NullAway.Init")
  private TestEngine engine;

  @BeforeEach
  void fill() {
    engine = TestEngine.in(directory.resolve("db"));
    engine.run(keyspace -> add(keyspace, OLD, 0, MEMBERS));
  }

  @AfterEach
  void close() {
    engine.audit();
    engine.close();
  }

  @Test
  void theKeysOfItsRunsAreNotRememberedBeforeTheCommit() {
    try (UnitOfWork unit = engine.engine().begin(UnitOfWork.Mode.MAY_BLOCK)) {
      Keyspace keyspace = begin(unit);
      add(keyspace, OLD, -1, 1);
      keyspace.rename(OLD, NEW);
      for (int i = 0; i < 3; i++) {
        assertThat(rank(keyspace, NEW, "m0")).isEqualTo(1);
      }
      unit.rollbackStep();
      unit.commit();
    }

    assertThat(engine.<Long>ask(keyspace -> rank(keyspace, OLD, "m0"))).isEqualTo(0);
  }

  @Test
  void laterCommandsDontChangeTheOldName() {
    engine.run(keyspace -> keyspace.rename(OLD, bytes("between")));
    try (UnitOfWork unit = engine.engine().begin(UnitOfWork.Mode.MAY_BLOCK)) {
      Keyspace keyspace = begin(unit);
      add(keyspace, bytes("between"), MEMBERS, 1);
      keyspace.rename(bytes("between"), NEW);
      unit.nextCommand();
      // So many that runs are divided.
      add(keyspace, NEW, MEMBERS + 1, MEMBERS);

      assertThat(unit.commandChanges())
          .extracting(change -> text(change.key()))
          .containsExactly("new");
      unit.commit();
    }

    assertThat(engine.<Long>ask(keyspace -> rank(keyspace, NEW, LAST))).isEqualTo(MEMBERS - 1);
  }

  private Keyspace begin(UnitOfWork unit) {
    unit.awaitAllLocks();
    unit.beginCommand(engine.nowMs());
    return unit.keyspace(0);
  }

  /** Adds members whose scores are their numbers. */
  private static void add(Keyspace keyspace, byte[] key, int first, int count) {
    List<ScoredMember> members = new ArrayList<>();
    for (int i = first; i < first + count; i++) {
      members.add(new ScoredMember(i, bytes("m" + i)));
    }
    new SortedSets(keyspace, TINY).add(key, members, AddRule.SET);
  }

  private static long rank(Keyspace keyspace, byte[] key, String member) {
    SortedSet set = requireNonNull(new SortedSets(keyspace, TINY).find(key));
    return set.rank(bytes(member), Order.ASCENDING);
  }
}
