package pika.server.proof.clients.redisson;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.api.RCountDownLatch;
import org.redisson.api.RPermitExpirableSemaphore;
import org.redisson.api.RSemaphore;
import pika.server.proof.Crew;

/** Permits and latches: what lets in a number of threads, and what lets all go at once. */
@Timeout(60)
final class SemaphoreTest {
  private static final int THREADS = 8;
  private static final int PERMITS = 3;

  @RegisterExtension
  static final TwoPrograms programs = new TwoPrograms();

  @Test
  void noMoreAreInsideThanThereArePermits() throws Exception {
    programs.one().getSemaphore("permits").trySetPermits(PERMITS);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Crew.of(THREADS, thread -> {
      RSemaphore semaphore = programs.ofThread(thread).getSemaphore("permits");
      for (int i = 0; i < 20; i++) {
        semaphore.acquire();
        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
        inside.decrementAndGet();
        semaphore.release();
      }
    });

    assertThat(most.get()).isBetween(1, PERMITS);
    assertThat(programs.one().getSemaphore("permits").availablePermits()).isEqualTo(PERMITS);
  }

  @Test
  void aPermitThatIsNotGivenBackComesBackByItself() throws Exception {
    RPermitExpirableSemaphore mine = programs.one().getPermitExpirableSemaphore("leases");
    RPermitExpirableSemaphore theirs = programs.other().getPermitExpirableSemaphore("leases");
    assertThat(mine.trySetPermits(1)).isTrue();
    long start = System.nanoTime();
    String forgotten = mine.acquire(300, MILLISECONDS);

    String permit = theirs.tryAcquire(20, 60, SECONDS);
    assertThat(permit).isNotNull();
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(MILLISECONDS.toNanos(299));
    assertThat(mine.tryRelease(forgotten)).isFalse();
    assertThat(theirs.tryRelease(permit)).isTrue();
    assertThat(mine.availablePermits()).isEqualTo(1);
  }

  @Test
  void theLastCountOpensTheLatch() throws Exception {
    RCountDownLatch mine = programs.one().getCountDownLatch("latch");
    RCountDownLatch theirs = programs.other().getCountDownLatch("latch");
    assertThat(mine.trySetCount(2)).isTrue();
    CompletableFuture<Boolean> waiting =
        CompletableFuture.supplyAsync(() -> await(theirs, Duration.ofSeconds(30)));

    mine.countDown();
    assertThat(await(mine, Duration.ofMillis(50))).isFalse();
    theirs.countDown();
    assertThat(waiting.get(20, SECONDS)).isTrue();
    assertThat(mine.getCount()).isZero();
  }

  private static boolean await(RCountDownLatch latch, Duration limit) {
    try {
      return latch.await(limit.toMillis(), MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
