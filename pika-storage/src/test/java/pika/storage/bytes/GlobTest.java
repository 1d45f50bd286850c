package pika.storage.bytes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import pika.storage.bytes.Glob.Case;

final class GlobTest {
  @Test
  void starsQuestionMarksAndLiterals() {
    assertMatches("*", "", "a", "anything at all");
    assertMatches("a*", "a", "ab", "abc");
    assertMatches("*a", "a", "ba", "aaa");
    assertMatches("a*b*c", "abc", "a-b-c", "aabbcc", "abcbc");
    assertMatches("a**b", "ab", "a-b");
    assertMatches("?", "a", "\n", "\u00ff");
    assertMatches("?*?", "ab", "abc");
    assertMatches("", "");

    assertMisses("a*", "", "b", "ba");
    assertMisses("a*b*c", "ab", "acb", "abcd");
    assertMisses("?", "", "ab");
    assertMisses("?*?", "a");
    assertMisses("", "a");
    assertMisses("abc", "ab", "abcd", "Abc");
  }

  @Test
  void classesAndRanges() {
    assertMatches("h[ae]llo", "hello", "hallo");
    assertMatches("h[^e]llo", "hallo", "h^llo");
    assertMatches("[a-c]", "a", "b", "c");
    assertMatches("[c-a]", "a", "b", "c");
    assertMatches("[-a]", "-", "a");
    assertMatches("[a^]", "a", "^");
    assertMatches("[\\]]", "]");
    assertMatches("[\\^]", "^");
    assertMatches("[a-]]", "]", "`", "a");

    assertMisses("h[ae]llo", "hillo", "hllo");
    assertMisses("h[^e]llo", "hello");
    assertMisses("[a-c]", "d", "-", "ab");
    assertMisses("[a-c]", "");
  }

  @Test
  void escapesTakeTheMeaningAway() {
    assertMatches("\\*", "*");
    assertMatches("\\?\\[\\\\", "?[\\");
    assertMatches("a\\", "a\\");
    assertMatches("\\a", "a");

    assertMisses("\\*", "a", "\\*");
    assertMisses("a\\", "a");
  }

  @Test
  void brokenClassesMeanWhatRedisMakesOfThem() {
    assertMatches("[abc", "a", "b", "c");
    assertMatches("[^", "a", "]");
    assertMatches("[^]", "a", "]");
    assertMatches("[a\\", "a", "\\");
    assertMatches("[a-", "a", "-");

    assertMisses("[", "[", "a");
    assertMisses("[]", "]", "a", "[]");
    assertMisses("[]a]", "a", "]", "a]");
    assertMisses("[abc", "d", "[", "[abc");
  }

  @Test
  void endsOfARangeCompareAsSignedBytes() {
    assertMatches("[\u0080-a]", "\u0080", "\u00ff", "\u0000", "a");
    assertMisses("[\u0080-a]", "b", "\u007f");
    assertMatches("[a-\u00ff]", "\u00ff", "a", "A");
    assertMisses("[a-\u00ff]", "b", "z", "\u00fe");
  }

  @Test
  void onlyTheStarAloneMatchesTheEmptyString() {
    assertThat(glob("*").matches(new byte[0])).isTrue();
    assertThat(glob("**").matches(new byte[0])).isFalse();
    assertThat(glob("**").matches(bytes("a"))).isTrue();
    assertThat(glob("*?").matches(new byte[0])).isFalse();
  }

  @Test
  void caseIsIgnoredOnRequestExceptForEscapesInClasses() {
    assertThat(matchesInAnyCase("MaxMemory", "maxmemory")).isTrue();
    assertThat(matchesInAnyCase("max*Y", "MAXMEMORY")).isTrue();
    assertThat(matchesInAnyCase("[a-c]", "B")).isTrue();
    assertThat(matchesInAnyCase("[A-C]", "b")).isTrue();
    assertThat(matchesInAnyCase("[x]", "X")).isTrue();
    assertThat(matchesInAnyCase("\\A", "a")).isTrue();
    assertThat(matchesInAnyCase("[\\A]", "a")).isFalse();
    assertThat(matchesInAnyCase("\u00c4", "\u00e4")).isFalse();
  }

  @Test
  void aPatternOfManyStarsIsNoTrap() {
    Glob trap = glob("a*a*a*a*a*a*a*a*a*a*a*a*b");
    byte[] subject = bytes("a".repeat(100_000));
    assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> assertThat(trap.matches(subject)).isFalse());
  }

  @Test
  void thePrefixIsWhatEveryMatchBeginsWith() {
    assertThat(prefix("user:*")).isEqualTo("user:");
    assertThat(prefix("us\\*er?x")).isEqualTo("us*er");
    assertThat(prefix("*user")).isEmpty();
    assertThat(prefix("a[bc]")).isEqualTo("a");
    assertThat(prefix("whole")).isEqualTo("whole");
    assertThat(new String(Glob.compile(bytes("12ab*"), Case.IGNORED).literalPrefix(), ISO_8859_1))
        .isEqualTo("12");
  }

  @Test
  void plainNamesAndTheLoneStarAreTold() {
    assertThat(glob("name").isLiteral()).isTrue();
    assertThat(glob("na\\*me").isLiteral()).isTrue();
    assertThat(glob("name*").isLiteral()).isFalse();
    assertThat(Glob.compile(bytes("name"), Case.IGNORED).isLiteral()).isFalse();
    assertThat(glob("*").matchesAll()).isTrue();
    assertThat(glob("*a").matchesAll()).isFalse();
  }

  @Test
  void aPartOfAnArrayCanBeTheSubject() {
    assertThat(glob("b?d").matches(bytes("abcde"), 1, 4)).isTrue();
    assertThat(glob("b?d").matches(bytes("abcde"), 1, 5)).isFalse();
  }

  private static void assertMatches(String pattern, String... subjects) {
    assertThat(subjects).allMatch(subject -> glob(pattern).matches(bytes(subject)), pattern);
  }

  private static void assertMisses(String pattern, String... subjects) {
    assertThat(subjects).noneMatch(subject -> glob(pattern).matches(bytes(subject)));
  }

  private static boolean matchesInAnyCase(String pattern, String subject) {
    return Glob.compile(bytes(pattern), Case.IGNORED).matches(bytes(subject));
  }

  private static String prefix(String pattern) {
    return new String(glob(pattern).literalPrefix(), ISO_8859_1);
  }

  private static Glob glob(String pattern) {
    return Glob.compile(bytes(pattern));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }
}
