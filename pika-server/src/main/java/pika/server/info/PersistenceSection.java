package pika.server.info;

import pika.server.persistence.DiskGuard;
import pika.server.persistence.Maintenance;
import pika.storage.Store;

/**
 * INFO persistence. Every acknowledged write is in RocksDB's log, so what Redis reports about its
 * RDB file is reported here about snapshots, and about its AOF file only that writing works.
 */
public final class PersistenceSection implements InfoSection {
  private final Maintenance maintenance;
  private final Store store;
  private final DiskGuard disk;

  public PersistenceSection(Maintenance maintenance, Store store, DiskGuard disk) {
    this.maintenance = maintenance;
    this.store = store;
    this.disk = disk;
  }

  @Override
  public Part part() {
    return Part.PERSISTENCE;
  }

  @Override
  public void writeTo(InfoText text) {
    Maintenance.SaveStatus saves = maintenance.saveStatus();
    long runningSeconds = saves.isRunning() ? (store.nowMs() - saves.runningSinceMs()) / 1000 : -1;
    text.line("loading", 0)
        .line("async_loading", 0)
        .line("current_cow_peak", 0)
        .line("current_cow_size", 0)
        .line("current_cow_size_age", 0)
        .decimal("current_fork_perc", 0)
        .line("current_save_keys_processed", 0)
        .line("current_save_keys_total", 0)
        .line("rdb_changes_since_last_save", maintenance.changesSinceSave())
        .line("rdb_bgsave_in_progress", saves.isRunning() ? 1 : 0)
        .line("rdb_last_save_time", saves.lastSavedMs() / 1000)
        .line("rdb_last_bgsave_status", saves.lastSucceeded() ? "ok" : "err")
        .line("rdb_last_bgsave_time_sec", saves.lastTookSeconds())
        .line("rdb_current_bgsave_time_sec", runningSeconds)
        .line("rdb_last_cow_size", 0)
        .line("rdb_last_load_keys_expired", 0)
        .line("rdb_last_load_keys_loaded", 0)
        .line("aof_enabled", 0)
        .line("aof_rewrite_in_progress", maintenance.isEmptyingLog() ? 1 : 0)
        .line("aof_rewrite_scheduled", 0)
        .line("aof_last_rewrite_time_sec", -1)
        .line("aof_current_rewrite_time_sec", -1)
        .line("aof_last_bgrewrite_status", maintenance.lastEmptiedLog() ? "ok" : "err")
        .line("aof_rewrites", 0)
        .line("aof_rewrites_consecutive_failures", 0)
        .line("aof_last_write_status", acceptsWrites() ? "ok" : "err")
        .line("aof_last_cow_size", 0)
        .line("module_fork_in_progress", 0)
        .line("module_fork_last_cow_size", 0)
        .line("compaction_in_progress", maintenance.isCompacting() ? 1 : 0)
        .line("disk_free_bytes", disk.freeBytes())
        .line("disk_writes_refused", disk.isRefusing() ? 1 : 0);
  }

  private boolean acceptsWrites() {
    return !disk.isRefusing() && store.rocks().writeFailure().isEmpty();
  }
}
