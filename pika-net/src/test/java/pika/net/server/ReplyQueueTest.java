package pika.net.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import pika.net.resp.Reply;
import pika.net.resp.Seeded;

class ReplyQueueTest {

  private final ReplyQueue queue = new ReplyQueue();

  @Test
  void givesRepliesInTheOrderOfRequests() {
    admit(3);
    queue.complete(2, Reply.integer(2));
    queue.complete(0, Reply.integer(0));
    assertThat(polled()).containsExactly(Reply.integer(0));
    queue.complete(1, Reply.integer(1));
    assertThat(polled()).containsExactly(Reply.integer(1), Reply.integer(2));
    assertThat(queue.size()).isZero();
  }

  @Test
  void keepsTheOrderWhateverTheOrderOfReplies() {
    Seeded.check(200, random -> {
      ReplyQueue shuffled = new ReplyQueue();
      List<Long> unanswered = new ArrayList<>();
      long next = 0;
      long written = 0;
      for (int step = 0; step < 2000; step++) {
        if (random.nextInt(5) < 2 && unanswered.size() < 300) {
          unanswered.add(shuffled.admit(1));
          assertThat(unanswered).last().isEqualTo(next++);
        } else if (!unanswered.isEmpty()) {
          long sequence = unanswered.remove(random.nextInt(unanswered.size()));
          shuffled.complete(sequence, Reply.integer(sequence));
        }
        if (random.nextInt(3) == 0) {
          for (Reply reply : drain(shuffled)) {
            assertThat(reply).isEqualTo(Reply.integer(written++));
          }
        }
      }
      Collections.shuffle(unanswered, random);
      unanswered.forEach(sequence -> shuffled.complete(sequence, Reply.integer(sequence)));
      for (Reply reply : drain(shuffled)) {
        assertThat(reply).isEqualTo(Reply.integer(written++));
      }
      assertThat(written).isEqualTo(next);
      assertThat(shuffled.weightBytes()).isZero();
    });
  }

  @Test
  void writesAPushBetweenTheRepliesItIsTiedTo() {
    admit(5);
    queue.complete(0, Reply.integer(0));
    assertThat(queue.pushBetween(1, Long.MAX_VALUE, Reply.simple("behind 1"), 0))
        .isTrue();
    assertThat(queue.pushBetween(-1, 1, Reply.simple("before 1"), 0)).isTrue();
    assertThat(queue.pushBetween(2, 3, Reply.simple("behind 2"), 0)).isTrue();
    assertThat(polled()).containsExactly(Reply.integer(0), Reply.simple("before 1"));
    for (int i = 4; i > 0; i--) {
      queue.complete(i, Reply.integer(i));
    }
    assertThat(polled())
        .containsExactly(
            Reply.integer(1),
            Reply.simple("behind 1"),
            Reply.integer(2),
            Reply.simple("behind 2"),
            Reply.integer(3),
            Reply.integer(4));
    assertThat(queue.pushBetween(1, 3, Reply.simple("too late"), 0)).isFalse();
    assertThat(polled()).isEmpty();
  }

  @Test
  void writesAPushBehindTheRepliesThatWereCompleteBefore() {
    admit(4);
    queue.complete(1, Reply.integer(1));
    queue.push(Reply.bulk("message"), 10);
    assertThat(polled()).isEmpty();
    queue.complete(0, Reply.integer(0));
    queue.complete(2, Reply.integer(2));
    assertThat(polled())
        .containsExactly(
            Reply.integer(0), Reply.integer(1), Reply.bulk("message"), Reply.integer(2));
  }

  @Test
  void doesNotLetAPushWaitForARequestWithoutReply() {
    admit(1);
    queue.push(Reply.bulk("message"), 10);
    assertThat(polled()).containsExactly(Reply.bulk("message"));
  }

  @Test
  void writesNothingBehindTheEnd() {
    admit(3);
    queue.endBefore(2);
    queue.complete(0, Reply.integer(0));
    queue.complete(2, Reply.integer(2));
    assertThat(polled()).containsExactly(Reply.integer(0));
    assertThat(queue.ended()).isFalse();
    queue.complete(1, Reply.integer(1));
    assertThat(polled()).containsExactly(Reply.integer(1));
    assertThat(queue.ended()).isTrue();
  }

  @Test
  void refusesRepliesNobodyWaitsFor() {
    admit(1);
    queue.complete(0, Reply.OK);
    assertThatThrownBy(() -> queue.complete(0, Reply.OK)).hasMessageContaining("reply 0");
    polled();
    assertThatThrownBy(() -> queue.complete(0, Reply.OK)).hasMessageContaining("reply 0");
    assertThatThrownBy(() -> queue.complete(1, Reply.OK)).hasMessageContaining("reply 1");
  }

  @Test
  void givesItsMemoryBackAndGoesOn() {
    admit(1000);
    for (int i = 0; i < 1000; i++) {
      queue.complete(i, Reply.OK);
    }
    polled();
    queue.shrink();
    assertThat(queue.admit(1)).isEqualTo(1000);
    queue.complete(1000, Reply.ONE);
    assertThat(polled()).containsExactly(Reply.ONE);
  }

  private void admit(int requests) {
    for (int i = 0; i < requests; i++) {
      queue.admit(100);
    }
  }

  private List<Reply> polled() {
    return drain(queue);
  }

  private static List<Reply> drain(ReplyQueue from) {
    List<Reply> replies = new ArrayList<>();
    for (Reply reply = from.poll(); reply != null; reply = from.poll()) {
      replies.add(reply);
    }
    return replies;
  }
}
