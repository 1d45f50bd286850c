package pika.storage.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many of its files a database keeps open. */
final class OpenTablesTest {
  private static final int ALL = -1;

  @TempDir
  Path directory;

  @Test
  void allStayOpenWhileHalfOfTheRoomIsFree() {
    assertThat(tables(ALL, 5_000).keptOpen(0)).isEqualTo(ALL);
    assertThat(tables(ALL, 5_000).keptOpen(2_500)).isEqualTo(ALL);
    assertThat(tables(ALL, Integer.MAX_VALUE).keptOpen(1_000_000)).isEqualTo(ALL);
  }

  @Test
  void asManyStayOpenAsThereIsRoomFor() {
    assertThat(tables(ALL, 5_000).keptOpen(2_501)).isEqualTo(5_000);
    assertThat(tables(500, 5_000).keptOpen(100_000)).isEqualTo(500);
    assertThat(tables(10_000, 5_000).keptOpen(0)).isEqualTo(5_000);
  }

  @Test
  void aDatabaseWithMoreFilesThanRoomOpensAndIsRead() throws IOException {
    try (Rocks rocks = open(Integer.MAX_VALUE)) {
      for (byte key = 0; key < 3; key++) {
        Batch batch = rocks.batch();
        batch.put(Column.RECORD, new byte[] {key}, new byte[] {key});
        rocks.write(batch, Rocks.Durability.BUFFERED);
        rocks.flush(Column.RECORD);
      }
      assertThat(written("max_open_files")).isEqualTo("-1");
    }
    try (Rocks rocks = open(5)) {
      assertThat(written("max_open_files")).isNotEqualTo("-1");
      for (byte key = 0; key < 3; key++) {
        assertThat(rocks.get(Column.RECORD, new byte[] {key})).containsExactly(key);
      }
    }
  }

  private Rocks open(int room) {
    RocksSettings usual = RocksSettings.withBlockCache(8 << 20);
    return Rocks.open(
        directory,
        new RocksSettings(
            usual.blockCacheBytes(),
            usual.memtables(),
            usual.background(),
            usual.levels(),
            tables(ALL, room),
            usual.blobs()));
  }

  private static RocksSettings.Tables tables(int maxOpen, int room) {
    return new RocksSettings.Tables("lz4", List.of(), 8 << 10, true, maxOpen, room);
  }

  /** Returns an option as the newest OPTIONS file has it, which RocksDB writes when it opens. */
  private String written(String option) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      Path newest = files
          .filter(file -> file.getFileName().toString().startsWith("OPTIONS-"))
          .max(Path::compareTo)
          .orElseThrow();
      return Files.readAllLines(newest).stream()
          .map(String::strip)
          .filter(line -> line.startsWith(option + "="))
          .map(line -> line.substring(option.length() + 1))
          .findFirst()
          .orElseThrow();
    }
  }
}
