package pika.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class QuotedWordsTest {
  @Test
  void blanksSeparateWords() throws Exception {
    assertThat(QuotedWords.split("  save  60\t10 ")).containsExactly("save", "60", "10");
    assertThat(QuotedWords.split(" \t ")).isEmpty();
  }

  @Test
  void quotesHoldAWordTogether() throws Exception {
    assertThat(QuotedWords.split("a \"b c\" 'd e' \"\" ''"))
        .containsExactly("a", "b c", "d e", "", "");
    assertThat(QuotedWords.split("pre\"fix ed\"")).containsExactly("prefix ed");
    assertThat(QuotedWords.split("'it\\'s' 'a\\n'")).containsExactly("it's", "a\\n");
  }

  @Test
  void escapesWorkInDoubleQuotesOnly() throws Exception {
    assertThat(QuotedWords.split("\"\\n\\r\\t\\b\\a\\\"\\\\\\x41\\q\""))
        .containsExactly("\n\r\t\b\u0007\"\\Aq");
    assertThat(QuotedWords.split("a\\nb")).containsExactly("a\\nb");
    assertThat(QuotedWords.split("\"\\xc3\\xa9\\xzz\"")).containsExactly("\u00e9xzz");
  }

  @Test
  void aQuoteMustCloseAndEndItsWord() {
    for (String line : new String[] {"\"a", "'a", "\"a\"b", "'a'b", "\"a\\"}) {
      assertThatThrownBy(() -> QuotedWords.split(line))
          .hasMessage("Unbalanced quotes in configuration line");
    }
  }

  @Test
  void bytesThatAreNoTextAreRefused() {
    assertThatThrownBy(() -> QuotedWords.split("\"\\xff\""))
        .hasMessage("argument must be valid UTF-8 text");
  }

  @Test
  void whatIsQuotedIsReadBack() throws Exception {
    String[] texts = {
      "plain",
      "",
      " ",
      "two words",
      "q\"uo'te",
      "back\\slash",
      "\n\r\t\b\u0007\u0001\u007f",
      "\u00e9\u20ac",
      ":",
      ":x"
    };
    for (String text : texts) {
      assertThat(QuotedWords.split(QuotedWords.quote(text))).containsExactly(text);
    }
    assertThat(QuotedWords.quote("plain-1.2:3/#")).isEqualTo("plain-1.2:3/#");
  }
}
