package pika.server.proof.clients.redisson;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.redisson.api.RBucket;
import org.redisson.api.RLock;
import org.redisson.api.RReadWriteLock;
import org.redisson.api.RedissonClient;
import pika.server.proof.Await;
import pika.server.proof.Crew;

/** Locks that threads of two programs want: scripts, leases, and messages that wake who waits. */
@Timeout(60)
@SuppressWarnings("LockNotBeforeTry") // What a test leaves locked is gone with its keys.
final class LockTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int THREADS = 8;
  private static final int TIMES = 20;

  @RegisterExtension
  static final TwoPrograms programs = new TwoPrograms();

  private enum Kind {
    PLAIN,
    FAIR,
    SPIN,
    FENCED,
    WRITE;

    RLock of(RedissonClient client) {
      return switch (this) {
        case PLAIN -> client.getLock("lock");
        case FAIR -> client.getFairLock("lock");
        case SPIN -> client.getSpinLock("lock");
        case FENCED -> client.getFencedLock("lock");
        case WRITE -> client.getReadWriteLock("lock").writeLock();
      };
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void onlyOneThreadIsInside(Kind kind) throws Exception {
    Crew.of(THREADS, thread -> {
      RedissonClient client = programs.ofThread(thread);
      RLock lock = kind.of(client);
      RBucket<String> counter = client.getBucket("counter");
      for (int i = 0; i < TIMES; i++) {
        lock.lock();
        try {
          String before = counter.get();
          counter.set("" + (before == null ? 1 : Integer.parseInt(before) + 1));
        } finally {
          lock.unlock();
        }
      }
    });

    assertThat(programs.one().getBucket("counter").get()).isEqualTo("" + THREADS * TIMES);
    assertThat(kind.of(programs.one()).isLocked()).isFalse();
  }

  @Test
  void itsHolderMayEnterAgain() {
    RLock mine = programs.one().getLock("lock");
    RLock theirs = programs.other().getLock("lock");
    mine.lock();
    mine.lock();
    mine.unlock();

    assertThat(mine.getHoldCount()).isEqualTo(1);
    assertThat(theirs.tryLock()).isFalse();
    mine.unlock();
    assertThat(theirs.tryLock()).isTrue();
    theirs.unlock();
  }

  @Test
  void aLeaseEndsByItself() throws Exception {
    RLock forgotten = programs.one().getLock("lock");
    RLock waiting = programs.other().getLock("lock");
    long start = System.nanoTime();
    forgotten.lock(300, MILLISECONDS);

    assertThat(waiting.tryLock(20, 60, SECONDS)).isTrue();
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(MILLISECONDS.toNanos(299));
    assertThatThrownBy(forgotten::unlock).isInstanceOf(IllegalMonitorStateException.class);
    waiting.unlock();
  }

  @Test
  void aLockWithoutLeaseIsRenewed() throws Exception {
    RLock lock = programs.one().getLock("lock");
    lock.lock();

    for (int renewals = 0; renewals < 2; renewals++) {
      long fallen = TwoPrograms.LOCK_WATCHDOG_MS - 200;
      Await.until("time passes", PATIENCE, () -> lock.remainTimeToLive() <= fallen);
      Await.until("it is renewed", PATIENCE, () -> lock.remainTimeToLive() > fallen);
    }
    assertThat(lock.isHeldByCurrentThread()).isTrue();
    lock.unlock();
  }

  @Test
  void whoWaitsIsWokenByTheUnlock() throws Exception {
    RLock held = programs.one().getLock("lock");
    RLock wanted = programs.other().getLock("lock");
    held.lock(60, SECONDS);
    CompletableFuture<Long> waiting = CompletableFuture.supplyAsync(() -> {
      wanted.lock(60, SECONDS);
      long left = wanted.remainTimeToLive();
      wanted.unlock();
      return left;
    });
    Await.until("it waits", PATIENCE, () -> subscribers() == 1);
    assertThat(held.remainTimeToLive()).isPositive();
    held.unlock();

    assertThat(waiting.get(20, SECONDS)).isGreaterThan(55_000);
    Await.until("nobody listens any more", PATIENCE, () -> subscribers() == 0);
  }

  @Test
  void whoWaitsInVainGivesUp() throws Exception {
    RLock held = programs.one().getLock("lock");
    held.lock(60, SECONDS);

    assertThat(programs.other().getLock("lock").tryLock(100, MILLISECONDS)).isFalse();
    assertThat(held.isHeldByCurrentThread()).isTrue();
    assertThat(programs.other().getLock("lock").forceUnlock()).isTrue();
    assertThat(held.isLocked()).isFalse();
  }

  @Test
  void readersShareAndAWriterWaitsForAll() throws Exception {
    RReadWriteLock mine = programs.one().getReadWriteLock("lock");
    RReadWriteLock theirs = programs.other().getReadWriteLock("lock");
    mine.readLock().lock();

    assertThat(theirs.readLock().tryLock()).isTrue();
    assertThat(theirs.writeLock().tryLock()).isFalse();
    mine.readLock().unlock();
    theirs.readLock().unlock();
    assertThat(theirs.writeLock().tryLock()).isTrue();
    assertThat(mine.readLock().tryLock()).isFalse();
    theirs.writeLock().unlock();
  }

  @Test
  void severalLocksAreTakenTogether() throws Exception {
    RedissonClient one = programs.one();
    RLock both = one.getMultiLock(one.getLock("a"), one.getLock("b"));
    RLock second = programs.other().getLock("b");
    assertThat(second.tryLock()).isTrue();

    assertThat(both.tryLock(100, 60_000, MILLISECONDS)).isFalse();
    assertThat(one.getLock("a").isLocked()).isFalse();
    second.unlock();
    assertThat(both.tryLock(10, 60, SECONDS)).isTrue();
    assertThat(second.isLocked()).isTrue();
    both.unlock();
  }

  private static long subscribers() {
    return programs.one().getTopic("redisson_lock__channel:{lock}").countSubscribers();
  }
}
