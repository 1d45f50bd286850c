package pika.tools.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {

  @ParameterizedTest
  @CsvSource({"0, 0", "100, 100", "100b, 100", "16kb, 16384", "16K, 16384", "1GB, 1073741824"})
  void readsUnitsOf1024(String text, long bytes) {
    assertThat(ByteSize.parse(text).bytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "b", "kb", "-1", "1.5k", "1kk", "9223372036854775807k"})
  void refusesWhatIsNoSize(String text) {
    assertThatThrownBy(() -> ByteSize.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0B", "100B", "16KB", "1GB", "1500MB"})
  void printsWhatItReads(String text) {
    assertThat(ByteSize.parse(text)).hasToString(text);
  }
}
