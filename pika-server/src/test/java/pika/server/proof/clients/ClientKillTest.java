package pika.server.proof.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import pika.server.proof.ServerProcess;
import pika.server.proof.Servers;
import pika.server.proof.Wire;

/** CLIENT LIST shows who is connected, CLIENT KILL ends whom it names, and nobody else. */
final class ClientKillTest {
  private static final Pattern ADDRESS = Pattern.compile(" addr=(\\S+)");

  @RegisterExtension
  static final Servers servers = new Servers();

  private static ServerProcess server;

  private final List<Wire> connected = new ArrayList<>();
  private Wire operator;
  private Wire victim;
  private Wire bystander;

  @BeforeAll
  static void start() {
    server = servers.subject();
  }

  @BeforeEach
  void connect() throws IOException {
    operator = server.connect();
    victim = server.connect();
    bystander = server.connect();
    connected.addAll(List.of(operator, victim, bystander));
  }

  @AfterEach
  void disconnect() throws IOException {
    for (Wire wire : connected) {
      wire.close();
    }
  }

  @Test
  void byIdEndsThatConnection() throws IOException {
    assertThat(operator.ask("CLIENT", "KILL", "ID", id(victim))).hasToString(":1");

    assertThat(victim.isClosedByPeer()).isTrue();
    assertThat(bystander.ask("PING")).hasToString("+PONG");
  }

  @Test
  void theCallersOwnRequestIsInItsBuffer() throws IOException {
    assertThat(operator.ask("CLIENT", "INFO").text()).contains(" qbuf=26 ");
    assertThat(operator.ask("CLIENT", "LIST").text()).containsOnlyOnce(" qbuf=26 ");
  }

  @Test
  void byAddressEndsThatConnection() throws IOException {
    Matcher address = ADDRESS.matcher(victim.ask("CLIENT", "INFO").text());
    assertThat(address.find()).isTrue();

    assertThat(operator.ask("CLIENT", "KILL", address.group(1))).hasToString("+OK");
    assertThat(victim.isClosedByPeer()).isTrue();
    assertThat(bystander.ask("PING")).hasToString("+PONG");
  }

  @Test
  void byUserSparesWhoAsks() throws IOException {
    // Who is connected but not accepted yet can't be found by the command.
    victim.ask("PING");
    bystander.ask("PING");

    operator.ask("CLIENT", "KILL", "USER", "default");

    assertThat(victim.isClosedByPeer()).isTrue();
    assertThat(bystander.isClosedByPeer()).isTrue();
    assertThat(operator.ask("PING")).hasToString("+PONG");
  }

  @Test
  void ofOneselfAnswersAndThenCloses() throws IOException {
    long self = id(operator);

    assertThat(operator.ask("CLIENT", "KILL", "ID", self, "SKIPME", "no")).hasToString(":1");
    assertThat(operator.isClosedByPeer()).isTrue();
  }

  @Test
  void listShowsNamesDatabasesAndLastCommands() throws IOException {
    victim.ask("CLIENT", "SETNAME", "somebody");
    victim.ask("SELECT", 7);
    victim.ask("GET", "key");

    assertThat(operator.ask("CLIENT", "LIST", "ID", id(victim)).text())
        .contains(" name=somebody ", " db=7 ", " cmd=client|id ", " user=default ");
    assertThat(operator
            .ask("CLIENT", "LIST", "ID", id(victim), id(bystander))
            .text()
            .lines())
        .hasSize(2);
  }

  private static long id(Wire wire) throws IOException {
    return wire.ask("CLIENT", "ID").asLong();
  }
}
