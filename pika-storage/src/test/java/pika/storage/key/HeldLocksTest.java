package pika.storage.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pika.storage.Seeds;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HeldLocksTest {
  private final KeyLocks locks = new KeyLocks();
  private final HeldLocks mine = new HeldLocks(locks);
  private final HeldLocks others = new HeldLocks(locks);

  @Test
  void aLockForWritingKeepsEverybodyOut() {
    assertThat(mine.tryLock(forWriting(7))).isTrue();

    assertThat(others.tryLock(forWriting(7))).isFalse();
    assertThat(others.tryLock(forReading(7))).isFalse();
    assertThat(others.tryLock(forWriting(8))).isTrue();
  }

  @Test
  void aLockForReadingIsShared() {
    assertThat(mine.tryLock(forReading(7))).isTrue();

    assertThat(others.tryLock(forReading(7))).isTrue();
    assertThat(others.tryLock(forWriting(7))).isFalse();
    assertThat(mine.holds(7)).isTrue();
    assertThat(mine.holdsForWriting(7)).isFalse();
  }

  @Test
  void aLockForReadingBecomesOneForWritingWhenNobodyElseReads() {
    assertThat(mine.tryLock(forReading(7))).isTrue();
    assertThat(others.tryLock(forReading(7))).isTrue();
    assertThat(mine.tryLock(forWriting(7))).isFalse();
    others.releaseAll();

    assertThat(mine.tryLock(forWriting(7))).isTrue();
    assertThat(mine.holdsForWriting(7)).isTrue();
    assertThat(others.tryLock(forReading(7))).isFalse();

    mine.releaseAll();
    assertThat(others.tryLock(forWriting(7))).isTrue();
  }

  @Test
  void whoeverFindsALockTakenIsNoticedOnce() {
    assertThat(mine.tryLock(forWriting(7))).isTrue();
    assertThat(others.tryLock(forWriting(8))).isTrue();
    assertThat(locks.takeMissed()).isFalse();

    assertThat(others.tryLock(forReading(7))).isFalse();

    assertThat(locks.takeMissed()).isTrue();
    assertThat(locks.takeMissed()).isFalse();
  }

  @Test
  void takingALockTwiceIsTakingItOnce() {
    assertThat(mine.tryLock(forWriting(7))).isTrue();
    assertThat(mine.tryLock(forWriting(7))).isTrue();
    assertThat(mine.tryLock(forReading(7))).isTrue();

    mine.releaseAll();

    assertThat(others.tryLock(forWriting(7))).isTrue();
  }

  /** Stripes 0 to 63 share one word of the bitmap of held locks. */
  @Test
  void releasingGivesBackAllLocksOfAWord() {
    for (int stripe = 0; stripe < 130; stripe++) {
      assertThat(mine.tryLock(stripe % 2 == 0 ? forWriting(stripe) : forReading(stripe)))
          .isTrue();
    }

    mine.releaseAll();

    assertThat(mine.holdsAny()).isFalse();
    for (int stripe = 0; stripe < 130; stripe++) {
      assertThat(mine.holds(stripe)).isFalse();
      assertThat(mine.holdsForWriting(stripe)).isFalse();
      assertThat(others.tryLock(forWriting(stripe))).isTrue();
    }
  }

  @Test
  void nobodyWaitsWhileHoldingALock() {
    assertThat(mine.tryLock(forWriting(7))).isTrue();

    assertThatThrownBy(() -> mine.await(new int[] {forWriting(9)}, () -> false))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> mine.awaitAll(() -> false)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void allLocksKeepEverybodyOut() {
    mine.awaitAll(() -> false);

    assertThat(mine.holdsForWriting(123)).isTrue();
    assertThat(mine.holdsAll()).isTrue();
    assertThat(others.tryLock(forReading(7))).isFalse();

    mine.releaseAll();
    assertThat(others.tryLock(forReading(7))).isTrue();
    assertThat(mine.holds(123)).isFalse();
  }

  @Test
  void whoTriesDoesNotOvertakeWhoWaitsForAll() throws Exception {
    assertThat(others.tryLock(forReading(7))).isTrue();
    CountDownLatch got = new CountDownLatch(1);
    Thread waiting = new Thread(() -> {
      mine.awaitAll(() -> false);
      got.countDown();
    });
    waiting.start();
    HeldLocks third = new HeldLocks(locks);
    while (third.tryLock(forReading(9))) {
      third.releaseAll();
    }

    others.releaseAll();

    assertThat(got.await(30, TimeUnit.SECONDS)).isTrue();
    waiting.join();
  }

  @Test
  void randomPlansOfManyThreadsNeitherMeetNorDeadlock() throws Exception {
    Seeds.run(random -> {
      int stripes = 40;
      AtomicInteger[] writers = new AtomicInteger[stripes];
      AtomicInteger[] readers = new AtomicInteger[stripes];
      for (int i = 0; i < stripes; i++) {
        writers[i] = new AtomicInteger();
        readers[i] = new AtomicInteger();
      }
      AtomicInteger alone = new AtomicInteger();
      AtomicInteger busy = new AtomicInteger();
      ExecutorService threads = Executors.newFixedThreadPool(8);
      try {
        List<Future<?>> done = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
          Random own = new Random(random.nextLong());
          done.add(threads.submit(() -> new Locker(own, writers, readers, alone, busy).run(2000)));
        }
        for (Future<?> each : done) {
          each.get();
        }
      } finally {
        threads.shutdownNow();
      }
    });
  }

  /** Takes random locks repeatedly and checks mutual exclusion. */
  private final class Locker {
    private final Random random;
    private final AtomicInteger[] writers;
    private final AtomicInteger[] readers;
    private final AtomicInteger alone;
    private final AtomicInteger busy;
    private final HeldLocks held = new HeldLocks(locks);

    Locker(
        Random random,
        AtomicInteger[] writers,
        AtomicInteger[] readers,
        AtomicInteger alone,
        AtomicInteger busy) {
      this.random = random;
      this.writers = writers;
      this.readers = readers;
      this.alone = alone;
      this.busy = busy;
    }

    void run(int rounds) {
      for (int i = 0; i < rounds; i++) {
        if (random.nextInt(50) == 0) {
          held.awaitAll(() -> false);
          assertThat(busy.get()).isZero();
          assertThat(alone.incrementAndGet()).isEqualTo(1);
          alone.decrementAndGet();
        } else {
          lockSome();
        }
        held.releaseAll();
      }
    }

    private void lockSome() {
      int[] plan = plan();
      if (random.nextBoolean()) {
        held.await(plan, () -> false);
      } else if (!tryAll(plan)) {
        return;
      }
      busy.incrementAndGet();
      assertThat(alone.get()).isZero();
      for (int wanted : plan) {
        enter(wanted);
      }
      for (int wanted : plan) {
        counters(wanted)[wanted >>> 1].decrementAndGet();
      }
      busy.decrementAndGet();
    }

    private void enter(int wanted) {
      int stripe = wanted >>> 1;
      boolean writing = (wanted & 1) != 0;
      int present = counters(wanted)[stripe].incrementAndGet();
      if (writing) {
        assertThat(present).isEqualTo(1);
        assertThat(readers[stripe].get()).isZero();
      } else {
        assertThat(writers[stripe].get()).isZero();
      }
    }

    private boolean tryAll(int[] plan) {
      for (int wanted : plan) {
        if (!held.tryLock(wanted)) {
          return false;
        }
      }
      return true;
    }

    private AtomicInteger[] counters(int wanted) {
      return (wanted & 1) != 0 ? writers : readers;
    }

    private int[] plan() {
      return random
          .ints(1 + random.nextInt(6), 0, writers.length)
          .distinct()
          .sorted()
          .map(stripe -> random.nextBoolean() ? forWriting(stripe) : forReading(stripe))
          .toArray();
    }
  }

  private static int forWriting(int stripe) {
    return stripe << 1 | 1;
  }

  private static int forReading(int stripe) {
    return stripe << 1;
  }
}
