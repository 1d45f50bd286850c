package pika.server.proof.clients.redisson;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.api.DeletedObjectListener;
import org.redisson.api.ExpiredObjectListener;
import org.redisson.api.RBucket;
import org.redisson.api.RPatternTopic;
import org.redisson.api.RReliableTopic;
import org.redisson.api.RShardedTopic;
import org.redisson.api.RTopic;
import pika.server.proof.Await;
import pika.server.proof.Wire;

/** Messages between programs, also after a connection is lost; and keyspace events. */
@Timeout(60)
final class TopicTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @RegisterExtension
  static final TwoPrograms programs = new TwoPrograms();

  private final Queue<String> heard = new ConcurrentLinkedQueue<>();

  @Test
  void messagesReachAllListenersInOrder() throws Exception {
    RPatternTopic all = programs.one().getPatternTopic("news.*");
    all.addListener(String.class, (pattern, channel, message) -> heard.add(message));
    programs.other().getTopic("news.a").addListener(String.class, (channel, message) -> {});
    RTopic topic = programs.other().getTopic("news.a");
    for (int i = 0; i < 100; i++) {
      assertThat(topic.publish("" + i)).isEqualTo(2);
    }

    Await.until("all are heard", PATIENCE, () -> heard.size() == 100);
    assertThat(heard.stream().mapToInt(Integer::parseInt)).isSorted();
    all.removeAllListeners();
    topic.removeAllListeners();
  }

  @Test
  void whoIsCutOffListensAgain() throws Exception {
    RTopic mine = programs.one().getTopic("cut");
    mine.addListener(String.class, (channel, message) -> heard.add(message));
    try (Wire operator = programs.server().connect()) {
      operator.ask("CLIENT", "KILL", "TYPE", "pubsub");
    }
    RTopic theirs = programs.other().getTopic("cut");

    Await.until("it is back", PATIENCE, () -> theirs.publish("again") == 1);
    Await.until("heard", PATIENCE, () -> heard.contains("again"));
    mine.removeAllListeners();
  }

  @Test
  void aShardedTopicIsAWorldOfItsOwn() throws Exception {
    RShardedTopic mine = programs.one().getShardedTopic("topic");
    mine.addListener(String.class, (channel, message) -> heard.add(message));

    assertThat(programs.other().getTopic("topic").publish("plain")).isZero();
    assertThat(programs.other().getShardedTopic("topic").publish("sharded")).isEqualTo(1);
    Await.until("it is heard", PATIENCE, () -> !heard.isEmpty());
    assertThat(heard).containsExactly("sharded");
    mine.removeAllListeners();
  }

  @Test
  void aReliableTopicKeepsWhatNobodyHeardYet() throws Exception {
    RReliableTopic mine = programs.one().getReliableTopic("reliable");
    RReliableTopic theirs = programs.other().getReliableTopic("reliable");
    String listener = mine.addListener(String.class, (channel, message) -> heard.add(message));
    for (int i = 0; i < 10; i++) {
      assertThat(theirs.publish("" + i)).isEqualTo(1);
    }

    Await.until("all are heard", PATIENCE, () -> heard.size() == 10);
    assertThat(heard).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    mine.removeListener(listener);
  }

  @Test
  void objectsTellWhenTheyGo() throws Exception {
    try (Wire operator = programs.server().connect()) {
      operator.ask("CONFIG", "SET", "notify-keyspace-events", "Egx");
    }
    RBucket<String> deleted = programs.one().getBucket("deleted");
    RBucket<String> expired = programs.one().getBucket("expired");
    deleted.addListener((DeletedObjectListener) name -> heard.add("deleted " + name));
    expired.addListener((ExpiredObjectListener) name -> heard.add("expired " + name));
    programs.other().getBucket("deleted").set("x");
    programs.other().getBucket("expired").set("x", Duration.ofMillis(50));
    programs.other().getBucket("deleted").delete();

    Await.until("both are heard", PATIENCE, () -> heard.size() == 2);
    assertThat(heard).containsExactlyInAnyOrder("deleted deleted", "expired expired");
  }
}
