package pika.storage.rocks;

import java.util.HashSet;
import java.util.Set;
import org.rocksdb.CompactRangeOptions;

/**
 * The compactions that were asked for and run now, so that closing need not wait hours for one: RocksDB looks at the
 * cancelled flag of a compaction's options while it runs. Safe for many threads.
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
