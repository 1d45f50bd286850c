package pika.storage.rocks;

import java.util.Map;

/**
 * How much was written since the database was opened, in bytes.
 *
 * @param batches what callers wrote
 * @param log what went to the write-ahead log
 * @param files what flushes and compactions wrote to table and blob files
 */
public record WriteVolume(long batches, long log, long files) {
  static final String OF_THE_DATABASE = "rocksdb.dbstats";
  static final String OF_A_COLUMN = "rocksdb.cfstats";

  private static final double GIB = 1L << 30;

  static WriteVolume of(Map<String, String> database, long fileBytes) {
    return new WriteVolume(
        (long) figure(database, "db.user_bytes_written"),
        (long) figure(database, "db.wal_bytes_written"),
        fileBytes);
  }

  static long fileBytes(Map<String, String> column) {
    double gib =
        figure(column, "compaction.Sum.WriteGB") + figure(column, "compaction.Sum.WblobGB");
    return (long) (gib * GIB);
  }

  /** Returns the bytes written to disk per byte written by callers; 0 before the first write. */
  public double amplification() {
    return batches == 0 ? 0 : (double) (log + files) / batches;
  }

  /** Returns a figure, or 0: RocksDB leaves out what has not happened yet. */
  private static double figure(Map<String, String> figures, String name) {
    return Double.parseDouble(figures.getOrDefault(name, "0"));
  }
}
