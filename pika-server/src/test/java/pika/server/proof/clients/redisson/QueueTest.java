package pika.server.proof.clients.redisson;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.api.RBlockingDeque;
import org.redisson.api.RBlockingQueue;
import org.redisson.api.RDelayedQueue;
import org.redisson.api.RPriorityQueue;
import pika.server.proof.Crew;

/** Queues: taken from by threads that wait, filled by scripts when a delay is over. */
@Timeout(60)
final class QueueTest {
  private static final int TAKERS = 6;
  private static final int GIVERS = 2;
  private static final int EACH_GIVES = 300;

  @RegisterExtension
  static final TwoPrograms programs = new TwoPrograms();

  @Test
  void everyElementIsTakenOnce() throws Exception {
    Set<String> taken = ConcurrentHashMap.newKeySet();
    AtomicInteger takes = new AtomicInteger();
    Crew.of(TAKERS + GIVERS, thread -> {
      RBlockingQueue<String> queue = programs.ofThread(thread).getBlockingQueue("queue");
      if (thread < GIVERS) {
        for (int i = 0; i < EACH_GIVES; i++) {
          queue.put(thread + ":" + i);
        }
        return;
      }
      for (int i = 0; i < GIVERS * EACH_GIVES / TAKERS; i++) {
        taken.add(queue.take());
        takes.incrementAndGet();
      }
    });

    assertThat(takes.get()).isEqualTo(GIVERS * EACH_GIVES);
    assertThat(taken).hasSize(GIVERS * EACH_GIVES);
    assertThat(programs.one().getBlockingQueue("queue").isEmpty()).isTrue();
  }

  @Test
  void whoWaitsInVainHasAnAnswerInTime() throws Exception {
    RBlockingDeque<String> deque = programs.one().getBlockingDeque("deque");

    assertThat(deque.poll(100, MILLISECONDS)).isNull();
    deque.putFirst("first");
    deque.putLast("last");
    assertThat(deque.pollLastFromAny(1, SECONDS, "nosuch")).isEqualTo("last");
    assertThat(deque.pollLastAndOfferFirstTo("elsewhere", 1, SECONDS)).isEqualTo("first");
    assertThat(programs.other().getDeque("elsewhere").peek()).isEqualTo("first");
  }

  @Test
  @SuppressWarnings("deprecation") // The successor is not in the free edition.
  void delayedElementsComeInTheOrderOfTheirTimes() throws Exception {
    RBlockingQueue<String> queue = programs.one().getBlockingQueue("queue");
    RDelayedQueue<String> delayed = programs.one().getDelayedQueue(queue);
    RBlockingQueue<String> same = programs.other().getBlockingQueue("queue");
    while (!offeredInTime(delayed)) {
      delayed.clear();
      queue.clear();
    }

    assertThat(same.poll(20, SECONDS)).isEqualTo("first");
    assertThat(same.poll(20, SECONDS)).isEqualTo("second");
    assertThat(same.poll(20, SECONDS)).isEqualTo("third");
    assertThat(delayed).isEmpty();
    delayed.destroy();
  }

  /**
   * The delays begin when they are told: false when that took so long that one may have overtaken
   * another.
   */
  @SuppressWarnings("deprecation") // The successor is not in the free edition.
  private static boolean offeredInTime(RDelayedQueue<String> delayed) {
    long start = System.nanoTime();
    delayed.offer("third", 600, MILLISECONDS);
    delayed.offer("second", 400, MILLISECONDS);
    delayed.offer("first", 200, MILLISECONDS);
    delayed.offer("taken back", 500, MILLISECONDS);
    boolean isTakenBack = delayed.remove("taken back");
    boolean isInTime = System.nanoTime() - start < MILLISECONDS.toNanos(190);
    assertThat(isTakenBack || !isInTime).isTrue();
    return isInTime;
  }

  @Test
  void aPriorityQueueIsAlwaysInOrder() throws Exception {
    Crew.of(4, thread -> {
      RPriorityQueue<String> queue = programs.ofThread(thread).getPriorityQueue("sorted");
      for (int i = 0; i < 5; i++) {
        queue.add("%02d".formatted(i * 4 + thread));
      }
    });
    RPriorityQueue<String> queue = programs.one().getPriorityQueue("sorted");

    assertThat(queue.readAll()).hasSize(20).isSorted();
    assertThat(queue.poll()).isEqualTo("00");
  }
}
