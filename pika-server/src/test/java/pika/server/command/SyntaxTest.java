package pika.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyntaxTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "key value; key:key value:string",
        "[message]; message:string?",
        "key...; key:key*",
        "(key value)...; key_value:block*(key:key value:string)",
        "(FIRST|LAST); first_last:oneof(first:pure-token=FIRST last:pure-token=LAST)",
        "[NX|XX]; condition:oneof?(nx:pure-token=NX xx:pure-token=XX)",
        "[EX seconds:integer|KEEPTTL];"
            + " seconds_keepttl:oneof?(seconds:integer=EX keepttl:pure-token=KEEPTTL)",
        "[ID client-id:integer...]; client-id:integer=ID?*",
        "[GET pattern:pattern]...; pattern:pattern=GET?**",
        "[LIMIT (offset:integer count:integer)];"
            + " offset_count:block=LIMIT?(offset:integer count:integer)",
        "[LEN] [IDX]; len:pure-token=LEN? idx:pure-token=IDX?",
      })
  void readsTheNotation(String notation, String expected) {
    assertThat(describe(Syntax.parse(notation))).isEqualTo(expected.strip());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[key", "key]", "(a|b", "[]", "key:nonsense", "[a|]"})
  void refusesMistakes(String notation) {
    assertThatThrownBy(() -> Syntax.parse(notation)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void helpShowsTheNotationWithoutTypes() {
    assertThat(Syntax.display("key [ID client-id:integer...]")).isEqualTo("key [ID client-id ...]");
  }

  private static String describe(List<Argument> arguments) {
    return arguments.stream().map(SyntaxTest::describe).collect(Collectors.joining(" "));
  }

  private static String describe(Argument argument) {
    String repeats = switch (argument.repeats()) {
      case ONCE -> "";
      case VALUES -> "*";
      case WITH_TOKEN -> "**";
    };
    return argument.name()
        + ":"
        + argument.type().redisName().toLowerCase(Locale.ROOT)
        + (argument.token().isEmpty() ? "" : "=" + argument.token())
        + (argument.optional() ? "?" : "")
        + repeats
        + (argument.children().isEmpty() ? "" : "(" + describe(argument.children()) + ")");
  }
}
