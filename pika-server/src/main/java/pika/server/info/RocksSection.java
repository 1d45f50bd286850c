package pika.server.info;

import pika.storage.Store;
import pika.storage.rocks.Column;
import pika.storage.rocks.Rocks;

/** INFO rocksdb: what the engine underneath is doing and how large it is. */
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
    text.line("block_cache_usage", rocks.blockCacheUsage())
        .line("block_cache_pinned_usage", rocks.blockCachePinnedUsage())
        .line("memtables_size", rocks.sumOfProperty("rocksdb.cur-size-all-mem-tables"))
        .line("immutable_memtables", rocks.sumOfProperty("rocksdb.num-immutable-mem-table"))
        .line("sst_files_size", rocks.sumOfProperty("rocksdb.live-sst-files-size"))
        .line("blob_files_size", rocks.sumOfProperty("rocksdb.live-blob-file-size"))
        .line("live_data_size", rocks.sumOfProperty("rocksdb.estimate-live-data-size"))
        .line(
            "pending_compaction_bytes",
            rocks.sumOfProperty("rocksdb.estimate-pending-compaction-bytes"))
        // These four are figures of the whole database, whichever column family is asked.
        .line("running_flushes", whole(rocks, "rocksdb.num-running-flushes"))
        .line("running_compactions", whole(rocks, "rocksdb.num-running-compactions"))
        .line("delayed_write_rate", whole(rocks, "rocksdb.actual-delayed-write-rate"))
        .line("snapshots", whole(rocks, "rocksdb.num-snapshots"))
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

  private static long whole(Rocks rocks, String property) {
    return rocks.property(Column.META, property);
  }
}
