package pika.net.resp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DecimalTest {

  @Test
  void printsEveryLong() {
    Seeded.check(10_000, random -> assertPrinted(random.nextLong() >> random.nextInt(64)));
    assertPrinted(0);
    assertPrinted(Long.MIN_VALUE);
    assertPrinted(Long.MAX_VALUE);
    for (long power = 1; power <= Long.MAX_VALUE / 10; power *= 10) {
      assertPrinted(power - 1);
      assertPrinted(power);
      assertPrinted(-power);
    }
  }

  @Test
  void readsLengthsStrictly() {
    assertThat(parse("0")).isZero();
    assertThat(parse("-1")).isEqualTo(-1);
    assertThat(parse("123456789012345678")).isEqualTo(123456789012345678L);
    for (String bad : new String[] {"", "-", "+1", "01", "-0", " 1", "1 ", "1a", "9".repeat(19)}) {
      assertThat(parse(bad)).as(bad).isEqualTo(Decimal.INVALID);
    }
  }

  private static long parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return Decimal.parse(bytes, 0, bytes.length);
  }

  private static void assertPrinted(long value) {
    byte[] out = new byte[24];
    int end = Decimal.put(value, out, 2);
    assertThat(new String(out, 2, end - 2, StandardCharsets.US_ASCII)).isEqualTo("" + value);
  }
}
