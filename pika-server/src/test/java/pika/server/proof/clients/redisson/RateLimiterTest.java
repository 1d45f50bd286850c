package pika.server.proof.clients.redisson;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.api.RRateLimiter;
import org.redisson.api.RateType;
import pika.server.proof.Crew;

/** So many in so much time, whoever asks: a script over packed numbers in a sorted set. */
@Timeout(60)
final class RateLimiterTest {
  @RegisterExtension
  static final TwoPrograms programs = new TwoPrograms();

  @Test
  void exactlySoManyPass() throws Exception {
    AtomicInteger passed = new AtomicInteger();
    programs.one().getRateLimiter("rate").trySetRate(RateType.OVERALL, 50, Duration.ofHours(1));
    Crew.of(8, thread -> {
      RRateLimiter limiter = programs.ofThread(thread).getRateLimiter("rate");
      for (int i = 0; i < 20; i++) {
        if (limiter.tryAcquire()) {
          passed.incrementAndGet();
        }
      }
    });

    assertThat(passed.get()).isEqualTo(50);
    assertThat(programs.one().getRateLimiter("rate").availablePermits()).isZero();
  }

  @Test
  void aRateIsForAllOrForEachProgram() {
    RRateLimiter mine = programs.one().getRateLimiter("each");
    RRateLimiter theirs = programs.other().getRateLimiter("each");
    mine.trySetRate(RateType.PER_CLIENT, 1, Duration.ofHours(1));

    assertThat(mine.tryAcquire()).isTrue();
    assertThat(mine.tryAcquire()).isFalse();
    assertThat(theirs.tryAcquire()).isTrue();
  }

  @Test
  void whoWaitsPassesWhenTimeHasPassed() {
    RRateLimiter limiter = programs.one().getRateLimiter("rate");
    limiter.trySetRate(RateType.OVERALL, 2, Duration.ofMillis(200));
    long start = System.nanoTime();
    limiter.acquire(2);

    assertThat(limiter.tryAcquire(2, Duration.ofSeconds(20))).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(198));
  }
}
