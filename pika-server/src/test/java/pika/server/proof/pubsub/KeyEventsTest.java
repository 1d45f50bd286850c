package pika.server.proof.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import pika.server.proof.Await;
import pika.server.proof.Command;
import pika.server.proof.RawReply;
import pika.server.proof.ServerProcess;
import pika.server.proof.Servers;
import pika.server.proof.Wire;

/** When keyspace events come, and which. What they are called is compared with Redis elsewhere. */
final class KeyEventsTest {
  @RegisterExtension
  static final Servers servers = new Servers();

  private static ServerProcess server;

  private Wire actor;
  private Wire listener;

  @BeforeAll
  static void start() {
    server = servers.subject();
  }

  @BeforeEach
  void connect() throws IOException {
    actor = server.connect();
    listener = server.connect();
    actor.ask("FLUSHALL");
    actor.ask("CONFIG", "SET", "notify-keyspace-events", "AKE");
  }

  @Test
  void anExpiredKeyIsToldSoonWithoutAnybodyTouchingIt() throws IOException {
    listener.ask("PSUBSCRIBE", "__keyevent@0__:expired");
    long start = System.nanoTime();
    for (int i = 0; i < 100; i++) {
      actor.ask("SET", "k" + i, "v", "PX", 50);
    }
    List<String> expired = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      expired.add(listener.receive().elements().get(3).text());
    }
    assertThat(expired).doesNotHaveDuplicates().hasSize(100);
    assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(10).toNanos());
  }

  @Test
  void fieldsThatExpireAreToldAndTheHashThatGoesWithThem() throws IOException {
    listener.ask("PSUBSCRIBE", "__keyevent@0__:*");
    actor.ask("HSET", "h", "a", "1", "b", "2", "c", "3");
    actor.ask("HPEXPIRE", "h", 20, "FIELDS", 1, "a");
    assertThat(heard(3)).containsExactly("hset", "hexpire", "hexpired");
    actor.ask("HEXPIRE", "h", 0, "FIELDS", 1, "b");
    assertThat(heard(1)).containsExactly("hdel");
    actor.ask("HPEXPIRE", "h", 20, "FIELDS", 1, "c");
    assertThat(heard(3)).containsExactly("hexpire", "hexpired", "del");
  }

  @Test
  void aChangeThatFindsFieldsWhoseTimeIsOverTellsThemFirst() throws Exception {
    actor.ask("DEBUG", "SET-ACTIVE-EXPIRE", 0);
    listener.ask("PSUBSCRIBE", "__keyevent@0__:*");
    actor.ask("HSET", "h", "a", "1", "b", "2");
    actor.ask("HPEXPIRE", "h", 1, "FIELDS", 1, "a");
    Await.until(
        "the field is over",
        Duration.ofSeconds(5),
        () -> actor.ask("HLEN", "h").text().equals("1"));
    actor.ask("HSET", "h", "c", "3");
    actor.ask("DEBUG", "SET-ACTIVE-EXPIRE", 1);
    assertThat(heard(4)).containsExactly("hset", "hexpire", "hexpired", "hset");
  }

  /** As a Redis that has these commands tells it, 8.0. */
  @Test
  void fieldsThatAreSetOrReadWithTheirDeadline() throws Exception {
    actor.ask("DEBUG", "SET-ACTIVE-EXPIRE", 0);
    listener.ask("PSUBSCRIBE", "__keyevent@0__:*");
    actor.ask("HSET", "h", "a", "1", "b", "2");
    actor.ask("HSETEX", "h", "EX", 100, "FIELDS", 1, "a", "2");
    actor.ask("HSETEX", "h", "PX", 0, "FIELDS", 1, "a", "2");
    assertThat(heard(5)).containsExactly("hset", "hset", "hexpire", "hset", "hdel");
    actor.ask("HGETEX", "h", "FIELDS", 1, "b");
    actor.ask("HGETEX", "h", "EX", 100, "FIELDS", 1, "b");
    actor.ask("HGETEX", "h", "PERSIST", "FIELDS", 1, "b");
    actor.ask("HGETEX", "h", "PX", 1, "FIELDS", 1, "b");
    assertThat(heard(3)).containsExactly("hexpire", "hpersist", "hexpire");
    Await.until(
        "the field is over",
        Duration.ofSeconds(5),
        () -> actor.ask("HTTL", "h", "FIELDS", 1, "b").elements().get(0).asLong() == -2);
    actor.ask("HGETEX", "h", "FIELDS", 1, "b");
    actor.ask("SET", "end", "");
    actor.ask("DEBUG", "SET-ACTIVE-EXPIRE", 1);
    assertThat(heard(3)).containsExactly("hexpired", "del", "set");
  }

  private List<String> heard(int events) throws IOException {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      String channel = listener.receive().elements().get(2).text();
      names.add(channel.substring(channel.indexOf(':') + 1));
    }
    return names;
  }

  @Test
  void onlyTheChosenClassesAreTold() throws IOException {
    actor.ask("CONFIG", "SET", "notify-keyspace-events", "Eg");
    listener.ask("PSUBSCRIBE", "*");
    actor.ask("SET", "k", "v");
    actor.ask("DEL", "k");
    actor.ask("CONFIG", "SET", "notify-keyspace-events", "");
    actor.ask("SET", "k", "v");
    actor.ask("DEL", "k");
    actor.ask("PUBLISH", "end", "x");

    assertThat(listener.receive().elements().get(2).text()).isEqualTo("__keyevent@0__:del");
    assertThat(listener.receive().elements().get(2).text()).isEqualTo("end");
  }

  @Test
  void whatIsTakenBackIsNotTold() throws IOException {
    listener.ask("PSUBSCRIBE", "*");
    actor.ask("SET", "k", "text");
    assertThat(actor.ask("INCR", "k").isError()).isTrue();
    actor.ask("PUBLISH", "end", "x");

    assertThat(listener.receive().elements().get(3).text()).isEqualTo("set");
    assertThat(listener.receive().elements().get(3).text()).isEqualTo("k");
    assertThat(listener.receive().elements().get(2).text()).isEqualTo("end");
  }

  @Test
  void theEventsOfAKeyComeInTheOrderOfItsValues() throws IOException {
    listener.ask("SUBSCRIBE", "__keyspace@0__:counter");
    List<Command> commands = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      commands.add(i % 3 == 2 ? Command.of("DEL", "counter") : Command.of("INCR", "counter"));
    }
    actor.askAll(commands);

    List<String> heard = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      heard.add(listener.receive().elements().get(2).text());
    }
    for (int i = 0; i < 300; i++) {
      assertThat(heard.get(i)).isEqualTo(i % 3 == 2 ? "del" : "incrby");
    }
  }

  @Test
  void aClientThatListensItselfHearsItsEventBeforeTheReply() throws IOException {
    actor.ask("HELLO", 3);
    actor.ask("SUBSCRIBE", "__keyevent@0__:set");
    for (int i = 0; i < 20; i++) {
      actor.send(Command.of("SET", "k" + i, "v"));
    }
    actor.flush();
    for (int i = 0; i < 20; i++) {
      RawReply event = actor.receive();
      assertThat(event.elements().get(2).text()).isEqualTo("k" + i);
      assertThat(actor.receive()).hasToString("+OK");
    }
  }
}
