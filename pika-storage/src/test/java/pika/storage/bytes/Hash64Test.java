package pika.storage.bytes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Hash64Test {
  /**
   * From the reference implementation in C. The hash orders the scan index on disk, so these must
   * never change.
   */
  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "a, 071717d2d36b6b11",
    "ab, 62be85b2fe53d1f8",
    "abc, 9cc9c33498a95efb",
    "key:0000, 6d124e5281b53ff7",
    "user:1234, 778ac59ff36d24ef",
    "0123456789abcdef, 93a92d1a91a24bc7",
    "0123456789abcdefg, 0b3d8f28dd9e798f",
    "\u00ff\u00fe\u00fd\u00fc\u00fb\u00fa\u00f9\u00f8\u00f7\u00f6, 87e578b146a4a7cc",
  })
  void isMurmurHash64A(String text, String hash) {
    assertThat(Hash64.of(text.getBytes(ISO_8859_1))).isEqualTo(Long.parseUnsignedLong(hash, 16));
  }
}
