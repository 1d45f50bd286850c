package pika.server.info;

import pika.storage.Store;
import pika.storage.key.CacheFigures;
import pika.storage.rocks.Column;
import pika.storage.rocks.Rocks;
import pika.storage.rocks.RocksFigures;
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
    RocksFigures figures = rocks.figures();
    CacheFigures cache = store.engine().cacheFigures();
    WriteVolume written = figures.writeVolume();
    text.line("block_cache_usage", figures.blockCacheUsage())
        .line("block_cache_pinned_usage", figures.blockCachePinnedUsage())
        .line("memtables_size", figures.sumOfProperty("rocksdb.cur-size-all-mem-tables"))
        // Includes those that were flushed but are still read by an iterator.
        .line("memtables_size_with_pinned", figures.sumOfProperty("rocksdb.size-all-mem-tables"))
        .line("immutable_memtables", figures.sumOfProperty("rocksdb.num-immutable-mem-table"))
        .line("sst_files_size", figures.sumOfProperty("rocksdb.live-sst-files-size"))
        .line("blob_files_size", figures.sumOfProperty("rocksdb.live-blob-file-size"))
        .line("live_data_size", liveBytes(figures))
        .line("batch_bytes_written", written.batches())
        .line("log_bytes_written", written.log())
        .line("file_bytes_written", written.files())
        .decimal("write_amplification", written.amplification())
        .decimal("space_amplification", spaceAmplification(figures))
        .line(
            "pending_compaction_bytes",
            figures.sumOfProperty("rocksdb.estimate-pending-compaction-bytes"))
        // These four apply to the whole database, whichever column family is asked.
        .line("running_flushes", whole(figures, "rocksdb.num-running-flushes"))
        .line("running_compactions", whole(figures, "rocksdb.num-running-compactions"))
        .line("delayed_write_rate", whole(figures, "rocksdb.actual-delayed-write-rate"))
        .line("snapshots", whole(figures, "rocksdb.num-snapshots"))
        .line("iterators", rocks.openCursors())
        .line("writes_stalled", rocks.writesMayStall() ? 1 : 0)
        .line("background_error", rocks.writeFailure())
        .line("record_cache_entries", store.engine().cachedRecords())
        .line("record_cache_bytes", store.engine().cacheBytes())
        .line("record_cache_hits", cache.hits())
        .line("record_cache_misses", cache.misses())
        .decimal("record_cache_hit_ratio", cache.hitRatio())
        .line("garbage_backlog", store.reaper().backlog())
        .line("garbage_reaped", store.reaper().reaped());
    for (Column column : Column.values()) {
      text.line(
          "column_" + column.familyName(),
          "keys="
              + figures.property(column, "rocksdb.estimate-num-keys")
              + ",sst_bytes="
              + figures.property(column, "rocksdb.live-sst-files-size"));
    }
  }

  /**
   * Returns an estimate of the live bytes, derived from overlaps in table files and unreferenced
   * values in blob files.
   */
  private static long liveBytes(RocksFigures figures) {
    return figures.sumOfProperty("rocksdb.estimate-live-data-size")
        + figures.sumOfProperty("rocksdb.live-blob-file-size")
        - figures.sumOfProperty("rocksdb.live-blob-file-garbage-size");
  }

  /** Returns the bytes of all data files per live byte; 0 without data. */
  private static double spaceAmplification(RocksFigures figures) {
    long files = figures.sumOfProperty("rocksdb.total-sst-files-size")
        + figures.sumOfProperty("rocksdb.total-blob-file-size");
    long live = liveBytes(figures);
    return live <= 0 ? 0 : (double) files / live;
  }

  private static long whole(RocksFigures figures, String property) {
    return figures.property(Column.META, property);
  }
}
