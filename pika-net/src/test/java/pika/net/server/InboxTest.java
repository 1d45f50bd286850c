package pika.net.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InboxTest {

  private static final int THREADS = 4;
  private static final int EACH = 50_000;

  @Test
  void deliversEverythingInEachThreadsOrderAndLosesNoWakeUp() throws Exception {
    Inbox inbox = new Inbox();
    Semaphore wakeUps = new Semaphore(0);
    int[] next = new int[THREADS];
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int thread = i;
      threads.add(new Thread(() -> addAll(inbox, wakeUps, next, thread)));
    }
    threads.forEach(Thread::start);
    int delivered = 0;
    while (delivered < THREADS * EACH) {
      assertThat(wakeUps.tryAcquire(60, TimeUnit.SECONDS))
          .as("a wake-up was lost")
          .isTrue();
      Inbox.Delivery delivery = inbox.takeAll();
      while (delivery != null) {
        Inbox.Delivery following = Inbox.after(delivery);
        delivery.deliver();
        delivered++;
        delivery = following;
      }
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(next).containsOnly(EACH);
    assertThat(inbox.takeAll()).isNull();
  }

  private static void addAll(Inbox inbox, Semaphore wakeUps, int[] next, int thread) {
    for (int i = 0; i < EACH; i++) {
      int number = i;
      boolean wake = inbox.add(new Inbox.Delivery() {
        @Override
        void deliver() {
          assertThat(next[thread]++).isEqualTo(number);
        }
      });
      if (wake) {
        wakeUps.release();
      }
    }
  }
}
