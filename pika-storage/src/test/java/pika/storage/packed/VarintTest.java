package pika.storage.packed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import pika.storage.bytes.ByteWriter;
import pika.storage.rocks.StorageException;

class VarintTest {
  @Test
  void takesWhatWasWritten() {
    for (int bits = 0; bits <= Long.SIZE; bits++) {
      long power = bits == Long.SIZE ? 0 : 1L << bits;
      for (long number : new long[] {power - 1, power, power + 1}) {
        byte[] bytes = new ByteWriter(10).putVarlong(number).toByteArray();

        assertThat(Varint.takeLong(bytes, 0, bytes.length)).isEqualTo(number);
        assertThat(ByteWriter.varlongBytes(number)).isEqualTo(bytes.length);
        if (number >= 0 && number <= Integer.MAX_VALUE) {
          assertThat(Varint.take(bytes, 0, bytes.length)).isEqualTo((int) number);
          assertThat(ByteWriter.varintBytes((int) number)).isEqualTo(bytes.length);
        } else {
          assertThatThrownBy(() -> Varint.take(bytes, 0, bytes.length))
              .isInstanceOf(StorageException.class);
        }
      }
    }
  }

  @Test
  void aNumberEndsBeforeTheEnd() {
    assertDamaged();
    assertDamaged(0x80);
    assertDamaged(0xff, 0xff, 0xff);
    byte[] behindTheEnd = {(byte) 0x80, 1};
    assertThatThrownBy(() -> Varint.take(behindTheEnd, 0, 1)).isInstanceOf(StorageException.class);
  }

  @Test
  void aNumberHasOneEncoding() {
    assertDamaged(0x80, 0);
    assertDamaged(0xff, 0x80, 0);
    assertDamaged(0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 2);
    assertDamaged(0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1);
  }

  @Test
  void aLengthIsNoMoreThanWhatFollows() {
    byte[] bytes = {9, 3, 'a', 'b', 'c', 'd'};
    assertThat(Varint.takeLength(bytes, 1, 6)).isEqualTo(3);
    assertThat(Varint.takeLength(bytes, 1, 5)).isEqualTo(3);
    assertThatThrownBy(() -> Varint.takeLength(bytes, 1, 4)).isInstanceOf(StorageException.class);
    assertThatThrownBy(() -> Varint.takeLength(bytes, 0, 6)).isInstanceOf(StorageException.class);
    byte[] most = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 7};
    assertThatThrownBy(() -> Varint.takeLength(most, 0, 5)).isInstanceOf(StorageException.class);
  }

  private static void assertDamaged(int... bytes) {
    byte[] damaged = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      damaged[i] = (byte) bytes[i];
    }
    assertThatThrownBy(() -> Varint.take(damaged, 0, damaged.length))
        .isInstanceOf(StorageException.class);
    assertThatThrownBy(() -> Varint.takeLong(damaged, 0, damaged.length))
        .isInstanceOf(StorageException.class);
  }
}
