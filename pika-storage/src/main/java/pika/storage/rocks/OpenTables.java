package pika.storage.rocks;

import java.nio.file.Path;
import org.rocksdb.MutableDBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many of its files RocksDB keeps open ({@code max_open_files}). All is the fastest, by a
 * twentieth of a read that is not in memory, so it stays until half of the room for open files is
 * taken. From then on only as many stay open as there is room for: a file that RocksDB cannot open
 * would end all writes until the next start.
 *
 * <p>RocksDB does not close the files that were open before the limit until compaction replaces
 * them, which is why the limit comes at half. Thread-safe.
 */
final class OpenTables {
  private static final Logger LOG = LoggerFactory.getLogger(OpenTables.class);
  private static final int ALL = -1;

  /** RocksDB's own minimum, which it keeps only when it opens: it reserves ten for other files. */
  private static final int LEAST = 20;

  /** RocksDB divides the limit between as many parts of its table cache, and rounds up. */
  private static final int PARTS = 64;

  private final Path directory;
  private final int most;
  private int room; // guarded by this, as is the rest
  private int kept;

  /** Begins with the files that the database in {@code directory} has now. */
  OpenTables(Path directory, RocksSettings.Tables settings) {
    this.directory = directory;
    this.most = settings.maxOpen();
    this.room = settings.roomForOpen();
    this.kept = keptOf(DatabaseFiles.tables(directory));
  }

  /** Returns how many files stay open, -1 for all. */
  synchronized int kept() {
    return kept;
  }

  /** Changes the room: how many files may be open. Counts from the next {@link #adjust} on. */
  synchronized void room(int files) {
    room = files;
  }

  /** Limits the open files of a database that has grown. */
  synchronized void adjust(RocksDB db) throws RocksDBException {
    long existing = DatabaseFiles.tables(directory);
    int now = keptOf(existing);
    if (now == kept || now == ALL) {
      return;
    }
    db.setDBOptions(MutableDBOptions.builder().setMaxOpenFiles(now).build());
    kept = now;
    LOG.info("the database has {} files: from now on it keeps at most {} open", existing, now);
  }

  private int keptOf(long existing) {
    if (most == ALL && existing <= room / 2) {
      return ALL;
    }
    boolean chosen = most != ALL && most <= room;
    return Math.max(LEAST, chosen ? most : room - room % PARTS);
  }
}
