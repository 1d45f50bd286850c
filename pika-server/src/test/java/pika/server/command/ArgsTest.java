package pika.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgsTest {

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 10, 42, -900, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 62})
  void readsEveryLongInItsOwnSpelling(long value) {
    assertThat(Args.parseLong(Args.bytes(Long.toString(value)))).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "+1",
        "01",
        "-01",
        "-0",
        "00",
        " 1",
        "1 ",
        "1.0",
        "1e3",
        "0x10",
        "a",
        "9223372036854775808",
        "-9223372036854775809",
        "99999999999999999999",
        "--1"
      })
  void refusesOtherSpellingsOfIntegers(String text) {
    assertThatThrownBy(() -> Args.parseLong(Args.bytes(text)))
        .isInstanceOf(CommandException.class)
        .hasMessage("ERR value is not an integer or out of range");
  }

  @Test
  void readsDoublesAsStrtodDoes() {
    assertThat(parseDouble("3.25")).isEqualTo(3.25);
    assertThat(parseDouble("-.5")).isEqualTo(-0.5);
    assertThat(parseDouble("+5.")).isEqualTo(5);
    assertThat(parseDouble("1e3")).isEqualTo(1000);
    assertThat(parseDouble("0x1F")).isEqualTo(31);
    assertThat(parseDouble("0x1.8p1")).isEqualTo(3);
    assertThat(parseDouble("inf")).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(parseDouble("-Infinity")).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(parseDouble("0e5")).isEqualTo(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " 1", "1 ", "nan", "1d", "1f", ".", "e5", "1e", "0x", "1e400", "1e-400", "1,5"
      })
  void refusesWhatStrtodRefuses(String text) {
    assertThatThrownBy(() -> parseDouble(text))
        .isInstanceOf(CommandException.class)
        .hasMessage("ERR value is not a valid float");
  }

  @Test
  void readsDecimalsOfAnyLengthToTheLastBit() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      String digits = Long.toString(random.nextLong() >>> (1 + random.nextInt(63)));
      int point = random.nextInt(digits.length() + 1);
      String text = new String[] {"", "-", "+"}[random.nextInt(3)]
          + "0".repeat(random.nextInt(3))
          + digits.substring(0, point)
          + (random.nextBoolean() ? "." : "")
          + digits.substring(point);
      // Compares bits: minus zero is not zero.
      assertThat(Double.doubleToRawLongBits(parseDouble(text)))
          .as(text)
          .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text)));
    }
  }

  @Test
  void comparesWordsIgnoringCase() {
    assertThat(Args.is(Args.bytes("kEEpttl"), "KEEPTTL")).isTrue();
    assertThat(Args.is(Args.bytes("KEEPTT"), "KEEPTTL")).isFalse();
    // 0x0b differs from K by the case bit only under careless folding.
    assertThat(Args.is(new byte[] {0x0b}, "K")).isFalse();
  }

  private static double parseDouble(String text) {
    return Args.parseDouble(Args.bytes(text));
  }
}
