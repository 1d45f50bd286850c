package pika.storage.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static pika.storage.key.TestEngine.bytes;
import static pika.storage.key.TestEngine.record;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.storage.rocks.Column;
import pika.storage.rocks.StorageException;

/** An unreadable block is an error, never a missing key. */
class UnreadableRecordTest {
  private static final int KEYS = 500;

  @TempDir
  Path directory;

  @Test
  void isNotLeftOutWhenManyAreLookedAtTogether() throws IOException {
    List<byte[]> names = new ArrayList<>();
    try (TestEngine store = TestEngine.in(directory)) {
      Random random = new Random(1);
      for (int i = 0; i < KEYS; i++) {
        byte[] value = new byte[1000];
        random.nextBytes(value);
        String name = "key" + i;
        names.add(bytes(name));
        store.run(k -> k.put(bytes(name), record(TestEngine.text(value))));
      }
      store.rocks().flush(Column.RECORD);
    }
    damage();

    try (TestEngine store = TestEngine.in(directory)) {
      store.look(k -> {
        assertThatThrownBy(() -> k.peekAll(names)).isInstanceOf(StorageException.class);
        assertThat(k.peekAll(List.of(bytes("none"), bytes("nor this")))).containsOnlyNulls();
      });
    }
  }

  /** Overwrites some blocks in the middle of the records' file. */
  private void damage() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".sst")).toList()) {
        long size = Files.size(file);
        if (size > KEYS * 1000) {
          try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(size / 2);
            open.write(new byte[20_000]);
          }
        }
      }
    }
  }
}
