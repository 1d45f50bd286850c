package pika.tools;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

  @ParameterizedTest
  @ValueSource(strings = {"admin", "load", "bench", "admin bgsave", "admin scan-count"})
  void everyToolHasHelp(String command) {
    Tool tool = Tool.run((command + " --help").split(" ", -1));

    assertThat(tool.exitCode()).isZero();
    assertThat(tool.out()).startsWith("Usage: pika " + command);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nope",
        "admin",
        "admin config-get",
        "admin config-set timeout",
        "bench --rows NOPE",
        "bench --runs 0",
        "bench --clients 0",
        "bench --active 0%",
        "bench --sizes 1x",
        "bench --compare nobody",
        "bench --out ../elsewhere",
        "bench --csv",
        "load --keys -1"
      })
  void aMistakeIsToldInOneLine(String command) {
    Tool tool = Tool.run(command.split(" ", -1));

    assertThat(tool.exitCode()).isEqualTo(2);
    assertThat(tool.err().lines()).hasSize(1);
    assertThat(tool.out()).isEmpty();
  }

  @Test
  void aServerThatIsNotThereIsToldInOneLine() {
    assertThat(Tool.run("admin", "ping", "-p", "1"))
        .isEqualTo(new Tool(1, "", "admin: cannot reach 127.0.0.1:1: Connection refused\n"));
    assertThat(Tool.run("admin", "ping", "-p", "65536"))
        .isEqualTo(new Tool(1, "", "admin: --port must be between 0 and 65535\n"));
    assertThat(Tool.run("load", "-p", "1"))
        .isEqualTo(new Tool(1, "", "load: cannot reach 127.0.0.1:1: Connection refused\n"));
  }
}
