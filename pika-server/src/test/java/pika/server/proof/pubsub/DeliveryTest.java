package pika.server.proof.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import pika.server.proof.Await;
import pika.server.proof.Command;
import pika.server.proof.RawReply;
import pika.server.proof.ServerProcess;
import pika.server.proof.Servers;
import pika.server.proof.Wire;

/** Messages reach all who listen, once, in one order, and those who do not read are let go. */
final class DeliveryTest {
  private static final int PUBLISHERS = 4;
  private static final int MESSAGES = 2_000;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @RegisterExtension
  static final Servers servers = new Servers();

  private static ServerProcess server;

  @BeforeAll
  static void start() {
    server =
        servers.subject("--thread-num", "4", "--client-output-buffer-limit", "pubsub 256kb 64kb 1");
  }

  @Test
  void allSubscribersOfAChannelHearOneOrder() throws Exception {
    List<Wire> subscribers = subscribers(8, "order");
    List<CompletableFuture<Long>> publishers = IntStream.range(0, PUBLISHERS)
        .mapToObj(p -> CompletableFuture.supplyAsync(() -> publish("order", p)))
        .toList();

    List<String> first = null;
    for (Wire subscriber : subscribers) {
      List<String> heard = heard(subscriber, PUBLISHERS * MESSAGES);
      assertThat(heard).as("order").isEqualTo(first == null ? heard : first);
      first = heard;
      subscriber.close();
    }

    for (CompletableFuture<Long> publisher : publishers) {
      assertThat(publisher.get()).isEqualTo((long) MESSAGES * subscribers.size());
    }
    Map<String, Integer> next = new HashMap<>();
    for (String message : first == null ? List.<String>of() : first) {
      String[] parts = message.split(":", 2);
      assertThat(Integer.parseInt(parts[1])).isEqualTo(next.merge(parts[0], 1, Integer::sum) - 1);
    }
  }

  @Test
  void oneMessageReachesThousandsOfSubscribers() throws IOException {
    List<Wire> subscribers = subscribers(2_000, "crowd");
    try (Wire publisher = server.connect()) {
      for (int i = 0; i < 20; i++) {
        assertThat(publisher.ask("PUBLISH", "crowd", i).asLong()).isEqualTo(subscribers.size());
      }
    }
    for (Wire subscriber : subscribers) {
      assertThat(heard(subscriber, 20))
          .isEqualTo(IntStream.range(0, 20).mapToObj(String::valueOf).toList());
      subscriber.close();
    }
  }

  @Test
  void whoeverHearsOfAChangeSeesIt() throws IOException {
    try (Wire writer = server.connect();
        Wire reader = server.connect();
        Wire listener = subscribers(1, "changes").get(0)) {
      for (int i = 0; i < 500; i++) {
        writer.send(Command.of("SET", "changed", i)).send(Command.of("PUBLISH", "changes", i));
        writer.flush();
        String heard = heard(listener, 1).get(0);
        assertThat(reader.ask("GET", "changed").text()).isEqualTo(heard);
        writer.receive();
        writer.receive();
      }
    }
  }

  @Test
  void whatATransactionTellsItsOwnClientComesBehindItsReply() throws IOException {
    try (Wire client = server.connect()) {
      client.ask("MULTI");
      client.ask("SUBSCRIBE", "own");
      client.ask("PUBLISH", "own", "hello");
      assertThat(client.ask("EXEC").elements()).hasSize(2);
      assertThat(client.receive()).hasToString("*[$\"message\" $\"own\" $\"hello\"]");
    }
  }

  @Test
  void aSubscriberThatDoesNotReadIsCut() throws Exception {
    String message = "x".repeat(10_000);
    try (Wire sleeper = subscribers(1, "flood").get(0);
        Wire publisher = server.connect()) {
      Await.until(
          "the sleeper is cut",
          PATIENCE,
          () -> publisher.ask("PUBLISH", "flood", message).asLong() == 0);
      assertThat(readToTheEnd(sleeper)).isTrue();
    }
  }

  @Test
  void allThatIsUnreadIsOutputMemoryAsTheLimitCountsIt() throws Exception {
    String message = "x".repeat(10_000);
    try (Wire sleeper = server.connect();
        Wire publisher = server.connect()) {
      sleeper.ask("CLIENT", "SETNAME", "dozing");
      sleeper.ask("SUBSCRIBE", "unread");
      String[] dozing = new String[1];
      // While the socket still takes bytes, the fields of a line are of different moments.
      Await.until("what is unread stays as it is", PATIENCE, () -> {
        publisher.ask("PUBLISH", "unread", message);
        String before = outputOf("dozing", publisher);
        dozing[0] = outputOf("dozing", publisher);
        return number(dozing[0], "obl") > 0 && before.equals(dozing[0]);
      });
      assertThat(number(dozing[0], "omem")).isGreaterThanOrEqualTo(number(dozing[0], "obl"));
    }
  }

  /** What CLIENT LIST says of a client's output. */
  private static String outputOf(String name, Wire asking) throws IOException {
    String line = asking
        .ask("CLIENT", "LIST")
        .text()
        .lines()
        .filter(client -> client.contains("name=" + name))
        .findFirst()
        .orElseThrow();
    return line.substring(line.indexOf(" obl="), line.indexOf(" events=") + 1);
  }

  private static long number(String clientLine, String field) {
    String rest = clientLine.substring(clientLine.indexOf(" " + field + "=") + field.length() + 2);
    return Long.parseLong(rest.substring(0, rest.indexOf(' ')));
  }

  @Test
  void aClientThatTracksAndDoesNotReadIsCut() throws Exception {
    String key = "k".repeat(10_000);
    try (Wire sleeper = server.connect();
        Wire writer = server.connect()) {
      sleeper.ask("HELLO", 3, "SETNAME", "sleeper");
      sleeper.ask("CLIENT", "TRACKING", "ON", "BCAST");
      Await.until("the sleeper is cut", PATIENCE, () -> {
        writer.ask("SET", key, "");
        return !writer.ask("CLIENT", "LIST").text().contains("name=sleeper");
      });
    }
  }

  @Test
  void whoIsGoneIsForgotten() throws Exception {
    List<Wire> subscribers = subscribers(50, "gone");
    for (Wire subscriber : subscribers) {
      subscriber.ask("PSUBSCRIBE", "gone*");
      subscriber.close();
    }
    try (Wire wire = server.connect()) {
      Await.until(
          "all are gone", PATIENCE, () -> wire.ask("PUBLISH", "gone", "x").asLong() == 0);
      assertThat(wire.ask("PUBSUB", "CHANNELS", "gone").elements()).isEmpty();
      assertThat(wire.ask("PUBSUB", "NUMPAT")).hasToString(":0");
    }
  }

  private static List<Wire> subscribers(int count, String channel) throws IOException {
    List<Wire> subscribers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Wire subscriber = server.connect();
      subscriber.ask("SUBSCRIBE", channel);
      subscribers.add(subscriber);
    }
    return subscribers;
  }

  /** How many receivers all messages of one publisher had together. */
  private static long publish(String channel, int publisher) {
    try (Wire wire = server.connect()) {
      List<Command> commands = IntStream.range(0, MESSAGES)
          .mapToObj(i -> Command.of("PUBLISH", channel, publisher + ":" + i))
          .toList();
      return wire.askAll(commands).stream().mapToLong(RawReply::asLong).sum();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> heard(Wire subscriber, int count) throws IOException {
    List<String> heard = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      heard.add(subscriber.receive().elements().get(2).text());
    }
    return heard;
  }

  private static boolean readToTheEnd(Wire wire) throws IOException {
    try {
      while (wire.receive().isAggregate()) {
        // What was sent before the limit was reached.
      }
      return false;
    } catch (EOFException | SocketException end) {
      return true;
    }
  }
}
