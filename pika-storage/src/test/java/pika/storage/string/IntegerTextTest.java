package pika.storage.string;

import static org.assertj.core.api.Assertions.assertThat;
import static pika.storage.string.StringStore.bytes;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntegerTextTest {

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        1,
        -1,
        10,
        -90,
        999999999999999999L,
        1000000000000000000L,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Long.MIN_VALUE + 1
      })
  void whatIsWrittenReadsBack(long value) {
    byte[] text = IntegerText.bytes(value);
    assertThat(IntegerText.parse(text, 0, text.length)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "-0",
        "00",
        "01",
        "+1",
        " 1",
        "1 ",
        "1a",
        "a",
        "--1",
        "9223372036854775808",
        "-9223372036854775809",
        "9999999999999999999",
        "-9999999999999999999",
        "10000000000000000000",
        "18446744073709551616"
      })
  void otherSpellingsAreNoIntegers(String text) {
    byte[] padded = bytes("1" + text + "1");
    assertThat(IntegerText.isInteger(padded, 1, text.length())).isFalse();
  }
}
