package pika.server;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import pika.server.config.Config;
import pika.server.config.ConfigKeys;
import pika.server.config.RocksKeys;

/**
 * How the one memory budget is shared out. The limit of the Java heap is settled before this
 * program runs, by {@code tools/pika} as a share of the same budget; everything else follows from
 * it here.
 *
 * <pre>
 * | Java heap                        | block cache                   | process | slack |
 * | record cache | requests, replies | memtables | blocks, filters, |  fixed  |       |
 * |              | and their garbage |           | indices          |         |       |
 * </pre>
 *
 * @param totalBytes the whole budget
 * @param heapBytes limit of the Java heap
 * @param recordCacheBytes records on the Java heap
 * @param blockCacheBytes RocksDB's block cache, which also pays for memtables
 */
record MemoryBudget(long totalBytes, long heapBytes, long recordCacheBytes, long blockCacheBytes) {
  private static final long MIB = 1 << 20;

  /**
   * Of the machine's or the container's memory, when nothing is configured; tools/pika knows it
   * too.
   */
  private static final double AUTOMATIC_SHARE = 0.5;
  /** The launcher gives the heap less, but perhaps somebody else has started this. */
  private static final double MOST_HEAP_SHARE = 0.5;
  /** More would leave too little for what comes and goes. */
  private static final double RECORD_CACHE_SHARE_OF_HEAP = 0.4;
  /** What is left of the heap then is for garbage, and for commands at work. */
  private static final double CONNECTIONS_SHARE_OF_HEAP = 0.3;
  /** Of what is for commands at work: those that wait for EXEC are on their way there. */
  private static final double TRANSACTIONS_SHARE_OF_HEAP = 0.15;
  /**
   * Classes, compiled code, the collector, RocksDB's library and its compactions, stacks and socket
   * buffers; measured, and known to tools/pika too.
   */
  private static final long PROCESS_BYTES = 160 * MIB;
  /** What the allocator of native memory loses to fragmentation, and iterators pin. */
  private static final double SLACK_SHARE = 0.1;
  /** Less than this, and memtables leave no room for the indices of a small database. */
  private static final long LEAST_BLOCK_CACHE_BYTES = 32 * MIB;

  /** Less than this is less than the process needs with the least heap and block cache; measured. */
  private static final long LEAST_BYTES = 256 * MIB;

  /** Shares out what is configured, or for 0 a part of the memory there is. */
  static MemoryBudget of(Config config) {
    long configured = config.get(ConfigKeys.MAX_MEMORY_BUDGET);
    long total = configured > 0 ? configured : (long) (memoryThereIs() * AUTOMATIC_SHARE);
    MemoryBudget budget = of(total, Runtime.getRuntime().maxMemory());
    long cache = config.get(RocksKeys.BLOCK_CACHE);
    return cache > 0 ? budget.withBlockCache(Math.max(LEAST_BLOCK_CACHE_BYTES, cache)) : budget;
  }

  /** Whether a smaller block cache is configured than the least, such as the 8 MB of Pika's file. */
  static boolean isBlockCacheTooSmall(Config config) {
    long cache = config.get(RocksKeys.BLOCK_CACHE);
    return cache > 0 && cache < LEAST_BLOCK_CACHE_BYTES;
  }

  /** Shares out a budget of which the heap has its part already. */
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

  /** Whether the process will take more than the budget, however little is stored. */
  boolean isTooSmall() {
    return totalBytes < LEAST_BYTES;
  }

  /** Requests and unread replies of all connections together. */
  long connectionBytes() {
    return (long) (heapBytes * CONNECTIONS_SHARE_OF_HEAP);
  }

  /** Commands of all connections together that wait for EXEC. */
  long transactionBytes() {
    return (long) (heapBytes * TRANSACTIONS_SHARE_OF_HEAP);
  }

  /** What the container may use, or else the machine has. */
  private static long memoryThereIs() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }

  /** Whether the program was started with a heap that leaves the rest too little of the budget. */
  boolean isHeapTooLarge() {
    return heapBytes > MOST_HEAP_SHARE * Math.max(totalBytes, PROCESS_BYTES);
  }

  /** The shares in megabytes, for people. */
  @Override
  public String toString() {
    return "budget " + mib(totalBytes) + " MB: Java heap " + mib(heapBytes) + " MB (record cache "
        + mib(recordCacheBytes) + " MB), block cache with memtables " + mib(blockCacheBytes)
        + " MB, the rest for the process";
  }

  private static long mib(long bytes) {
    return bytes / MIB;
  }
}
