package pika.storage.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import pika.storage.Seeds;
import pika.storage.rocks.RocksSettings.Memtables;

class FlushGuardTest {
  private static final int MEMTABLE_BYTES = 64 << 10;
  private static final int VALUE_BYTES = 1 << 10;
  private static final int FLUSHES = 80;

  @TempDir
  Path directory;

  /** Without the guard RocksDB forgets one of them now and then. */
  @Test
  @Timeout(120)
  void flushesEndThatMeetThoseOfFullMemtables() throws Exception {
    Seeds.run(random -> {
      try (Rocks rocks = Rocks.open(directory.resolve("db"), settings())) {
        for (int i = 0; i < FLUSHES; i++) {
          write(rocks, random, random.nextInt(12 * MEMTABLE_BYTES / VALUE_BYTES));
          rocks.flush(Column.RECORD);
        }
        assertThat(rocks.figures().property(Column.RECORD, "rocksdb.num-immutable-mem-table"))
            .isZero();
      }
    });
  }

  private static void write(Rocks rocks, Random random, int values) {
    for (int i = 0; i < values; i++) {
      byte[] key = new byte[8];
      random.nextBytes(key);
      Batch batch = rocks.batch();
      batch.put(Column.RECORD, key, new byte[VALUE_BYTES]);
      rocks.write(batch, Rocks.Durability.BUFFERED);
    }
  }

  private static RocksSettings settings() {
    RocksSettings usual = RocksSettings.withBlockCache(8 << 20);
    return new RocksSettings(
        usual.blockCacheBytes(),
        new Memtables(MEMTABLE_BYTES, 24, 10, 64 << 20, 256 << 20),
        usual.background(),
        usual.levels(),
        usual.tables(),
        usual.blobs());
  }
}
