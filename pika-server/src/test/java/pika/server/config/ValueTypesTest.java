package pika.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import pika.server.config.RawValue.Units;

/** Every kind of value: what it accepts, how it is shown, and its errors. */
final class ValueTypesTest {
  private static final String NO_INTEGER = "argument couldn't be parsed into an integer";

  @Test
  void integersAreStrictDecimals() {
    ValueType<Integer> type = NumberTypes.integer(-5, 100);
    assertReads(type, "0", "100", "-5", "42");
    assertRefuses(
        type, NO_INTEGER, "", "a", "1a", " 1", "1 ", "+1", "01", "-0", "1.5", "0x1", "1k");
    assertRefuses(type, NO_INTEGER, "9223372036854775808", "99999999999999999999");
    assertRefuses(
        type, "argument must be between -5 and 100 inclusive", "101", "-6", "9223372036854775807");
  }

  @Test
  void pathsAreNamesThatAFileCanHave() {
    assertReads(WordTypes.path(), "a", "/a b/c", ".");
    assertReads(WordTypes.pathIfAny(), "a", "");
    assertRefuses(WordTypes.path(), "argument must be a path", "");
    assertRefuses(WordTypes.path(), "argument isn't a path: Nul character not allowed", "a\0b");
    assertRefuses(
        WordTypes.pathIfAny(), "argument isn't a path: Nul character not allowed", "a\0b");
  }

  @Test
  void numbersReachTheEndsOfLong() {
    ValueType<Long> type = NumberTypes.number(Long.MIN_VALUE, Long.MAX_VALUE);
    assertReads(type, "9223372036854775807", "-9223372036854775808");
  }

  @Test
  void memoryTakesUnits() {
    ValueType<Long> type = NumberTypes.memory(0, Long.MAX_VALUE);
    assertShows(type, "0", "", "0", "b");
    assertShows(type, "1024", "1kb", "1KB", "1024b");
    assertShows(type, "1000", "1k", "1K");
    assertShows(type, "2000000", "2m");
    assertShows(type, "2097152", "2mb", "2MB");
    assertShows(type, "3000000000", "3g");
    assertShows(type, "3221225472", "3gb", "003Gb");
    assertRefuses(type, "argument must be a memory value", "1t", "-1", "1.5k", "0x1", "1 k", "k1");
    assertRefuses(
        type,
        "argument must be between 0 and 9223372036854775807 inclusive",
        "9223372036854775808",
        "99999999999999999999gb");
    assertRefuses(
        NumberTypes.memory(1024, 4096),
        "argument must be between 1024 and 4096 inclusive",
        "1k",
        "5kb");
  }

  @Test
  void bareUnitsOfPikaLinesArePowersOfTwo() throws Exception {
    ValueType<Long> type = NumberTypes.memory(0, Long.MAX_VALUE);
    assertThat(type.parse(new RawValue(List.of("4K"), Units.PIKA), null)).isEqualTo(4096);
    assertThat(type.parse(new RawValue(List.of("4k"), Units.REDIS), null)).isEqualTo(4000);
    assertThat(type.parse(new RawValue(List.of("4kb"), Units.REDIS), null)).isEqualTo(4096);
  }

  @Test
  void memoryIsWrittenInTheLargestUnitThatFits() {
    ValueType<Long> type = NumberTypes.memory(0, Long.MAX_VALUE);
    assertThat(type.printForFile(0L)).isEqualTo("0");
    assertThat(type.printForFile(1000L)).isEqualTo("1000");
    assertThat(type.printForFile(64L << 10)).isEqualTo("64kb");
    assertThat(type.printForFile(1536L << 20)).isEqualTo("1536mb");
    assertThat(type.printForFile(2048L << 30)).isEqualTo("2048gb");
  }

  @Test
  void memoryOrPercent() {
    ValueType<Long> type = NumberTypes.memoryOrPercent();
    assertReads(type, "5%", "100%", "1024", "0");
    assertShows(type, "0", "0%");
    assertRefuses(type, "percentage argument must be less or equal to 100", "101%");
    assertRefuses(
        type, "argument must be a memory or percent value", "%", "-5%", "05%", "x", "1.5%");
  }

  @Test
  void durationsTakeUnits() {
    ValueType<Long> seconds = NumberTypes.duration("s", 0, 1_000_000);
    assertShows(seconds, "90", "90", "90s", "90S", "90000ms");
    assertShows(seconds, "300", "5m");
    assertShows(seconds, "7200", "2h");
    assertShows(seconds, "86400", "1d");
    assertRefuses(seconds, "argument must be a multiple of 1s", "1500ms", "1us");
    assertRefuses(seconds, NO_INTEGER, "", "5x", "s", "-5s", "1.5s", "5 s");
    assertRefuses(
        seconds,
        "argument must be between 0 and 1000000 inclusive",
        "-1",
        "100d",
        "999999999999999999d");
    assertShows(NumberTypes.duration("us", -1, Long.MAX_VALUE), "10000", "10ms", "10000us");
    assertReads(NumberTypes.duration("us", -1, Long.MAX_VALUE), "-1");
  }

  @Test
  void fileModesAreOctal() {
    ValueType<Integer> type = NumberTypes.fileMode();
    assertReads(type, "0", "700", "777");
    assertRefuses(type, "argument couldn't be parsed as an octal number", "", "8", "7x", "-1");
    assertRefuses(type, "argument must be between 0 and 777 inclusive", "1000");
  }

  @Test
  void yesAndNo() {
    ValueType<Boolean> type = WordTypes.yesNo();
    assertReads(type, "yes", "no");
    assertShows(type, "yes", "YES", "Yes");
    assertRefuses(type, "argument must be 'yes' or 'no'", "", "y", "true", "1", "yes no");
  }

  @Test
  void yesAndNoHaveMoreSpellingsInPikaLines() throws Exception {
    ValueType<Boolean> type = WordTypes.yesNo();
    for (String yes : List.of("yes", "true", "1")) {
      assertThat(type.parse(new RawValue(List.of(yes), Units.PIKA), null)).isTrue();
    }
    for (String no : List.of("no", "False", "0")) {
      assertThat(type.parse(new RawValue(List.of(no), Units.PIKA), null)).isFalse();
    }
    assertThat(complaint(type, new RawValue(List.of("2"), Units.PIKA)))
        .isEqualTo("argument must be 'yes' or 'no'");
  }

  @Test
  void choices() {
    assertReads(WordTypes.oneOf(AppendFsync.class), "always", "everysec", "no");
    assertShows(ConfigKeys.LOGLEVEL.type(), "notice", "NOTICE", "info");
    assertRefuses(
        WordTypes.oneOf("a", "b-c"), "argument(s) must be one of the following: a, b-c", "", "c");
  }

  @Test
  void lists() {
    assertReads(ListTypes.words(), "", "a", "a b");
    assertShows(ListTypes.commaSeparated(), "a,b,c", "a,b,c", "a, b , c", "a b c");
    ValueType<List<Compression>> levels =
        ListTypes.colonSeparated(WordTypes.oneOf(Compression.class));
    assertShows(levels, "[none:lz4]", "[none:lz4]", "none:lz4", "[ none : lz4 ]");
    assertShows(levels, "", "", "[]");
    assertRefuses(
        levels,
        "argument(s) must be one of the following: none, snappy, zlib, lz4, zstd",
        "[none:rle]",
        "none;lz4");
  }

  @Test
  void percentiles() {
    ValueType<List<Double>> type = ListTypes.percentiles("p");
    assertReads(type, "", "0", "50 99 99.9 100");
    assertShows(type, "10 99.123457", "1e1 99.1234567");
    assertRefuses(type, "Invalid p parameters", "x", "nan", "50  90", " 50");
    assertRefuses(type, "p parameters should sit between [0.0,100.0]", "-1", "100.1");
  }

  @Test
  void outputLimitsMayNameSomeClassesOnly() throws Exception {
    ValueType<OutputLimits> type = OutputLimits.TYPE;
    OutputLimits limits = ConfigKeys.CLIENT_OUTPUT_BUFFER_LIMIT.defaultValue();
    OutputLimits changed = type.parse(RawValue.of("REPLICA 1kb 1k 5"), limits);
    assertThat(type.print(changed))
        .isEqualTo("normal 0 0 0 slave 1024 1000 5 pubsub 33554432 8388608 60");
    assertReads(type, "normal 0 0 0 slave 1 2 3 pubsub 4 5 6");
    assertRefuses(
        type, "Wrong number of arguments in buffer limit configuration.", "normal", "normal 1 2");
    assertRefuses(
        type, "Invalid client class specified in buffer limit configuration.", "master 1 2 3");
    assertRefuses(
        type,
        "Error in hard, soft or soft_seconds setting in buffer limit configuration.",
        "normal x 2 3",
        "normal 1 2 -1",
        "normal 1 2 3s");
  }

  @Test
  void savePoints() {
    assertReads(SavePoints.TYPE, "", "60 10", "60 10 30 0");
    assertRefuses(
        SavePoints.TYPE, "Invalid save parameters", "60", "0 1", "60 -1", "60  10", "a b");
  }

  @Test
  void keyspaceEventsAreKeptInRedisOrder() {
    ValueType<String> type = new KeyspaceEvents();
    assertReads(type, "", "AKE", "gKm", "$lshzxetdnKEm");
    assertShows(type, "AKE", "KEA", "EKg$lshzxetd", "KEAA");
    assertRefuses(type, "Invalid event class character. Use 'Ag$lshzxeKEtmdn'.", "foo", "K E", "Z");
  }

  @Test
  void oneWordSettingsTakeOneWord() {
    for (List<String> words : List.of(List.<String>of(), List.of("1", "2"))) {
      assertThat(complaint(NumberTypes.integer(0, 9), new RawValue(words, Units.REDIS)))
          .isEqualTo("wrong number of arguments");
    }
  }

  /** Asserts that texts are shown as they were parsed, and read back from a file as the same. */
  private static <T> void assertReads(ValueType<T> type, String... texts) {
    Stream.of(texts).forEach(text -> assertShows(type, text, text));
  }

  private static <T> void assertShows(ValueType<T> type, String shown, String... texts) {
    for (String text : texts) {
      try {
        T value = type.parse(RawValue.of(text), null);
        assertThat(type.print(value)).as(text).isEqualTo(shown);
        List<String> words = QuotedWords.split(type.printForFile(value));
        assertThat(type.parse(new RawValue(words, Units.REDIS), null)).as(text).isEqualTo(value);
        assertThat(type.parse(new RawValue(words, Units.PIKA), null)).as(text).isEqualTo(value);
      } catch (BadValueException e) {
        throw new AssertionError(text + ": " + e.reason(), e);
      }
    }
  }

  private static void assertRefuses(ValueType<?> type, String reason, String... texts) {
    for (String text : texts) {
      assertThat(complaint(type, RawValue.of(text))).as("'" + text + "'").isEqualTo(reason);
    }
  }

  private static String complaint(ValueType<?> type, RawValue raw) {
    try {
      return "read as " + type.parse(raw, null);
    } catch (BadValueException e) {
      return e.reason();
    }
  }
}
