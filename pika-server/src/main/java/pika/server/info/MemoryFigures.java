package pika.server.info;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import pika.storage.Store;

/**
 * Current memory use, in bytes.
 *
 * @param heap used on the Java heap, including the record cache
 * @param direct buffers outside the heap that the JVM knows of
 * @param blockCache RocksDB's blocks, filters, indexes and memtables
 * @param resident memory of the process, as the operating system sees it
 */
public record MemoryFigures(
    long heap, long heapLimit, long direct, long recordCache, long blockCache, long resident) {

  /** Returns the memory use of the process that has opened {@code store}. */
  public static MemoryFigures of(Store store) {
    Runtime runtime = Runtime.getRuntime();
    return new MemoryFigures(
        runtime.totalMemory() - runtime.freeMemory(),
        runtime.maxMemory(),
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum(),
        store.engine().cacheBytes(),
        store.rocks().figures().blockCacheUsage(),
        ProcessFigures.now().residentBytes());
  }

  /** Returns the memory in use. */
  public long used() {
    return heap + direct + blockCache;
  }

  /** Returns the part of it that holds data. */
  public long dataset() {
    return recordCache + blockCache;
  }

  /** Returns the memory reserved, which on the heap is more than is in use. */
  public long reserved() {
    return Runtime.getRuntime().totalMemory() + direct + blockCache;
  }

  /** Returns resident memory per byte used; 0 when either is unknown. */
  public double residentRatio() {
    return used() == 0 ? 0 : (double) resident / used();
  }
}
