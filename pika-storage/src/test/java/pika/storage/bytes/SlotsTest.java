package pika.storage.bytes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotsTest {
  /** As answered by CLUSTER KEYSLOT in Redis. */
  @ParameterizedTest
  @CsvSource({
    "foo, 12182",
    "'', 0",
    "123456789, 12739",
    "{user1000}.following, 3443",
    "foo{}{bar}, 8363",
    "foo{{bar}}zap, 4015",
    "foo{bar}{zap}, 5061",
    "{a, 10276",
    "a}b, 7866",
  })
  void areThoseOfRedisCluster(String key, int slot) {
    assertThat(Slots.of(key.getBytes(ISO_8859_1))).isEqualTo(slot);
  }
}
