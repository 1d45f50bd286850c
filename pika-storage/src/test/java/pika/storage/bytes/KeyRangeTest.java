package pika.storage.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyRangeTest {
  @Test
  void ofPrefixEndsBeforeTheNextPrefix() {
    KeyRange range = KeyRange.ofPrefix(bytes(1, 0xff));

    assertThat(range.to()).containsExactly(2);
    assertThat(range.contains(bytes(1, 0xff))).isTrue();
    assertThat(range.contains(bytes(1, 0xff, 0xff, 0xff))).isTrue();
    assertThat(range.contains(bytes(1, 0xfe, 0xff))).isFalse();
    assertThat(range.contains(bytes(2))).isFalse();
  }

  @Test
  void ofTheLastPrefixHasNoEnd() {
    assertThat(KeyRange.ofPrefix(bytes(0xff, 0xff)).to()).isNull();
    assertThat(KeyRange.ofPrefix(bytes()).to()).isNull();
    assertThat(KeyRange.all().contains(bytes(0xff, 0xff))).isTrue();
  }

  @Test
  void startsNoEarlierThanAsked() {
    KeyRange range = KeyRange.ofPrefix(bytes(5));

    assertThat(range.startingAt(bytes(4)).from()).containsExactly(5);
    assertThat(range.startingAt(bytes(5, 7)).from()).containsExactly(5, 7);
    assertThat(range.startingAt(bytes(5, 7)).to()).containsExactly(6);
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
