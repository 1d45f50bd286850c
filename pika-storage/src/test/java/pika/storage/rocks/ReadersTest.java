package pika.storage.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadersTest {
  private static final List<Integer> KEYS = IntStream.range(0, 203).boxed().toList();
  private static final List<String> VALUES = KEYS.stream().map(String::valueOf).toList();

  private final AtomicLong clock = new AtomicLong();
  private final Readers readers = new Readers(clock::get);
  private final Set<Thread> seen = ConcurrentHashMap.newKeySet();

  @AfterEach
  void end() {
    assertThat(readers.end()).isTrue();
  }

  @Test
  void whatComesFromMemoryIsReadByTheCallerAlone() {
    assertThat(readers.read(KEYS, this::values)).isEqualTo(VALUES);
    assertThat(seen).containsExactly(Thread.currentThread());
  }

  @Test
  void slowReadsOverlap() {
    CountDownLatch met = new CountDownLatch(3);
    List<String> read = readers.read(KEYS, part -> {
      boolean first = part.contains(0);
      disk();
      if (!first) {
        met.countDown();
        await(met);
      }
      return values(part);
    });

    assertThat(read).isEqualTo(VALUES);
    assertThat(seen).hasSizeGreaterThan(2);
  }

  @Test
  void nobodyWaitsForAThreadToHelp() {
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch allAreBusy = new CountDownLatch(Readers.THREADS + 1);
    CompletableFuture<List<String>> other =
        CompletableFuture.supplyAsync(() -> readers.read(KEYS, part -> {
          if (!part.contains(0)) {
            allAreBusy.countDown();
            await(end);
          }
          disk();
          return part.stream().map(String::valueOf).toList();
        }));
    await(allAreBusy);

    assertThat(readers.read(KEYS, slowly(this::values))).isEqualTo(VALUES);
    assertThat(seen).containsExactly(Thread.currentThread());

    end.countDown();
    assertThat(other.join()).isEqualTo(VALUES);
  }

  @Test
  void aFailureReachesTheCallerWhenNobodyReadsAnyMore() {
    CountDownLatch failed = new CountDownLatch(1);
    Set<Integer> begun = ConcurrentHashMap.newKeySet();
    Set<Integer> ended = ConcurrentHashMap.newKeySet();

    assertThatThrownBy(() -> readers.read(KEYS, slowly(part -> {
          if (part.contains(50)) {
            failed.countDown();
            throw new StorageException("broken");
          }
          begun.addAll(part);
          if (part.contains(60)) {
            await(failed);
          }
          ended.addAll(part);
          return values(part);
        })))
        .isInstanceOf(StorageException.class)
        .hasMessage("broken");
    assertThat(ended).isEqualTo(begun);
  }

  /** The database may be closed only when nobody reads from it. */
  @Test
  void anInterruptDoesNotEndTheWaitForWhatIsBeingRead() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    AtomicBoolean read = new AtomicBoolean();
    readers.readAhead(() -> {
      begun.countDown();
      await(mayEnd);
      read.set(true);
    });
    await(begun);
    AtomicBoolean readAtTheEnd = new AtomicBoolean();
    AtomicBoolean interruptedAtTheEnd = new AtomicBoolean();
    Thread closing = new Thread(() -> {
      Thread.currentThread().interrupt();
      readAtTheEnd.set(readers.end() && read.get());
      interruptedAtTheEnd.set(Thread.interrupted());
    });
    closing.start();
    while (closing.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    mayEnd.countDown();
    closing.join();

    assertThat(readAtTheEnd).isTrue();
    assertThat(interruptedAtTheEnd).isTrue();
  }

  @Test
  void afterTheEndTheCallerReadsAlone() {
    assertThat(readers.end()).isTrue();

    assertThat(readers.read(KEYS, slowly(this::values))).isEqualTo(VALUES);
    assertThat(seen).containsExactly(Thread.currentThread());
  }

  private List<String> values(List<Integer> part) {
    seen.add(Thread.currentThread());
    return part.stream().map(String::valueOf).toList();
  }

  private Function<List<Integer>, List<String>> slowly(Function<List<Integer>, List<String>> read) {
    return part -> {
      disk();
      return read.apply(part);
    };
  }

  private void disk() {
    clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(10));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
