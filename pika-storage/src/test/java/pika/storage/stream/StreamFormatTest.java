package pika.storage.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static pika.storage.key.TestEngine.bytes;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import pika.storage.bytes.Slice;
import pika.storage.rocks.StorageException;

class StreamFormatTest {
  private static final List<byte[]> FIELDS = List.of(bytes("name"), bytes("v".repeat(300)));

  @Test
  void fieldsAreReadAsWritten() {
    assertThat(StreamFormat.fields(StreamFormat.fields(FIELDS)))
        .extracting(Slice::toByteArray)
        .containsExactlyElementsOf(FIELDS);
  }

  @Test
  void truncatedFieldsAreRefused() {
    byte[] whole = StreamFormat.fields(FIELDS);
    // Between two fields, nothing shows that one is missing.
    int first = 1 + FIELDS.get(0).length;
    for (int length = 1; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      if (length != first) {
        assertThatThrownBy(() -> StreamFormat.fields(cut)).isInstanceOf(StorageException.class);
      }
    }
  }

  @Test
  void fieldsOfNegativeLengthAreRefused() {
    byte[] damaged = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f, 'v'};
    assertThatThrownBy(() -> StreamFormat.fields(damaged)).isInstanceOf(StorageException.class);
  }
}
