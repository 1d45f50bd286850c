package pika.server.info;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import pika.storage.Store;

/**
 * Where the memory is, in bytes, at the moment of asking.
 *
 * @param heap in use on the Java heap, the record cache included
 * @param direct buffers outside the heap that the JVM knows of
 * @param blockCache RocksDB's blocks, filters, indices and memtables
 * @param resident all of the process, as the operating system sees it
 */
public record MemoryFigures(
    long heap, long heapLimit, long direct, long recordCache, long blockCache, long resident) {

  /** The figures of the process around {@code store}. */
  public static MemoryFigures of(Store store) {
    Runtime runtime = Runtime.getRuntime();
    return new MemoryFigures(
        runtime.totalMemory() - runtime.freeMemory(),
        runtime.maxMemory(),
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum(),
        store.engine().cacheBytes(),
        store.rocks().blockCacheUsage(),
        ProcessFigures.now().residentBytes());
  }

  /** What the server uses for its work. */
  public long used() {
    return heap + direct + blockCache;
  }

  /** What of it holds data. */
  public long dataset() {
    return recordCache + blockCache;
  }

  /** What is set aside for it, on the heap more than is in use. */
  public long reserved() {
    return Runtime.getRuntime().totalMemory() + direct + blockCache;
  }

  /** Resident memory for each byte used; 0 when either is unknown. */
  public double residentRatio() {
    return used() == 0 ? 0 : (double) resident / used();
  }
}
