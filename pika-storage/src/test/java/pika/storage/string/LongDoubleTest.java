package pika.storage.string;

import static org.assertj.core.api.Assertions.assertThat;
import static pika.storage.string.StringStore.bytes;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LongDoubleTest {

  /** The sums are those of redis-server 7.0 on x86. */
  @ParameterizedTest
  @CsvSource({
    "0, 3.0e3, 3000",
    "0.1, 0.2, 0.3",
    "1000.1, 0, 1000.09999999999999998",
    "1000.1, 0.25, 1000.34999999999999998",
    "0x1p-2, 1, 1.25",
    "-0x.8, 0, -0.5",
    "1e-20, -1e-20, 0",
    "-1e-20, 0, 0",
    "9223372036854775807, 1, 9223372036854775808",
    "18446744073709551615, 1, 18446744073709551616",
    "18446744073709551616, 1, 18446744073709551616",
    "1e300, -1e300, 0",
    "3.6e-4951, 1, 1",
    "1., .5, 1.5",
    "+5, -5, 0",
  })
  void sumsAreRoundedAsOnX86(String a, String b, String sum) {
    assertThat(StringStore.text(parsed(a).plus(parsed(b)).text())).isEqualTo(sum);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " 1",
        "1 ",
        "1e",
        "e1",
        ".",
        "+-1",
        "1.5.2",
        "nan",
        "nan(1)",
        "0x",
        "0x.",
        "0x1g",
        "1f",
        "1e4933",
        "1e-4952",
        "-1.2e4932",
        "0x1p16384",
        "1e99999999999",
        "1e-99999999999",
        "infin"
      })
  void whatStrtoldRefusesIsNoNumber(String text) {
    assertThat(parse(text)).isNull();
  }

  @Test
  void sumsOutOfRangeAreInfinite() {
    assertThat(parsed("1.18e4932").plus(parsed("1e4931")).isInfinite()).isTrue();
    assertThat(parsed("inf").plus(parsed("1")).isInfinite()).isTrue();
    assertThat(parsed("1").plus(parsed("-Infinity")).isInfinite()).isTrue();
  }

  @Test
  void longTextsAreNoNumbers() {
    assertThat(parse("1".repeat(LongDouble.MAX_TEXT_BYTES + 1))).isNull();
    assertThat(parse("0".repeat(LongDouble.MAX_TEXT_BYTES))).isEqualTo(LongDouble.ZERO);
  }

  private static LongDouble parsed(String text) {
    LongDouble number = parse(text);
    assertThat(number).isNotNull();
    return number;
  }

  private static @Nullable LongDouble parse(String text) {
    byte[] padded = bytes("<" + text + ">");
    return LongDouble.parse(padded, 1, text.length());
  }
}
