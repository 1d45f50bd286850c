package pika.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerSpecTest {

  private static final Map<String, String> PEER = Map.of("peer", "peer -p {port}");

  @Test
  void theKnownServersComeFirst() {
    assertThat(ServerSpec.choose(PEER, List.of()))
        .extracting(ServerSpec::name)
        .containsExactly("redis", "ours", "peer");
  }

  @Test
  void theFirstOfTheChosenIsTheBaseline() {
    assertThat(ServerSpec.choose(PEER, List.of("peer", "redis")))
        .extracting(ServerSpec::name)
        .containsExactly("peer", "redis");
  }

  @Test
  void aKnownServerCanBeGivenAnotherCommand() {
    assertThat(ServerSpec.choose(Map.of("redis", "other"), List.of("redis")))
        .containsExactly(new ServerSpec("redis", "other"));
  }

  @Test
  void aVariantOfOursBuildsOnItsCommand() {
    List<ServerSpec> chosen =
        ServerSpec.choose(Map.of("slow", "{ours} --appendfsync always"), List.of("slow"));

    assertThat(chosen.get(0).command())
        .isEqualTo(ServerSpec.OURS.command() + " --appendfsync always");
  }

  @Test
  void anAddressIsAServerThatRuns() {
    assertThat(new ServerSpec("far", "127.0.0.1:6379").runningAt())
        .contains(new InetSocketAddress(InetAddress.getLoopbackAddress(), 6379));
    assertThat(new ServerSpec("far", "[::1]:6379").runningAt()).isPresent();
    assertThat(ServerSpec.REDIS.runningAt()).isEmpty();
  }

  @Test
  void unknownNamesAreRefused() {
    assertThatThrownBy(() -> ServerSpec.choose(PEER, List.of("redis", "pear")))
        .hasMessage("--compare: there are only [redis, ours, peer]");
  }

  @Test
  void namesMustBeFitForFiles() {
    assertThatThrownBy(() -> ServerSpec.choose(Map.of("../x", "y"), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void placeholdersBecomeWordsOfTheShell() {
    ServerSpec spec = new ServerSpec("x", "{home}/run --port {port} --dir {dir} --max {budget}");

    assertThat(spec.command(7000, Path.of("/tmp/it's here"), Path.of("/opt/a b"), 1024))
        .isEqualTo("'/opt/a b'/run --port 7000 --dir '/tmp/it'\\''s here' --max 1024");
  }
}
