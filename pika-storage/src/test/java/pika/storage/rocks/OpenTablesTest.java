package pika.storage.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
  private static final int LEAST = 20;
  private static final int ROOM = 128;
  private static final int MANY = 1_000;
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  @TempDir
  Path directory;

  @Test
  void allStayOpenWhileHalfOfTheRoomIsFree() throws Exception {
    try (Rocks rocks = open(ALL, ROOM)) {
      addFiles(rocks, ROOM / 2);
      rocks.limitOpenTables();
      assertThat(maxOpenFiles()).isEqualTo(ALL);
    }
  }

  @Test
  void asManyStayOpenAsThereIsRoomForOnceADatabaseHasGrown() throws Exception {
    try (Rocks rocks = open(ALL, ROOM)) {
      addFiles(rocks, ROOM / 2 + 1);
      rocks.limitOpenTables();
      assertThat(maxOpenFiles()).isEqualTo(ROOM);
      rocks.roomForOpenTables(1_000);
      rocks.limitOpenTables();
      // There is room for all, but no reason to open them all again.
      assertThat(maxOpenFiles()).isEqualTo(ROOM);
      requireReadable(rocks, ROOM / 2 + 1);
    }
  }

  @Test
  void lessRoomLimitsThemAsWell() throws Exception {
    try (Rocks rocks = open(ALL, 1_000)) {
      addFiles(rocks, ROOM / 2 + 1);
      rocks.roomForOpenTables(ROOM);
      rocks.limitOpenTables();
      assertThat(maxOpenFiles()).isEqualTo(ROOM);
    }
  }

  @Test
  void aConfiguredLimitCountsUnlessThereIsLessRoom() throws Exception {
    try (Rocks rocks = open(500, 5_000)) {
      assertThat(maxOpenFiles()).isEqualTo(500);
      rocks.roomForOpenTables(ROOM);
      rocks.limitOpenTables();
      assertThat(maxOpenFiles()).isEqualTo(ROOM);
      rocks.roomForOpenTables(1);
      rocks.limitOpenTables();
      assertThat(maxOpenFiles()).isEqualTo(LEAST);
    }
  }

  @Test
  void filesOpenedFromTheLimitOnAreClosedAgain() throws Exception {
    assumeTrue(Files.isDirectory(DESCRIPTORS), "counts the open files of this process");
    int files = 240;
    try (Rocks rocks = open(ALL, ROOM)) {
      addFiles(rocks, ROOM / 2 + 1);
      rocks.limitOpenTables();
      addFiles(rocks, files);
      requireReadable(rocks, files);
      // Those that were open before share parts of the table cache unevenly.
      assertThat(openTables()).isLessThan(ROOM + ROOM / 4);
    }
  }

  @Test
  void theLimitIsSuchThatRoundingItUpStaysWithinTheRoom() throws Exception {
    try (Rocks rocks = open(1_000, ROOM + 63)) {
      assertThat(maxOpenFiles()).isEqualTo(ROOM);
    }
  }

  @Test
  void aDatabaseWithMoreFilesThanRoomOpensAndIsRead() throws Exception {
    try (Rocks rocks = open(ALL, Integer.MAX_VALUE)) {
      addFiles(rocks, 3);
      assertThat(maxOpenFiles()).isEqualTo(ALL);
    }
    try (Rocks rocks = open(ALL, 5)) {
      assertThat(maxOpenFiles()).isEqualTo(LEAST);
      requireReadable(rocks, 3);
    }
  }

  private static void addFiles(Rocks rocks, int files) {
    for (int i = 0; i < files; i++) {
      Batch batch = rocks.batch();
      batch.put(Column.RECORD, new byte[] {(byte) i}, new byte[] {(byte) i});
      rocks.write(batch, Rocks.Durability.BUFFERED);
      rocks.flush(Column.RECORD);
    }
  }

  private static void requireReadable(Rocks rocks, int files) {
    for (int i = 0; i < files; i++) {
      assertThat(rocks.get(Column.RECORD, new byte[] {(byte) i})).containsExactly((byte) i);
    }
  }

  /** Opens the database; nothing is compacted. */
  private Rocks open(int maxOpen, int room) {
    RocksSettings usual = RocksSettings.withBlockCache(8 << 20);
    return Rocks.open(
        directory,
        new RocksSettings(
            usual.blockCacheBytes(),
            usual.memtables(),
            usual.background(),
            new RocksSettings.Levels(MANY, MANY, MANY, 64 << 20, 10, true),
            new RocksSettings.Tables("lz4", List.of(), 8 << 10, true, maxOpen, room),
            usual.blobs()));
  }

  /** Returns how many table files of the database this process has open. */
  private long openTables() throws IOException {
    try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
      return descriptors.filter(this::isTable).count();
    }
  }

  private boolean isTable(Path descriptor) {
    try {
      Path file = Files.readSymbolicLink(descriptor);
      return file.startsWith(directory.toRealPath()) && file.toString().endsWith(".sst");
    } catch (IOException e) {
      // Closed meanwhile.
      return false;
    }
  }

  /** Returns the option as the newest OPTIONS file has it, which RocksDB writes at each change. */
  private int maxOpenFiles() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      Path newest = files
          .filter(file -> file.getFileName().toString().startsWith("OPTIONS-"))
          .max(Path::compareTo)
          .orElseThrow();
      return Files.readAllLines(newest).stream()
          .map(String::strip)
          .filter(line -> line.startsWith("max_open_files="))
          .map(line -> Integer.parseInt(line.substring("max_open_files=".length())))
          .findFirst()
          .orElseThrow();
    }
  }
}
