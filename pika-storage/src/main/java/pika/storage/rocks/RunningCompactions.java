package pika.storage.rocks;

import java.util.HashSet;
import java.util.Set;
import org.rocksdb.CompactRangeOptions;

/**
 * The manual compactions that are running, so that closing need not wait hours for one: RocksDB
 * polls the cancelled flag of a compaction's options. Thread-safe.
 */
final class RunningCompactions {
  private final Set<CompactRangeOptions> running = new HashSet<>();
  private boolean stopped;

  synchronized void begin(CompactRangeOptions options) {
    options.setCanceled(stopped);
    running.add(options);
  }

  synchronized void end(CompactRangeOptions options) {
    running.remove(options);
  }

  synchronized void stop() {
    stopped = true;
    running.forEach(options -> options.setCanceled(true));
  }

  synchronized boolean areStopped() {
    return stopped;
  }
}
