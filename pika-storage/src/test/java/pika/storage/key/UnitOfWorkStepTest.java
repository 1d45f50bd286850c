package pika.storage.key;

import static org.assertj.core.api.Assertions.assertThat;
import static pika.storage.key.TestEngine.bytes;
import static pika.storage.key.TestEngine.record;
import static pika.storage.key.TestEngine.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Steps of several commands: what each of them sees, and what can be rolled back. */
class UnitOfWorkStepTest extends OpenUnit {
  @Test
  void aCommandThatIsTakenBackLeavesThoseBeforeIt() {
    beginStep();
    keyspace.put(bytes("a"), record("1"));
    RowValue.put(keyspace, "rows", 3);
    unit.nextCommand();
    keyspace.put(bytes("a"), record("2"));
    keyspace.put(bytes("b"), record("2"));
    RowValue.put(keyspace, "rows", 5);
    unit.afterCommit(() -> {
      throw new AssertionError("taken back");
    });

    unit.rollbackCommand();
    unit.commit();

    assertThat(value("a")).isEqualTo("1");
    assertThat(value("b")).isNull();
    assertThat(rows()).hasSize(3);
    store.audit();
  }

  @Test
  void whatFollowsARollbackCanBeTakenBackAsWell() {
    beginStep();
    keyspace.put(bytes("a"), record("1"));
    unit.nextCommand();
    keyspace.put(bytes("a"), record("2"));
    unit.rollbackCommand();
    keyspace.put(bytes("a"), record("3"));

    unit.rollbackCommand();
    unit.commit();

    assertThat(value("a")).isEqualTo("1");
  }

  @Test
  void aStepIsTakenBackAsAWholeAndWhatCameBeforeStays() {
    AtomicInteger told = new AtomicInteger();
    beginStep();
    keyspace.put(bytes("before"), record("x"));
    RowValue.put(keyspace, "rows", 2);
    unit.afterCommit(told::incrementAndGet);
    unit.beginCommand(store.nowMs());
    keyspace.put(bytes("before"), record("y"));
    RowValue.put(keyspace, "rows", 4);
    unit.afterCommit(told::incrementAndGet);
    unit.nextCommand();
    keyspace.put(bytes("a"), record("1"));
    keyspace.sibling(1).flush();
    assertThat(keyspace.get(bytes("absent"))).isNull();
    unit.nextCommand();
    keyspace.delete(bytes("before"));

    unit.rollbackStep();
    unit.commit();

    assertThat(value("before")).isEqualTo("x");
    assertThat(value("a")).isNull();
    assertThat(rows()).hasSize(2);
    assertThat(told).hasValue(1);
    assertThat(store.engine().misses().sum()).isLessThanOrEqualTo(2);
    store.audit();
  }

  @Test
  void eachCommandOfAStepTellsItsOwnChanges() {
    beginStep();
    keyspace.put(bytes("a"), record("1"));
    assertThat(changed()).containsExactly("a");
    unit.nextCommand();
    assertThat(changed()).isEmpty();
    keyspace.put(bytes("b"), record("1"));
    keyspace.put(bytes("a"), record("2"));
    assertThat(changed()).containsExactly("b", "a");

    assertThat(unit.stepChanged(key -> text(key.userKey()).equals("a"))).isTrue();
    unit.nextCommand();
    assertThat(unit.stepChanged(key -> text(key.userKey()).equals("a"))).isTrue();
  }

  @Test
  void walksMeetWhatTheStepHasAddedAndNotWhatItHasRemoved() {
    store.run(k -> k.put(bytes("gone"), record("x")));
    store.run(k -> k.put(bytes("kept"), record("x")));
    beginStep();
    keyspace.put(bytes("added"), record("1"));
    keyspace.delete(bytes("gone"));
    unit.nextCommand();

    assertThat(walked(keyspace.walkByHash(0))).containsExactlyInAnyOrder("added", "kept");
    assertThat(walked(keyspace.walkByName(new byte[0]))).containsExactly("added", "kept");
    assertThat(keyspace.size()).isEqualTo(2);
  }

  @Test
  void whatIsWrittenAfterAFlushOfTheSameStepStays() {
    store.run(k -> k.put(bytes("old"), record("x")));
    beginStep();
    keyspace.put(bytes("old"), record("y"));
    keyspace.put(bytes("older"), record("y"));
    unit.nextCommand();
    keyspace.flush();
    unit.nextCommand();
    assertThat(keyspace.get(bytes("old"))).isNull();
    keyspace.put(bytes("new"), record("z"));
    assertThat(keyspace.size()).isEqualTo(1);

    unit.commit();

    assertThat(value("old")).isNull();
    assertThat(value("older")).isNull();
    assertThat(value("new")).isEqualTo("z");
    assertThat(store.engine().keyCount(0)).isEqualTo(1);
  }

  @Test
  void waitingForLocksEndsWhenItIsGivenUpWithNothingHeld() {
    try (UnitOfWork other = store.engine().begin(UnitOfWork.Mode.MAY_BLOCK)) {
      other.awaitLocks(LockPlan.forWritingOne(bytes("k")));

      assertThat(
              unit.awaitLocks(LockPlan.of(List.of(bytes("j"), bytes("k")), List.of()), () -> true))
          .isFalse();
      assertThat(unit.awaitAllLocks(() -> true)).isFalse();
      assertThat(unit.holdsLocks()).isFalse();
    }
    assertThat(unit.awaitAllLocks(() -> false)).isTrue();
  }

  @Test
  void aUnitThatIsSoonDoneLocksALargeValueThatItReadsUnlessSomebodyWritesIt() {
    store.run(k -> RowValue.put(k, "large", 3));
    try (UnitOfWork brief = store.engine().begin(UnitOfWork.Mode.MAY_BLOCK_BRIEFLY)) {
      brief.beginCommand(store.nowMs());
      assertThat(RowValue.get(brief.keyspace(0), "large")).hasSize(3);
      assertThat(unit.tryLock(bytes("large"))).isFalse();
      brief.commit();

      assertThat(unit.tryLock(bytes("large"))).isTrue();
      unit.beginCommand(store.nowMs());
      RowValue.put(keyspace, "large", 5);
      brief.beginCommand(store.nowMs());
      assertThat(RowValue.get(brief.keyspace(0), "large")).hasSize(3);
    }
    unit.commit();
  }

  private void beginStep() {
    unit.awaitAllLocks();
    unit.beginCommand(store.nowMs());
  }

  private @Nullable Map<String, String> rows() {
    return store.find(k -> RowValue.get(k, "rows"));
  }

  private List<String> changed() {
    return unit.commandChanges().stream().map(change -> text(change.key())).toList();
  }

  private @Nullable String value(String key) {
    KeyRecord found = store.find(k -> k.get(bytes(key)));
    return found == null ? null : text(found.payload());
  }

  private static List<String> walked(KeyWalk walk) {
    List<String> keys = new ArrayList<>();
    try (walk) {
      for (; walk.valid(); walk.next()) {
        keys.add(text(walk.userKey()));
      }
    }
    return keys;
  }
}
