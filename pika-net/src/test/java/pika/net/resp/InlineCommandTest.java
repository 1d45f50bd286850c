package pika.net.resp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The expected words are those redis-server 7.0 gets from the same lines. */
class InlineCommandTest {

  @Test
  void splitsAtBlanks() throws Exception {
    assertThat(split("  set\tk   v \r")).containsExactly("set", "k", "v");
    assertThat(split("a\u000bb\f")).containsExactly("a\u000bb\f");
    assertThat(split(" \t ")).isEmpty();
  }

  @Test
  void readsEscapesInDoubleQuotes() throws Exception {
    assertThat(split("\"a\\x41\\xfF\\n\\r\\t\\b\\a\\q\\\"b\""))
        .containsExactly("aA\u00ff\n\r\t\b\u0007q\"b");
    assertThat(split("\"\\xZZ\\x4\"")).containsExactly("xZZx4");
    assertThat(split("\"\" ''")).containsExactly("", "");
  }

  @Test
  void readsNothingButTheQuoteInSingleQuotes() throws Exception {
    assertThat(split("'a\\'b\\n'")).containsExactly("a'b\\n");
  }

  @Test
  void opensQuotesInsideWords() throws Exception {
    assertThat(split("a\"b c\" d")).containsExactly("ab c", "d");
  }

  @Test
  void keepsBytesThatAreNoText() throws Exception {
    assertThat(split("\u0080 \u00a0\u0085")).containsExactly("\u0080", "\u00a0\u0085");
  }

  @Test
  void endsAtAZeroByte() throws Exception {
    assertThat(split("ping a\0b c")).containsExactly("ping", "a");
  }

  private static List<String> split(String line) throws ProtocolException {
    byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
    return Arrays.stream(InlineCommand.split(bytes, 0, bytes.length))
        .map(word -> new String(word, StandardCharsets.ISO_8859_1))
        .toList();
  }
}
