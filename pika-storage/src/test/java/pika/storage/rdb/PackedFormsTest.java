package pika.storage.rdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import pika.storage.bytes.Slice;

final class PackedFormsTest {
  @Test
  void theChecksumIsJonesCrc64() {
    assertThat(Crc64.of(ascii("123456789"), 9)).isEqualTo(0xe9c6d914c4b8d9caL);
  }

  @Test
  void aListpackGivesBackWhatWasPutIn() {
    ListpackWriter writer = new ListpackWriter();
    List<byte[]> expected = new ArrayList<>();
    for (int shift = 0; shift < Long.SIZE; shift++) {
      for (long value : new long[] {1L << shift, -1L << shift, (1L << shift) - 1}) {
        writer.putLong(value);
        expected.add(DecimalText.of(value));
      }
    }
    for (int length : new int[] {0, 1, 63, 64, 4095, 4096, 16_377, 16_378, 16_379, 2_097_151}) {
      byte[] text = new byte[length];
      writer.putString(Slice.of(text));
      expected.add(text);
    }
    Listpack listpack = new Listpack(writer.toByteArray());
    for (byte[] each : expected) {
      assertThat(listpack.hasNext()).isTrue();
      assertThat(listpack.next()).isEqualTo(each);
    }
    assertThat(listpack.hasNext()).isFalse();
  }

  @Test
  void everyLengthAndNumberIsReadAsItWasWritten() {
    RdbOutput out = new RdbOutput(Integer.MAX_VALUE);
    for (int shift = 0; shift < Long.SIZE - 1; shift++) {
      out.putLength(1L << shift).putLength((1L << shift) - 1);
    }
    out.putLength(-1);
    RdbInput in = new RdbInput(out.toByteArray());
    for (int shift = 0; shift < Long.SIZE - 1; shift++) {
      assertThat(in.takeLength()).isEqualTo(1L << shift);
      assertThat(in.takeLength()).isEqualTo((1L << shift) - 1);
    }
    assertThat(in.takeNumber()).isEqualTo(-1);
  }

  @Test
  void stringsThatLookLikeIntegersAreWrittenShortAndComeBackTheSame() {
    for (String text : List.of(
        "0",
        "-1",
        "127",
        "-128",
        "128",
        "32767",
        "-32769",
        "2147483647",
        "-2147483648",
        "2147483648",
        "-0",
        "007",
        "+1",
        "-",
        "",
        "12345678901",
        "1 ")) {
      byte[] written = new RdbOutput(100).putString(ascii(text)).toByteArray();
      assertThat(new RdbInput(written).takeString()).isEqualTo(ascii(text));
    }
    assertThat(new RdbOutput(100).putString(ascii("-2147483648")).toByteArray()).hasSize(5);
  }

  @Test
  void lzfCopiesMayOverlapWhatTheyMake() {
    // One literal, then a copy of ten bytes from one byte back.
    byte[] packed = {0, 'a', (byte) 0xe0, 1, 0};
    assertThat(Lzf.unpack(packed, 0, packed.length, 11)).isEqualTo(ascii("aaaaaaaaaaa"));
    assertThatThrownBy(() -> Lzf.unpack(packed, 0, packed.length, 10))
        .isInstanceOf(RdbException.class);
    assertThatThrownBy(() -> Lzf.unpack(packed, 0, packed.length, 1L << 40))
        .isInstanceOf(RdbException.class);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
