package pika.server;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import pika.server.config.Config;
import pika.server.config.ConfigKeys;
import pika.server.config.RocksKeys;

/**
 * How the memory budget is divided. The Java heap's limit is set before this program starts, by
 * {@code tools/pika} as a share of the same budget; everything else is derived from it here.
 *
 * <pre>
 * | Java heap                        | block cache                   | process | slack |
 * | record cache | requests, replies | memtables | blocks, filters, |  fixed  |       |
 * |              | and their garbage |           | indexes          |         |       |
 * </pre>
 *
 * @param totalBytes the whole budget
 * @param heapBytes limit of the Java heap
 * @param recordCacheBytes records on the Java heap
 * @param blockCacheBytes RocksDB's block cache, which memtables are charged to
 */
record MemoryBudget(long totalBytes, long heapBytes, long recordCacheBytes, long blockCacheBytes) {
  private static final long MIB = 1 << 20;

  /**
   * Share of the machine's or container's memory that is used if nothing is configured; also known
   * to tools/pika.
   */
  private static final double AUTOMATIC_SHARE = 0.5;
  /** The launcher gives the heap less, but the program may have been started otherwise. */
  private static final double MOST_HEAP_SHARE = 0.5;
  /** A larger share would leave too little for what is short-lived. */
  private static final double RECORD_CACHE_SHARE_OF_HEAP = 0.4;
  /** Leaves the rest of the heap to garbage and running commands. */
  private static final double CONNECTIONS_SHARE_OF_HEAP = 0.3;
  /** Taken from what is left for running commands, which queued ones are about to be. */
  private static final double TRANSACTIONS_SHARE_OF_HEAP = 0.15;
  /**
   * Classes, compiled code, the collector, RocksDB's library and its compactions, stacks and socket
   * buffers; measured, and also known to tools/pika.
   */
  private static final long PROCESS_BYTES = 160 * MIB;
  /** Lost to fragmentation of native memory, and pinned by iterators. */
  private static final double SLACK_SHARE = 0.1;
  /** With less, memtables leave no room for the indexes of a small database. */
  private static final long LEAST_BLOCK_CACHE_BYTES = 32 * MIB;

  /** What the process needs with the smallest heap and block cache; measured. */
  private static final long LEAST_BYTES = 256 * MIB;

  /** Divides the configured budget, or, if that is 0, a share of the memory available. */
  static MemoryBudget of(Config config) {
    long configured = config.get(ConfigKeys.MAX_MEMORY_BUDGET);
    long total = configured > 0 ? configured : (long) (memoryThereIs() * AUTOMATIC_SHARE);
    MemoryBudget budget = of(total, Runtime.getRuntime().maxMemory());
    long cache = config.get(RocksKeys.BLOCK_CACHE);
    return cache > 0 ? budget.withBlockCache(Math.max(LEAST_BLOCK_CACHE_BYTES, cache)) : budget;
  }

  /**
   * Returns whether a block cache below the minimum is configured, such as the 8 MB in Pika's
   * shipped file.
   */
  static boolean isBlockCacheTooSmall(Config config) {
    long cache = config.get(RocksKeys.BLOCK_CACHE);
    return cache > 0 && cache < LEAST_BLOCK_CACHE_BYTES;
  }

  /** Divides a budget of which the heap already has its part. */
  static MemoryBudget of(long totalBytes, long heapBytes) {
    long rest = totalBytes - (long) (totalBytes * SLACK_SHARE) - PROCESS_BYTES - heapBytes;
    return new MemoryBudget(
        totalBytes,
        heapBytes,
        (long) (heapBytes * RECORD_CACHE_SHARE_OF_HEAP),
        Math.max(LEAST_BLOCK_CACHE_BYTES, rest));
  }

  private MemoryBudget withBlockCache(long bytes) {
    return new MemoryBudget(totalBytes, heapBytes, recordCacheBytes, bytes);
  }

  /** Returns whether the process will exceed the budget, however little is stored. */
  boolean isTooSmall() {
    return totalBytes < LEAST_BYTES;
  }

  /** Returns whether the budget is more than there is. */
  boolean isTooLarge() {
    return totalBytes > memoryThereIs();
  }

  /** Returns the memory of the container or else the machine, in megabytes. */
  static long machineMegabytes() {
    return mib(memoryThereIs());
  }

  /** Returns the bound of requests and unread replies of all connections together. */
  long connectionBytes() {
    return (long) (heapBytes * CONNECTIONS_SHARE_OF_HEAP);
  }

  /** Returns the bound of commands queued for EXEC by all connections together. */
  long transactionBytes() {
    return (long) (heapBytes * TRANSACTIONS_SHARE_OF_HEAP);
  }

  /** Returns the memory of the container or else the machine. */
  private static long memoryThereIs() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }

  /** Returns whether the heap's limit leaves too little of the budget for the rest. */
  boolean isHeapTooLarge() {
    return heapBytes > MOST_HEAP_SHARE * Math.max(totalBytes, PROCESS_BYTES);
  }

  /** Returns the shares in megabytes, for humans. */
  @Override
  public String toString() {
    return "budget " + mib(totalBytes) + " MB: Java heap " + mib(heapBytes) + " MB (record cache "
        + mib(recordCacheBytes) + " MB), block cache with memtables " + mib(blockCacheBytes)
        + " MB, the rest for other memory of the process";
  }

  private static long mib(long bytes) {
    return bytes / MIB;
  }
}
