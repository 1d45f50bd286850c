package pika.server.proof.clients.redisson;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.api.RAtomicDouble;
import org.redisson.api.RAtomicLong;
import org.redisson.api.RBitSet;
import org.redisson.api.RBucket;
import org.redisson.api.RBuckets;
import org.redisson.api.RHyperLogLog;
import org.redisson.api.RIdGenerator;
import org.redisson.api.RedissonClient;
import pika.server.proof.Crew;

/** Numbers and single values that many change at once. */
@Timeout(60)
final class NumberTest {
  private static final int THREADS = 8;
  private static final int TIMES = 100;

  @RegisterExtension
  static final TwoPrograms programs = new TwoPrograms();

  @Test
  void noStepOfACounterIsLost() throws Exception {
    Crew.of(THREADS, thread -> {
      RedissonClient client = programs.ofThread(thread);
      for (int i = 0; i < TIMES; i++) {
        client.getAtomicLong("long").incrementAndGet();
        client.getAtomicDouble("double").addAndGet(0.5);
      }
    });

    assertThat(programs.one().getAtomicLong("long").get()).isEqualTo(THREADS * TIMES);
    assertThat(programs.one().getAtomicDouble("double").get()).isEqualTo(THREADS * TIMES / 2.0);
  }

  @Test
  void aValueIsExchangedOnlyIfItIsTheOneExpected() throws Exception {
    RAtomicLong number = programs.one().getAtomicLong("number");
    assertThat(number.compareAndSet(0, 5)).isTrue();
    assertThat(number.compareAndSet(0, 6)).isFalse();
    assertThat(number.getAndDelete()).isEqualTo(5);
    RAtomicDouble real = programs.other().getAtomicDouble("real");
    assertThat(real.setIfLess(1, 1e17)).isTrue();
    assertThat(real.get()).isEqualTo(1e17);
    RBucket<String> bucket = programs.one().getBucket("bucket");
    assertThat(bucket.setIfAbsent("a", Duration.ofMinutes(1))).isTrue();
    assertThat(bucket.compareAndSet("b", "c")).isFalse();
    assertThat(bucket.compareAndSet("a", "b")).isTrue();
    assertThat(bucket.getAndExpire(Duration.ofMinutes(2))).isEqualTo("b");
    assertThat(bucket.remainTimeToLive()).isGreaterThan(60_000);
    assertThat(bucket.getAndDelete()).isEqualTo("b");
    RBuckets buckets = programs.other().getBuckets();
    assertThat(buckets.trySet(Map.of("x", "1", "y", "2"))).isTrue();
    assertThat(buckets.get("x", "nosuch")).isEqualTo(Map.of("x", "1"));
  }

  @Test
  void identifiersAreGivenOutOnce() throws Exception {
    Set<Long> seen = ConcurrentHashMap.newKeySet();
    programs.one().getIdGenerator("ids").tryInit(1, 7);
    Crew.of(THREADS, thread -> {
      RIdGenerator ids = programs.ofThread(thread).getIdGenerator("ids");
      for (int i = 0; i < TIMES; i++) {
        seen.add(ids.nextId());
      }
    });

    assertThat(seen).hasSize(THREADS * TIMES);
  }

  @Test
  void bitsAndCardinalitiesAreCounted() {
    RBitSet bits = programs.one().getBitSet("bits");
    bits.set(3, 10);
    bits.clear(5);
    RHyperLogLog<String> visitors = programs.other().getHyperLogLog("visitors");
    for (int i = 0; i < 100; i++) {
      visitors.add("visitor " + i % 20);
    }

    assertThat(bits.cardinality()).isEqualTo(6);
    assertThat(bits.length()).isEqualTo(10);
    assertThat(bits.incrementAndGetInteger(64, 8)).isEqualTo(8);
    assertThat(visitors.count()).isEqualTo(20);
  }
}
