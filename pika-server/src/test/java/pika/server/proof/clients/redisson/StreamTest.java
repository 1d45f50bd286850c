package pika.server.proof.clients.redisson;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.api.RStream;
import org.redisson.api.stream.StreamAddArgs;
import org.redisson.api.stream.StreamCreateGroupArgs;
import org.redisson.api.stream.StreamMessageId;
import org.redisson.api.stream.StreamReadArgs;
import org.redisson.api.stream.StreamReadGroupArgs;
import pika.server.proof.Crew;

/** Streams, read by groups of consumers that wait. */
@Timeout(60)
final class StreamTest {
  private static final int ENTRIES = 300;

  @RegisterExtension
  static final TwoPrograms programs = new TwoPrograms();

  @Test
  void aGroupHandsOutEveryEntryOnce() throws Exception {
    programs
        .one()
        .getStream("stream")
        .createGroup(StreamCreateGroupArgs.name("group").makeStream());
    Set<StreamMessageId> seen = ConcurrentHashMap.newKeySet();
    AtomicInteger handedOut = new AtomicInteger();
    Crew.of(5, thread -> {
      RStream<String, String> stream = programs.ofThread(thread).getStream("stream");
      if (thread == 0) {
        for (int i = 0; i < ENTRIES; i++) {
          stream.add(StreamAddArgs.entry("number", "" + i));
        }
        return;
      }
      do {
        Map<StreamMessageId, Map<String, String>> entries = stream.readGroup(
            "group",
            "consumer " + thread,
            StreamReadGroupArgs.neverDelivered().count(7).timeout(Duration.ofMillis(50)));
        seen.addAll(entries.keySet());
        handedOut.addAndGet(entries.size());
        if (!entries.isEmpty()) {
          stream.ack("group", entries.keySet().toArray(StreamMessageId[]::new));
        }
      } while (handedOut.get() < ENTRIES);
    });
    RStream<String, String> stream = programs.one().getStream("stream");

    assertThat(seen).hasSize(ENTRIES);
    assertThat(handedOut.get()).isEqualTo(ENTRIES);
    assertThat(stream.getPendingInfo("group").getTotal()).isZero();
    assertThat(stream.getInfo().getLength()).isEqualTo(ENTRIES);
    assertThat(stream.listGroups()).singleElement().satisfies(group -> {
      assertThat(group.getConsumers()).isEqualTo(4);
      assertThat(group.getEntriesRead()).isEqualTo(ENTRIES);
      assertThat(group.getLag()).isZero();
    });
  }

  @Test
  void whatOneConsumerLeavesAnotherClaims() {
    RStream<String, String> mine = programs.one().getStream("stream");
    RStream<String, String> theirs = programs.other().getStream("stream");
    StreamMessageId id = mine.add(StreamAddArgs.entry("key", "value"));
    mine.createGroup(StreamCreateGroupArgs.name("group").id(StreamMessageId.ALL));
    mine.readGroup("group", "lazy", StreamReadGroupArgs.neverDelivered());

    assertThat(theirs.getPendingInfo("group").getConsumerNames()).containsOnlyKeys("lazy");
    assertThat(theirs
            .autoClaim("group", "keen", 0, MILLISECONDS, StreamMessageId.MIN, 10)
            .getMessages())
        .isEqualTo(Map.of(id, Map.of("key", "value")));
    assertThat(theirs.getPendingInfo("group").getConsumerNames()).containsOnlyKeys("keen");
    assertThat(theirs.removeConsumer("group", "keen")).isEqualTo(1);
  }

  @Test
  void readersBeginWhereTheyWant() {
    RStream<String, String> mine = programs.one().getStream("stream");
    StreamMessageId first = mine.add(StreamAddArgs.entry("n", "1"));
    StreamMessageId second = mine.add(StreamAddArgs.entries("n", "2", "m", "3"));
    RStream<String, String> theirs = programs.other().getStream("stream");

    assertThat(theirs.read(StreamReadArgs.greaterThan(first)))
        .isEqualTo(Map.of(second, Map.of("n", "2", "m", "3")));
    assertThat(theirs.read(StreamReadArgs.greaterThan(second).timeout(Duration.ofMillis(50))))
        .isEmpty();
    assertThat(mine.remove(first)).isEqualTo(1);
    assertThat(theirs.size()).isEqualTo(1);
  }
}
