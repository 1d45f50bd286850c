package pika.server.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RidgeTest {
  @Test
  void isAPictureOfSixLinesThatNeverOverhangs() {
    for (int seed = 0; seed < 100; seed++) {
      List<String> lines = Ridge.draw(new Random(seed)).lines().toList();
      assertThat(lines).hasSize(6).allMatch(line -> line.length() == 64);
      for (int row = 1; row < lines.size(); row++) {
        assertStandsOn(lines.get(row - 1), lines.get(row));
      }
    }
  }

  /** Where there is anything above, the row below is solid. */
  private static void assertStandsOn(String above, String below) {
    for (int x = 0; x < above.length(); x++) {
      assertThat(above.charAt(x) == ' ' || below.charAt(x) == '█').isTrue();
    }
  }
}
