package pika.storage.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ByteWriterTest {
  @Test
  void writesBigEndianIntegersAndGrows() {
    ByteWriter writer = new ByteWriter(0);

    writer.putByte(0x1ff).putInt(0x01020304).putLong(0x05060708090a0b0cL);

    assertThat(writer.toByteArray()).containsExactly(0xff, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    assertThat(writer.size()).isEqualTo(13);
  }

  @Test
  void writesVarintsWithTheLowGroupFirst() {
    assertThat(varint(0)).containsExactly(0);
    assertThat(varint(127)).containsExactly(127);
    assertThat(varint(128)).containsExactly(0x80, 1);
    assertThat(varint(300)).containsExactly(0xac, 2);
    assertThat(varint(-1)).containsExactly(0xff, 0xff, 0xff, 0xff, 0x0f);
  }

  @Test
  void patchesLittleEndianWhatItHasWritten() {
    ByteWriter writer = new ByteWriter(8).putInt(0).putByte(9);

    writer.patchIntLittleEndian(0, 0x01020304);

    assertThat(writer.toByteArray()).containsExactly(4, 3, 2, 1, 9);
  }

  @Test
  void isEmptyAfterClear() {
    ByteWriter writer = new ByteWriter(8).putInt(7);

    writer.clear();

    assertThat(writer.putBytes(new byte[] {1, 2, 3}, 1, 2).toByteArray()).containsExactly(2, 3);
  }

  private static byte[] varint(int value) {
    return new ByteWriter(1).putVarint(value).toByteArray();
  }
}
