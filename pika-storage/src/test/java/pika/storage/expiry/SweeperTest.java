package pika.storage.expiry;

import static org.assertj.core.api.Assertions.assertThat;
import static pika.storage.key.TestEngine.bytes;
import static pika.storage.key.TestEngine.record;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.storage.key.DataType;
import pika.storage.key.Deadlines;
import pika.storage.key.DueParts;
import pika.storage.key.ExpiryListener;
import pika.storage.key.KeyRecord;
import pika.storage.key.Keyspace;
import pika.storage.key.TestEngine;
import pika.storage.key.UnitOfWork;

class SweeperTest {
  @TempDir
  Path directory;

  private TestEngine store;
  private Sweeper sweeper;

  @BeforeEach
  void open() {
    store = TestEngine.in(directory);
    sweeper = new Sweeper(new Deadlines(store.engine(), DueParts.NONE), store::nowMs);
  }

  @AfterEach
  void close() {
    store.audit();
    store.close();
  }

  @Test
  void removesWhatIsDueAndNothingElse() {
    put("soon", 10);
    put("later", 20);
    store.run(k -> k.put(bytes("never"), record("x")));

    store.pass(9);
    sweeper.run();
    assertThat(keyCount()).isEqualTo(3);

    store.pass(1);
    sweeper.run();
    assertThat(keyCount()).isEqualTo(2);
    assertThat(store.engine().expiryCount(0)).isEqualTo(1);

    store.pass(10);
    sweeper.run();
    assertThat(keyCount()).isEqualTo(1);
    assertThat(store.engine().expiryCount(0)).isZero();
  }

  @Test
  void waitsForThoseWhoAreToldOfEachKey() {
    AtomicBoolean overrun = new AtomicBoolean(true);
    sweeper.onExpired(new ExpiryListener() {
      @Override
      public void expired(int database, byte[] key, DataType type) {}

      @Override
      public boolean isOverrun() {
        return overrun.get();
      }
    });
    put("k", 10);
    store.pass(10);
    sweeper.run();
    assertThat(keyCount()).isEqualTo(1);

    overrun.set(false);
    sweeper.run();
    assertThat(keyCount()).isZero();
  }

  @Test
  void leavesExpiredKeysWhereTheyAreAsLongAsItMust() {
    AtomicBoolean leaves = new AtomicBoolean(true);
    store.engine().leaveExpiredWhile(leaves::get);
    put("k", 10);
    store.pass(10);
    sweeper.run();
    assertThat(keyCount()).isEqualTo(1);

    leaves.set(false);
    sweeper.run();
    assertThat(keyCount()).isZero();
  }

  @Test
  void meetsEveryDatabase() {
    for (int number = 0; number < TestEngine.DATABASES; number++) {
      int database = number;
      store.run(k -> k.sibling(database).put(bytes("k"), record("x", store.nowMs() + 10)));
    }
    store.pass(10);

    sweeper.run();

    for (int number = 0; number < TestEngine.DATABASES; number++) {
      assertThat(store.engine().keyCount(number)).isZero();
    }
  }

  @Test
  void followsADeadlineThatChanges() {
    put("k", 10);
    put("k", 30);
    store.pass(10);
    sweeper.run();
    assertThat(keyCount()).isEqualTo(1);

    put("k", 5);
    store.pass(5);
    sweeper.run();
    assertThat(keyCount()).isZero();
  }

  @Test
  void takesADeadlineBackThatIsTakenAway() {
    put("k", 10);
    store.run(k -> k.put(bytes("k"), record("x", KeyRecord.NEVER)));
    store.pass(1000);

    sweeper.run();

    assertThat(keyCount()).isEqualTo(1);
  }

  @Test
  void removesManyInSteps() {
    store.run(k -> {
      for (int i = 0; i < 1000; i++) {
        k.put(bytes("k" + i), record("x", store.nowMs() + i));
      }
    });
    store.pass(499);

    sweeper.run();

    assertThat(keyCount()).isEqualTo(500);
    store.audit();
    store.pass(1000);
    sweeper.run();
    assertThat(keyCount()).isZero();
  }

  @Test
  void doesNotRunWhileItIsTurnedOff() {
    put("k", 10);
    store.pass(10);

    sweeper.enabled(false);
    sweeper.run();
    assertThat(keyCount()).isEqualTo(1);

    sweeper.enabled(true);
    sweeper.run();
    assertThat(keyCount()).isZero();
  }

  @Test
  void findsWhatAnEarlierProcessLeft() {
    put("k", 10);
    store.close();
    open();
    store.pass(10);

    sweeper.run();

    assertThat(keyCount()).isZero();
  }

  @Test
  void costsNothingWhenNothingIsDue() {
    put("k", 10);
    sweeper.run();
    assertThat(store.engine().mayHoldExpired(0, store.nowMs() + 9)).isFalse();
    assertThat(store.engine().mayHoldExpired(0, store.nowMs() + 10)).isTrue();
  }

  /** Values with much to remove must not add up to a long time under lock. */
  @Test
  void givesKeysBackBeforeItGoesOnWithOthersForLong() {
    List<byte[]> removed = new ArrayList<>();
    List<Boolean> firstIsFree = new ArrayList<>();
    DueParts slow = (keyspace, userKey) -> {
      if (!removed.isEmpty()) {
        firstIsFree.add(canLock(removed.get(0)));
      }
      removed.add(userKey);
      keyspace.delete(userKey);
      long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(5);
      while (System.nanoTime() < until) {
        Thread.onSpinWait();
      }
    };
    store.run(k -> {
      for (String key : List.of("a", "b", "c")) {
        k.put(bytes(key), record("x").withPartsDue(store.nowMs() + 10));
      }
    });
    store.pass(10);

    new Sweeper(new Deadlines(store.engine(), slow), store::nowMs).run();

    assertThat(removed).hasSize(3);
    assertThat(firstIsFree).containsExactly(true, true);
  }

  private boolean canLock(byte[] key) {
    try (UnitOfWork other = store.engine().begin(UnitOfWork.Mode.MAY_BLOCK)) {
      return other.tryLock(key);
    }
  }

  /** The bound must not claim that nothing has expired before expired keys are gone. */
  @Test
  void leavesNoMomentInWhichExpiredKeysSeemNotToBeThere() {
    put("a", 10);
    put("b", 10);
    store.pass(10);
    try (UnitOfWork holder = store.engine().begin(UnitOfWork.Mode.MAY_BLOCK)) {
      assertThat(holder.tryLock(bytes("a"))).isTrue();
      Thread sweeping = new Thread(sweeper::run);
      sweeping.start();
      while (sweeping.getState() != Thread.State.TIMED_WAITING) {
        assertThat(store.engine().mayHoldExpired(0, store.nowMs())).isTrue();
        Thread.onSpinWait();
      }
      assertThat(store.engine().mayHoldExpired(0, store.nowMs())).isTrue();
      holder.commit();
      join(sweeping);
    }
    assertThat(store.engine().mayHoldExpired(0, store.nowMs())).isFalse();
    assertThat(keyCount()).isZero();
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void put(String key, long liveMs) {
    store.run(k -> k.put(bytes(key), record("x", store.nowMs() + liveMs)));
  }

  private long keyCount() {
    return store.ask(Keyspace::size);
  }
}
