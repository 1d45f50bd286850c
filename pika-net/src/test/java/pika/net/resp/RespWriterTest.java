package pika.net.resp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RespWriterTest {

  private final RespWriter writer = new RespWriter(Protocol.RESP2);
  private final List<byte[]> kept = new ArrayList<>();
  private final ByteArrayOutputStream all = new ByteArrayOutputStream();

  private final RespWriter.Sink sink = new RespWriter.Sink() {
    @Override
    public void lent(byte[] array, int offset, int length) {
      all.write(array, offset, length);
    }

    @Override
    public void kept(byte[] array, int offset, int length) {
      kept.add(array);
      all.write(array, offset, length);
    }
  };

  @Test
  void doesNotCopyLargeValues() {
    byte[] large = new byte[RespWriter.COPY_LIMIT_BYTES + 1];
    byte[] small = new byte[RespWriter.COPY_LIMIT_BYTES];
    Reply.array(Reply.bulk(small), Reply.bulk(large), Reply.ONE).writeTo(writer);
    assertThat(writer.sizeBytes()).isEqualTo(small.length + large.length + 4 + 8 + 2 + 8 + 2 + 4);
    long size = writer.sizeBytes();
    writer.drainTo(sink);
    assertThat(kept).containsExactly(large);
    assertThat(all.size()).isEqualTo(size);
  }

  @Test
  void goesOnInFreshChunksAndThenStartsAfresh() {
    for (int round = 0; round < 2; round++) {
      all.reset();
      for (int i = 0; i < 100_000; i++) {
        writer.integer(i);
      }
      writer.drainTo(sink);
      assertThat(writer.sizeBytes()).isZero();
      assertThat(all.toString(StandardCharsets.US_ASCII))
          .startsWith(":0\r\n:1\r\n")
          .endsWith(":99998\r\n:99999\r\n");
    }
  }
}
