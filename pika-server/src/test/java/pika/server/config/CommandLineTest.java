package pika.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import pika.server.config.CommandLine.Input;

final class CommandLineTest {
  @Test
  void aFirstWordWithoutHyphenIsTheFile() {
    assertThat(CommandLine.parse(List.of("a.conf", "--port", "1")).file()).isEqualTo("a.conf");
    assertThat(CommandLine.parse(List.of("--port", "1")).file()).isNull();
    assertThat(CommandLine.parse(List.of()).options()).isEmpty();
  }

  @Test
  void aLoneHyphenInFrontOrAtTheEndReadsStandardInput() {
    assertThat(CommandLine.parse(List.of("-")).input()).isEqualTo(Input.READ);
    assertThat(CommandLine.parse(List.of("a.conf", "-")).input()).isEqualTo(Input.READ);
    assertThat(CommandLine.parse(List.of("-", "--port", "1")).input()).isEqualTo(Input.READ);
    assertThat(CommandLine.parse(List.of("a.conf", "--port", "1", "-")).input())
        .isEqualTo(Input.READ);
    assertThat(CommandLine.parse(List.of("a.conf", "--port", "1")).input())
        .isEqualTo(Input.NOT_READ);
  }

  @Test
  void optionsTakeTheWordsUpToTheNextOption() {
    assertOptions("port [1]", "--port", "1");
    assertOptions("port [1], bind [a, b]", "--Port", "1", "--bind", "a", "b");
    assertOptions("bind [127.0.0.1, -::1]", "--bind", "127.0.0.1", "-::1");
    assertOptions("port [1], timeout [2]", "--port 1", "--timeout 2");
  }

  @Test
  void theFirstWordBehindANameIsItsValueWhateverItLooksLike() {
    assertOptions("requirepass [--secret]", "--requirepass", "--secret");
    assertOptions("save [], port [1]", "--save", "--port", "1");
    assertOptions("port [1], save []", "--port", "1", "--save");
    assertOptions("save [60 10]", "--save", "60 10");
  }

  @Test
  void anythingElseIsUnexpected() {
    for (String word : List.of("-p", "--")) {
      assertThatThrownBy(() -> CommandLine.parse(List.of(word, "1")))
          .hasMessage("unexpected argument '" + word + "'");
    }
  }

  private static void assertOptions(String expected, String... arguments) {
    List<String> options = CommandLine.parse(List.of(arguments)).options().stream()
        .map(option -> option.name() + " " + option.value().words())
        .toList();
    assertThat(String.join(", ", options)).isEqualTo(expected);
  }
}
