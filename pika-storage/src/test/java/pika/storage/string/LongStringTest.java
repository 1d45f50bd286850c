package pika.storage.string;

import static org.assertj.core.api.Assertions.assertThat;
import static pika.storage.string.StringStore.bytes;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.storage.rocks.Column;

/** Strings so long that rewriting them would be a bad idea, with the server's chunk size. */
class LongStringTest {
  private static final int SIZE = 100_000_000;
  private static final byte[] KEY = bytes("key");

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path directory;

  @SuppressWarnings("NullAway.Init")
  private StringStore store;

  @BeforeEach
  void open() {
    store = new StringStore(directory.resolve("db"), StringLimits.DEFAULT);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aSmallWriteRewritesOnlyTheChunksItTouches() {
    byte[] content = new byte[SIZE];
    new Random(1).nextBytes(content);
    store.run(on -> on.strings().set(KEY, content));

    byte[] patch = new byte[100];
    int chunkEnd = 1000 * StringLimits.DEFAULT.chunkBytes();
    assertThat(rowsWritten(() -> overwrite(content, chunkEnd + 5, patch))).isEqualTo(1);
    assertThat(rowsWritten(() -> overwrite(content, chunkEnd - 5, patch))).isEqualTo(2);
    assertThat(rowsWritten(() -> store.run(on -> on.strings().append(KEY, patch))))
        .isEqualTo(1);
    assertThat(rowsWritten(() -> store.run(on -> on.bitmaps().setBit(KEY, 8L * chunkEnd, 1))))
        .isEqualTo(1);
    assertThat(rowsWritten(() -> store.run(on -> on.bitmaps().setBit(KEY, (4L << 30) - 1, 1))))
        .isEqualTo(1);

    content[chunkEnd] |= (byte) 0x80;
    store.run(on -> assertThat(
            on.strings().getRange(KEY, chunkEnd - 100, chunkEnd + 200).toByteArray())
        .isEqualTo(Arrays.copyOfRange(content, chunkEnd - 100, chunkEnd + 201)));
    assertThat(store.<Long>call(on -> on.strings().length(KEY))).isEqualTo(512L << 20);
  }

  private void overwrite(byte[] content, int offset, byte[] patch) {
    System.arraycopy(patch, 0, content, offset, patch.length);
    store.run(on -> on.strings().setRange(KEY, offset, patch));
  }

  /**
   * Returns how many entries of the row column a command adds, according to the memtable, which
   * starts empty.
   */
  private long rowsWritten(Runnable command) {
    store.store().rocks().flush(Column.ROW);
    command.run();
    return store
        .store()
        .rocks()
        .figures()
        .property(Column.ROW, "rocksdb.num-entries-active-mem-table");
  }
}
