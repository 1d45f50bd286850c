package pika.server.info;

import pika.storage.Store;
import pika.storage.rocks.Column;
import pika.storage.rocks.Rocks;
import pika.storage.rocks.WriteVolume;

/** INFO rocksdb: the activity and size of RocksDB. */
public final class RocksSection implements InfoSection {
  private final Store store;

  public RocksSection(Store store) {
    this.store = store;
  }

  @Override
  public Part part() {
    return Part.ROCKSDB;
  }

  @Override
  public void writeTo(InfoText text) {
    Rocks rocks = store.rocks();
    WriteVolume written = rocks.writeVolume();
    text.line("block_cache_usage", rocks.blockCacheUsage())
        .line("block_cache_pinned_usage", rocks.blockCachePinnedUsage())
        .line("memtables_size", rocks.sumOfProperty("rocksdb.cur-size-all-mem-tables"))
        // Includes those that were flushed but are still read by an iterator.
        .line("memtables_size_with_pinned", rocks.sumOfProperty("rocksdb.size-all-mem-tables"))
        .line("immutable_memtables", rocks.sumOfProperty("rocksdb.num-immutable-mem-table"))
        .line("sst_files_size", rocks.sumOfProperty("rocksdb.live-sst-files-size"))
        .line("blob_files_size", rocks.sumOfProperty("rocksdb.live-blob-file-size"))
        .line("live_data_size", liveBytes(rocks))
        .line("batch_bytes_written", written.batches())
        .line("log_bytes_written", written.log())
        .line("file_bytes_written", written.files())
        .decimal("write_amplification", written.amplification())
        .decimal("space_amplification", spaceAmplification(rocks))
        .line(
            "pending_compaction_bytes",
            rocks.sumOfProperty("rocksdb.estimate-pending-compaction-bytes"))
        // These four apply to the whole database, whichever column family is asked.
        .line("running_flushes", whole(rocks, "rocksdb.num-running-flushes"))
        .line("running_compactions", whole(rocks, "rocksdb.num-running-compactions"))
        .line("delayed_write_rate", whole(rocks, "rocksdb.actual-delayed-write-rate"))
        .line("snapshots", whole(rocks, "rocksdb.num-snapshots"))
        .line("iterators", rocks.openCursors())
        .line("writes_stalled", rocks.writesMayStall() ? 1 : 0)
        .line("background_error", rocks.writeFailure())
        .line("record_cache_entries", store.engine().cachedRecords())
        .line("record_cache_bytes", store.engine().cacheBytes())
        .line("garbage_backlog", store.reaper().backlog())
        .line("garbage_reaped", store.reaper().reaped());
    for (Column column : Column.values()) {
      text.line(
          "column_" + column.familyName(),
          "keys="
              + rocks.property(column, "rocksdb.estimate-num-keys")
              + ",sst_bytes="
              + rocks.property(column, "rocksdb.live-sst-files-size"));
    }
  }

  /**
   * Returns an estimate of the live bytes, derived from overlaps in table files and unreferenced
   * values in blob files.
   */
  private static long liveBytes(Rocks rocks) {
    return rocks.sumOfProperty("rocksdb.estimate-live-data-size")
        + rocks.sumOfProperty("rocksdb.live-blob-file-size")
        - rocks.sumOfProperty("rocksdb.live-blob-file-garbage-size");
  }

  /** Returns the bytes of all data files per live byte; 0 without data. */
  private static double spaceAmplification(Rocks rocks) {
    long files = rocks.sumOfProperty("rocksdb.total-sst-files-size")
        + rocks.sumOfProperty("rocksdb.total-blob-file-size");
    long live = liveBytes(rocks);
    return live <= 0 ? 0 : (double) files / live;
  }

  private static long whole(Rocks rocks, String property) {
    return rocks.property(Column.META, property);
  }
}
