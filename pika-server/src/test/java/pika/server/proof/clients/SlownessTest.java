package pika.server.proof.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import pika.server.proof.Command;
import pika.server.proof.RawReply;
import pika.server.proof.Servers;
import pika.server.proof.Wire;

/** SLOWLOG and LATENCY as an operator sees them. */
final class SlownessTest {
  private static final int FIELDS_OF_REDIS = 6;

  @RegisterExtension
  final Servers servers = new Servers();

  private Wire wire;

  @BeforeEach
  void connect() throws IOException {
    wire = servers.subject().connect();
  }

  @AfterEach
  void disconnect() throws IOException {
    wire.close();
  }

  @Test
  void theWaitForOthersIsToldApartFromExecution() throws IOException {
    wire.ask("CONFIG", "SET", "slowlog-log-slower-than", 0);
    wire.askAll(List.of(Command.of("DEBUG", "SLEEP", "0.3"), Command.of("PING", "waited")));

    assertThat(wire.ask("SLOWLOG", "GET").elements())
        .allMatch(entry -> entry.elements().size() == FIELDS_OF_REDIS);
    RawReply waited = wire.ask("SLOWLOG", "WAITS", -1).elements().stream()
        .filter(entry -> entry.elements().get(3).elements().size() == 2)
        .filter(entry -> entry.elements().get(3).elements().get(1).text().equals("waited"))
        .findFirst()
        .orElseThrow();
    assertThat(number(waited, FIELDS_OF_REDIS)).isGreaterThan(250_000);
    assertThat(number(waited, 2)).isLessThan(250_000);
  }

  @Test
  void whatTookLongIsRememberedOnceThereIsAThreshold() throws IOException {
    wire.ask("DEBUG", "SLEEP", "0.05");
    assertThat(wire.ask("LATENCY", "LATEST").elements()).isEmpty();
    wire.ask("CONFIG", "SET", "latency-monitor-threshold", 40);
    wire.ask("DEBUG", "SLEEP", "0.05");

    RawReply latest = wire.ask("LATENCY", "LATEST").elements().stream()
        .filter(event -> event.elements().get(0).text().equals("command"))
        .findFirst()
        .orElseThrow();
    assertThat(number(latest, 2)).isGreaterThanOrEqualTo(50);
    assertThat(wire.ask("LATENCY", "HISTORY", "COMMAND").elements()).isNotEmpty();
    assertThat(wire.ask("LATENCY", "GRAPH", "command").text()).startsWith("command - high ");
    assertThat(wire.ask("LATENCY", "DOCTOR").text()).contains("command: ");
    // On a busy machine any command may take as long, the next one as well.
    wire.ask("CONFIG", "SET", "latency-monitor-threshold", 0);
    assertThat(wire.ask("LATENCY", "RESET", "command", "nosuch").text()).isEqualTo("1");
    assertThat(wire.ask("LATENCY", "GRAPH", "command").text())
        .isEqualTo("ERR No samples available for event 'command'");
  }

  private static long number(RawReply entry, int field) {
    return Long.parseLong(entry.elements().get(field).text());
  }
}
