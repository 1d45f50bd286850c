package pika.net.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import pika.net.resp.Reply;
import pika.net.transport.Transport;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ListeningTest {

  @TempDir
  Path directory;

  @ParameterizedTest
  @EnumSource
  void servesAUnixSocket(Transport transport) throws Exception {
    Path path = directory.resolve("socket");
    Files.writeString(path, "left over");
    try (Running running = Running.with(
        transport, options -> options.unixSocket(path, 0700).port(-1).loops(2))) {
      assertThat(running.server.addresses()).isEmpty();
      assertThat(Files.getPosixFilePermissions(path))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
      try (RawClient client = RawClient.connect(path)) {
        assertThat(client.call("PING")).isEqualTo(Reply.simple("PONG"));
        Connection connection = running.onlyConnection();
        assertThat(connection.remoteAddress()).isEqualTo(path + ":0");
        assertThat(connection.isUnixSocket()).isTrue();
      }
    }
    assertThat(path).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void refusesAPortThatIsTakenAndNamesIt(int loops) throws Exception {
    try (Running first = Running.with(options -> options.loops(loops))) {
      assertThatThrownBy(() -> Running.with(options -> options.loops(loops).port(first.port())))
          .isInstanceOf(BindException.class)
          .hasMessageContaining("127.0.0.1:" + first.port())
          .hasMessageContaining("Address already in use");
    }
  }

  @Test
  void listensOnSeveralAddressesAndGoesWithoutOptionalOnes() throws Exception {
    List<BindAddress> bind = List.of(
        address("127.0.0.1"),
        address("127.0.0.2"),
        new BindAddress(InetAddress.getByName("192.0.2.1"), true));
    try (Running running = Running.with(options -> options.bind(bind).loops(2))) {
      assertThat(running.server.addresses()).hasSize(2);
      int port = running.server.addresses().get(1).getPort();
      try (RawClient client = RawClient.connect("127.0.0.2", port)) {
        assertThat(client.call("PING")).isEqualTo(Reply.simple("PONG"));
      }
    }
  }

  @Test
  void refusesAnAddressThisMachineDoesNotHave() throws Exception {
    List<BindAddress> bind = List.of(address("127.0.0.1"), address("192.0.2.1"));
    assertThatThrownBy(() -> Running.with(options -> options.bind(bind)))
        .isInstanceOf(BindException.class)
        .hasMessageContaining("192.0.2.1");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void listensOnAllAddressesOfBothFamilies(int loops) throws Exception {
    List<BindAddress> bind =
        List.of(address("0.0.0.0"), new BindAddress(InetAddress.getByName("::"), true));
    try (Running running = Running.with(options -> options.bind(bind).loops(loops));
        RawClient client = running.client()) {
      assertThat(client.call("PING")).isEqualTo(Reply.simple("PONG"));
      assertThat(running.onlyConnection().remoteAddress()).startsWith("127.0.0.1:");
    }
  }

  @ParameterizedTest
  @EnumSource
  void spreadsConnectionsOverTheLoops(Transport transport) throws Exception {
    try (Running running = Running.with(transport, options -> options.loops(2))) {
      List<RawClient> clients = new ArrayList<>();
      // The kernel distributes by hash: all on one side happens once in 2^39 runs.
      for (int i = 0; i < 40; i++) {
        RawClient client = running.client();
        client.call("PING");
        clients.add(client);
      }
      assertThat(running.server.connections())
          .extracting(connection -> connection.loop().index())
          .contains(0, 1);
      Running.closeAll(clients);
    }
  }

  @Test
  void acceptsNobodyAfterItWasToldTo() throws Exception {
    try (Running running = Running.withDefaults();
        RawClient client = running.client()) {
      int port = running.port();
      client.call("PING");
      running.server.stopAccepting();
      assertThatThrownBy(() -> RawClient.connect("127.0.0.1", port).close())
          .hasMessageContaining("refused");
      assertThat(client.call("PING")).isEqualTo(Reply.simple("PONG"));
    }
  }

  private static BindAddress address(String name) throws Exception {
    return new BindAddress(InetAddress.getByName(name), false);
  }
}
