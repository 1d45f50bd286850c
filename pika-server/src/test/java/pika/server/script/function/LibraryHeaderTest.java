package pika.server.script.function;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LibraryHeaderTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "#!lua name=lib~return 1 | lib",
        "#!LUA  NAME=Lib_1  ~ | Lib_1",
        "#!lua name=\"lib\"~ | lib",
      })
  void theNameIsInTheFirstLine(String code, String name) {
    assertThat(LibraryHeader.nameIn(bytes(code))).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | ERR Missing library metadata",
        "return 1 | ERR Missing library metadata",
        "#!lua name=lib | ERR Invalid library metadata",
        "#!lua name=\"li b~ | ERR Invalid library metadata",
        "#!js~ | ERR Library name was not given",
        "#!js name=lib~ | ERR Engine 'js' not found",
        "#!js name=a-b~ | ERR Library names can only contain letters, numbers, or underscores(_) and must be at least one"
            + " character long",
        "#!lua name=a name=b~ | ERR Invalid metadata value, name argument was given multiple times",
        "#!lua foo=1~ | ERR Invalid metadata value given: foo=1",
        "#! lua name=lib~ | ERR Invalid metadata value given: lua",
      })
  void whatIsWrongIsSaidAsRedisSaysIt(String code, String text) {
    assertThatThrownBy(() -> LibraryHeader.nameIn(bytes(code))).hasMessage(text);
  }

  @Test
  void linesKeepTheirNumbers() {
    assertThat(LibraryHeader.body(bytes("#!lua name=a~x"))).isEqualTo(bytes("~x"));
  }

  private static byte[] bytes(String code) {
    return code.replace('~', '\n').getBytes(ISO_8859_1);
  }
}
