package pika.storage.string;

import static org.assertj.core.api.Assertions.assertThat;
import static pika.storage.string.StringStore.bytes;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import pika.storage.bytes.Slice;

class LcsTest {

  @Test
  void findsTheSubsequenceAndItsRuns() {
    Lcs lcs = Lcs.of(slice("ohmytext"), slice("mynewtext"));
    assertThat(StringStore.text(lcs.text())).isEqualTo("mytext");
    assertThat(lcs.matches()).containsExactly(new Lcs.Match(4, 5, 4), new Lcs.Match(2, 0, 2));
  }

  @Test
  void emptyStringsHaveNothingInCommon() {
    assertThat(Lcs.of(slice(""), slice("")).length()).isZero();
    assertThat(Lcs.length(slice("abc"), slice(""))).isZero();
    assertThat(Lcs.of(slice(""), slice("abc")).matches()).isEmpty();
  }

  /**
   * Compares with the full table, traversed as in Redis; which of the strings is longer must not
   * matter.
   */
  @Test
  void agreesWithThePlainTable() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      byte[] a = letters(random);
      byte[] b = letters(random);
      Lcs lcs = Lcs.of(padded(a), padded(b));
      List<Lcs.Match> expected = plainMatches(a, b);
      assertThat(lcs.matches()).as("seed %d, round %d", seed, round).isEqualTo(expected);
      assertThat(lcs.length())
          .isEqualTo(expected.stream().mapToInt(Lcs.Match::length).sum());
      assertThat(Lcs.length(padded(a), padded(b))).isEqualTo(lcs.length());
    }
  }

  private static List<Lcs.Match> plainMatches(byte[] a, byte[] b) {
    int[][] table = new int[a.length + 1][b.length + 1];
    for (int i = 1; i <= a.length; i++) {
      for (int j = 1; j <= b.length; j++) {
        boolean same = a[i - 1] == b[j - 1];
        table[i][j] = same ? table[i - 1][j - 1] + 1 : Math.max(table[i - 1][j], table[i][j - 1]);
      }
    }
    List<Lcs.Match> matches = new ArrayList<>();
    int run = 0;
    int i = a.length;
    int j = b.length;
    while (i > 0 && j > 0) {
      if (a[i - 1] == b[j - 1]) {
        run++;
        i--;
        j--;
        continue;
      }
      addRun(matches, i, j, run);
      run = 0;
      if (table[i - 1][j] > table[i][j - 1]) {
        i--;
      } else {
        j--;
      }
    }
    addRun(matches, i, j, run);
    return matches;
  }

  private static void addRun(List<Lcs.Match> matches, int i, int j, int run) {
    if (run > 0) {
      matches.add(new Lcs.Match(i, j, run));
    }
  }

  private static byte[] letters(Random random) {
    byte[] letters = new byte[random.nextInt(40)];
    for (int i = 0; i < letters.length; i++) {
      letters[i] = (byte) ('a' + random.nextInt(3));
    }
    return letters;
  }

  private static Slice padded(byte[] bytes) {
    byte[] padded = new byte[bytes.length + 2];
    System.arraycopy(bytes, 0, padded, 1, bytes.length);
    return new Slice(padded, 1, bytes.length);
  }

  private static Slice slice(String text) {
    return Slice.of(bytes(text));
  }
}
