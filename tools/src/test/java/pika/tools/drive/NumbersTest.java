package pika.tools.drive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class NumbersTest {

  private static final int DRAWS = 10_000;
  private final SplittableRandom random = new SplittableRandom(1);

  @Test
  void drawsAllAlike() {
    assertThat(draw(Numbers.below(10)).distinct().sorted().toArray())
        .isEqualTo(LongStream.range(0, 10).toArray());
  }

  @Test
  void drawsOneInAHundredNineTimesOfTen() {
    Numbers numbers = Numbers.withFavouritesBelow(100_000);

    assertThat(draw(numbers)).allMatch(number -> number < 100_000);
    assertThat(draw(numbers).filter(number -> number % 100 == 0).count())
        .isBetween(DRAWS * 89L / 100, DRAWS * 92L / 100);
    assertThat(draw(numbers).filter(number -> number % 100 == 0).distinct().count())
        .isGreaterThan(900);
  }

  @Test
  void hasAFavouriteAmongFew() {
    assertThat(draw(Numbers.withFavouritesBelow(1))).containsOnly(0L);
  }

  private LongStream draw(Numbers numbers) {
    return LongStream.generate(() -> numbers.next(random)).limit(DRAWS);
  }
}
