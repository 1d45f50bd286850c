package pika.storage.string;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import pika.storage.key.DataType;
import pika.storage.key.KeyRecord;
import pika.storage.rocks.StorageException;

class StringFormatTest {

  @Test
  void encodingNumbersAreThoseOnDisk() {
    assertThat(StringEncoding.values()).extracting(StringEncoding::id).containsExactly(0, 1, 2, 3);
    assertThat(StringEncoding.CHUNKED.id()).isEqualTo(2);
  }

  @Test
  void anEncodingOfTheFutureIsRefused() {
    KeyRecord record = KeyRecord.of(DataType.STRING, 4, KeyRecord.NEVER, new byte[1]);
    assertThatThrownBy(() -> StringEncoding.of(record)).isInstanceOf(StorageException.class);
  }

  @Test
  void aHeaderIsLengthAndChunkSize() {
    assertThat(StringFormat.chunkedPayload(0x0102030405060708L, 0x4000))
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0x40, 0);
  }

  @Test
  void rowNamesReadBackAndSortByNumber() {
    int[] numbers = {0, 1, 255, 256, 65535, 65536, 1 << 24, Integer.MAX_VALUE};
    byte[] before = null;
    for (int number : numbers) {
      byte[] row = StringFormat.row(number);
      assertThat(StringFormat.number(row)).isEqualTo(number);
      assertThat(before == null || Arrays.compareUnsigned(before, row) < 0).isTrue();
      before = row;
    }
  }
}
