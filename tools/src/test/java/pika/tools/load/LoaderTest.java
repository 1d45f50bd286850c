package pika.tools.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LoaderTest {

  @Test
  void namesKeysAsRedisBenchmarkDoes() {
    byte[] prefix = "key:".getBytes(StandardCharsets.US_ASCII);

    assertThat(Loader.key(prefix, 1234)).asString().isEqualTo("key:000000001234");
    assertThat(Loader.key(prefix, 999_999_999_999L)).asString().isEqualTo("key:999999999999");
  }

  @Test
  void valuesAreOfTheirLengthAndDifferent() {
    Values values = new Values(100, 1);
    byte[] first = values.next();

    assertThat(first).hasSize(100);
    assertThat(values.next()).hasSize(100).isNotEqualTo(first);
  }

  @Test
  void theSameSeedGivesTheSameValues() {
    assertThat(new Values(1000, 7).next()).isEqualTo(new Values(1000, 7).next());
  }
}
