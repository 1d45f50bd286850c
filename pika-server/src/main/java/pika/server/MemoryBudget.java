package pika.server;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * How the one memory budget is shared out. What is not named here is left to the Java heap's other uses (requests and replies
 * in flight, connections) and to the process itself.
 *
 * @param totalBytes the whole budget
 * @param recordCacheBytes records on the Java heap
 * @param blockCacheBytes RocksDB's block cache, which also pays for memtables, index and filter blocks
 */
record MemoryBudget(long totalBytes, long recordCacheBytes, long blockCacheBytes) {
  private static final double RECORD_CACHE_SHARE = 0.25;
  private static final double BLOCK_CACHE_SHARE = 0.5;
  /** Of the machine's or the container's memory, when nothing is configured. */
  private static final double AUTOMATIC_SHARE = 0.5;
  /** The record cache must leave the heap room to work in. */
  private static final double HEAP_SHARE = 0.5;

  /** Shares out what is configured, or for 0 a part of the memory there is. */
  static MemoryBudget of(long configuredBytes) {
    long total = configuredBytes > 0 ? configuredBytes : (long) (memoryThereIs() * AUTOMATIC_SHARE);
    long heap = (long) (Runtime.getRuntime().maxMemory() * HEAP_SHARE);
    return new MemoryBudget(total, Math.min(heap, (long) (total * RECORD_CACHE_SHARE)), (long)
        (total * BLOCK_CACHE_SHARE));
  }

  /** What the container may use, or else the machine has. */
  private static long memoryThereIs() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }

  /** The shares in megabytes, for people. */
  @Override
  public String toString() {
    return "budget " + mib(totalBytes) + " MB: record cache " + mib(recordCacheBytes)
        + " MB, block cache with memtables " + mib(blockCacheBytes)
        + " MB, the rest for requests, replies and the process";
  }

  private static long mib(long bytes) {
    return bytes >> 20;
  }
}
