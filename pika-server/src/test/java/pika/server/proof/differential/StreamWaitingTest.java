package pika.server.proof.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import pika.server.proof.Await;
import pika.server.proof.Command;
import pika.server.proof.ServerProcess;
import pika.server.proof.Servers;
import pika.server.proof.Wire;

/** Clients that wait for entries of streams, alone and in groups, get what Redis gives them. */
final class StreamWaitingTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @RegisterExtension
  final Servers servers = new Servers();

  /** One server with an operator and two clients; remembers what the clients were told. */
  private static final class Stage implements AutoCloseable {
    final Wire operator;
    final Wire alice;
    final Wire bob;
    final List<String> heard = new ArrayList<>();

    Stage(ServerProcess server) throws Exception {
      operator = server.connect();
      alice = server.connect();
      bob = server.connect();
    }

    void tell(Object... words) throws Exception {
      operator.ask(words);
    }

    void waits(Wire client, Object... words) throws Exception {
      int before = operator.figure("clients", "blocked_clients");
      client.send(Command.of(words)).flush();
      Await.until(
          "a client waits",
          SOON,
          () -> operator.figure("clients", "blocked_clients") == before + 1);
    }

    void hears(Wire client) throws Exception {
      heard.add(client.receive().inFull());
    }

    @Override
    public void close() throws Exception {
      operator.close();
      alice.close();
      bob.close();
    }
  }

  /** What happens on a stage. */
  @FunctionalInterface
  private interface Scene {
    void play(Stage stage) throws Exception;
  }

  @Test
  void readersGetWhatIsAddedBehindWhatTheyHaveSeen() throws Exception {
    assertSame(stage -> {
      stage.tell("XADD", "s", "1-1", "f", "old");
      stage.waits(stage.alice, "XREAD", "BLOCK", 0, "STREAMS", "s", "$");
      stage.waits(stage.bob, "XREAD", "BLOCK", 0, "STREAMS", "t", "s", "0", "5-0");
      stage.tell("XADD", "s", "2-1", "f", "new");
      stage.hears(stage.alice);
      stage.tell("XADD", "s", "5-1", "f", "newer");
      stage.hears(stage.bob);
      stage.waits(stage.alice, "XREAD", "BLOCK", 0, "STREAMS", "u", "0");
      stage.tell("RENAME", "s", "u");
      stage.hears(stage.alice);
    });
  }

  @Test
  void aReaderThatGetsNothingIsToldSo() throws Exception {
    assertSame(stage -> {
      stage.tell("XADD", "s", "1-1", "f", "v");
      stage.heard.add(stage.alice.ask("XREAD", "BLOCK", 50, "STREAMS", "s", "$").inFull());
      stage.tell("XGROUP", "CREATE", "s", "g", "$");
      stage.heard.add(stage
          .alice
          .ask("XREADGROUP", "GROUP", "g", "c", "BLOCK", 50, "STREAMS", "s", ">")
          .inFull());
    });
  }

  @Test
  void eachEntryGoesToOneOfTheConsumersThatWait() throws Exception {
    assertSame(stage -> {
      stage.tell("XGROUP", "CREATE", "s", "g", "$", "MKSTREAM");
      stage.waits(
          stage.alice, "XREADGROUP", "GROUP", "g", "alice", "BLOCK", 0, "STREAMS", "s", ">");
      stage.waits(stage.bob, "XREADGROUP", "GROUP", "g", "bob", "BLOCK", 0, "STREAMS", "s", ">");
      stage.tell("XADD", "s", "1-1", "f", "first");
      stage.hears(stage.alice);
      stage.tell("XADD", "s", "1-2", "f", "second");
      stage.hears(stage.bob);
      stage.heard.add(stage.operator.ask("XPENDING", "s", "g").inFull());
    });
  }

  /**
   * As Redis has it from 7.2 on: the command is tried again, and fails as it would have at once.
   */
  @Test
  void aConsumerIsToldThatItsGroupIsGone() throws Exception {
    try (Stage stage = new Stage(servers.subject())) {
      for (String end : List.of("XGROUP DESTROY s g", "DEL s", "SET s x")) {
        stage.tell("DEL", "s");
        stage.tell("XGROUP", "CREATE", "s", "g", "$", "MKSTREAM");
        stage.waits(stage.alice, "XREADGROUP", "GROUP", "g", "c", "BLOCK", 0, "STREAMS", "s", ">");
        stage.tell((Object[]) end.split(" "));
        stage.hears(stage.alice);
      }
      String noGroup =
          "-NOGROUP No such key 's' or consumer group 'g' in XREADGROUP with GROUP option";
      assertThat(stage.heard.get(0)).startsWith(noGroup);
      assertThat(stage.heard.get(1)).startsWith(noGroup);
      assertThat(stage.heard.get(2)).startsWith("-WRONGTYPE");
    }
  }

  private void assertSame(Scene scene) throws Exception {
    try (Stage redis = new Stage(servers.redis());
        Stage ours = new Stage(servers.subject())) {
      scene.play(redis);
      scene.play(ours);
      assertThat(ours.heard).isEqualTo(redis.heard);
    }
  }
}
