package pika.server.proof.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import pika.server.proof.Command;
import pika.server.proof.Servers;
import pika.server.proof.Wire;

/** HOTKEYS and BIGKEYS as an operator sees them. */
final class NotableKeysTest {
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
  void largeKeysAreKnownAsSoonAsTheyAreCommittedAndUntilTheyGo() throws IOException {
    assertThat(bigKeys()).isEmpty();
    wire.ask("SETRANGE", "text", 20_000, "x");
    wire.ask("SETRANGE", "longer", 40_000, "x");
    wire.ask("SET", "short", "x");
    List<Command> adds = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      adds.add(Command.of("SADD", "members", "member " + i));
    }
    wire.askAll(adds);
    assertThat(bigKeys())
        .containsExactlyInAnyOrder(
            "0 longer string 40001", "0 text string 20001", "0 members set 3000");
    assertThat(wire.ask("BIGKEYS", "TYPE", "string", "COUNT", 1).elements()).hasSize(1);

    wire.ask("DEL", "longer");
    wire.ask("SWAPDB", 0, 5);
    assertThat(bigKeys()).containsExactlyInAnyOrder("5 text string 20001", "5 members set 3000");
    wire.ask("FLUSHALL");
    assertThat(bigKeys()).isEmpty();
  }

  @Test
  void aKeyThatIsUsedAllTheTimeIsHot() throws IOException {
    List<Command> calls = new ArrayList<>();
    for (int i = 0; i < 40_000; i++) {
      calls.add(Command.of("INCR", i % 2 == 0 ? "counter" : "k" + i));
    }
    wire.askAll(calls);
    var hottest = wire.ask("HOTKEYS", "COUNT", 1, "RESET").elements().get(0).elements();
    assertThat(hottest.get(1).text()).isEqualTo("counter");
    assertThat(Long.parseLong(hottest.get(2).text())).isBetween(15_000L, 25_000L);
    assertThat(wire.ask("HOTKEYS").elements()).isEmpty();
  }

  private List<String> bigKeys() throws IOException {
    return wire.ask("BIGKEYS").elements().stream()
        .map(entry -> String.join(
            " ", entry.elements().stream().limit(4).map(part -> part.text()).toList()))
        .toList();
  }
}
