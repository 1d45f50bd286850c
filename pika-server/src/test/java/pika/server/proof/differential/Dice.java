package pika.server.proof.differential;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import pika.server.proof.Notation;

/**
 * The source of all randomness of a story: a seed and the pools from which arguments are drawn. The
 * pools are small, so that commands meet on the same keys and lengths.
 *
 * <p>One rule holds for every number drawn here: none lies between one million and four thousand
 * million. Wherever a misplaced argument ends up, it neither makes a server allocate gigabytes (as
 * an offset) nor lets a key expire in the middle of a story (as a time to live).
 */
final class Dice {
  /** All keys of all stories. */
  static final List<String> KEYS = words("""
      k0 k1 k2 k3 k4 "" {tag}k[a]* K0 "bin\\x00\\r\\n\\xff" quite-a-long-key-to-fit-in-little-room
      """);

  private static final List<String> HOSTILE = words("""
      "" 0 -1 abc 1.5 " 1" "1 " +1 -0 007 0x10 1e3 nan -inf 4294967296 18446744073709551616
      9223372036854775807 9223372036854775808 -9223372036854775808 -9223372036854775809
      NX xx GET * "\\r\\n" "\\x00" "\\xff\\xfe"
      """);
  private static final List<String> INTEGERS = words("""
      0 1 -1 2 10 -10 255 4096 4611686018427387904 9223372036854775806 9223372036854775807
      -9223372036854775807 -9223372036854775808
      """);
  private static final List<String> FLOATS = words("""
      0 -0 1.5 -1.5 0.1 3.0 3.0e3 1e-5 1e17 -1e-17 1e400 inf -inf nan 0x10 " 1" "1 " 1e .5 5. ""
      12345678901234567890 0.00000000000000001
      """);
  private static final List<String> PAST_OR_WRONG = words("""
      0 -1 -1000 abc "" 1.5 " 7" 9223372036854775807 -9223372036854775808 9223372036854776
      9223372036854775808
      """);

  /** Around the lengths at which an encoding or a chunk ends. */
  private static final int[] LENGTHS = {1, 2, 3, 7, 20, 43, 44, 45, 64, 127, 300, 1000, 4096};

  private static final int[] LARGE_LENGTHS = {16_383, 16_384, 65_536, 70_000, 300_000};
  private static final int NOISE_BYTES = 400_000;

  private final SplittableRandom random;
  private final byte[] noise = new byte[NOISE_BYTES];

  Dice(long seed) {
    this.random = new SplittableRandom(seed);
    random.nextBytes(noise);
  }

  /** Starts a command whose arguments are drawn from these dice. */
  Draft command(Object... words) {
    return new Draft(this).and(words);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  String oneOf(String... words) {
    return words[below(words.length)];
  }

  String oneOf(List<String> words) {
    return words.get(below(words.size()));
  }

  String key() {
    return KEYS.get(chance(80) ? below(5) : below(KEYS.size()));
  }

  /** Mostly 0 to 2, so that databases meet; sometimes any of the sixteen; seldom none at all. */
  String database() {
    if (chance(4)) {
      return oneOf("16", "-1", "abc", "", "1.0");
    }
    return "" + (chance(70) ? below(3) : below(16));
  }

  byte[] value() {
    int kind = below(100);
    if (kind < 12) {
      return Notation.bytes("" + below(1000));
    } else if (kind < 28) {
      return Notation.bytes(oneOf(INTEGERS));
    } else if (kind < 40) {
      return Notation.bytes(oneOf(FLOATS));
    } else if (kind < 48) {
      return Notation.bytes(oneOf(HOSTILE));
    } else if (kind < 72) {
      return text(LENGTHS[below(LENGTHS.length)]);
    }
    return noise(kind < 97 ? LENGTHS[below(LENGTHS.length)] : largeLength());
  }

  String integer() {
    return chance(8) ? oneOf(HOSTILE) : oneOf(INTEGERS);
  }

  String floatingPoint() {
    return oneOf(FLOATS);
  }

  String hostile() {
    return oneOf(HOSTILE);
  }

  /** An index into a string, from either end; sometimes far outside. */
  String index() {
    int kind = below(100);
    if (kind < 70) {
      return "" + between(-50, 60);
    }
    return kind < 92 ? "" + between(-80_000, 80_000) : integer();
  }

  /**
   * Where to write in a string: near its start, now and then where a chunk ends, seldom too far.
   */
  String offset(int most) {
    int kind = below(100);
    if (kind < 60) {
      return "" + below(100);
    } else if (kind < 85) {
      return "" + below(10_000);
    }
    return kind < 95 ? "" + below(most) : oneOf("4294967296", "-1", "abc", "");
  }

  /** A time to live that outlasts the story, or one that is refused or already over. */
  String seconds() {
    return chance(10) ? pastOrWrong() : "" + between(100_000, 999_000);
  }

  String millis() {
    return chance(10) ? pastOrWrong() : "" + between(600_000, 999_000);
  }

  String unixSeconds() {
    return chance(10) ? pastOrWrong() : "" + random.nextLong(5_000_000_000L, 6_000_000_000L);
  }

  String unixMillis() {
    return chance(10)
        ? pastOrWrong()
        : "" + random.nextLong(5_000_000_000_000L, 6_000_000_000_000L);
  }

  private String pastOrWrong() {
    return oneOf(PAST_OR_WRONG);
  }

  private int largeLength() {
    return LARGE_LENGTHS[below(LARGE_LENGTHS.length)];
  }

  private byte[] text(int length) {
    byte[] text = new byte[length];
    for (int i = 0; i < length; i++) {
      text[i] = (byte) ('a' + below(4));
    }
    return text;
  }

  private byte[] noise(int length) {
    int start = below(noise.length - length);
    return Arrays.copyOfRange(noise, start, start + length);
  }

  /** Choices as a transcript writes arguments: quoted where they must be. */
  static List<String> words(String line) {
    return Notation.words(line).stream().map(Notation::text).toList();
  }
}
