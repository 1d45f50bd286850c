package pika.server.info;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import pika.storage.Store;

/**
 * The server's memory compared with its budget, for MEMORY and INFO memory. Thread-safe; the peak
 * is the highest use seen by any call.
 */
public final class MemoryReport {
  /** Resident memory this far above the budget deserves a warning: the budget is not exact. */
  private static final double TOLERANCE = 1.15;

  /** Above this, the garbage collector works hard for little. */
  private static final double FULL_HEAP = 0.9;

  private final Store store;
  private final long budgetBytes;
  private final long atStart;
  private final AtomicLong peak = new AtomicLong();

  /**
   * Creates the report.
   *
   * @param budgetBytes the configured budget
   */
  public MemoryReport(Store store, long budgetBytes) {
    this.store = store;
    this.budgetBytes = budgetBytes;
    this.atStart = now().used();
  }

  MemoryFigures now() {
    MemoryFigures now = MemoryFigures.of(store);
    peak.accumulateAndGet(now.used(), Math::max);
    return now;
  }

  long peakBytes() {
    return peak.get();
  }

  long bytesAtStart() {
    return atStart;
  }

  long budgetBytes() {
    return budgetBytes;
  }

  /** Returns the figures under Redis' names; those of parts we lack are zero. */
  public Map<String, Number> figures() {
    MemoryFigures now = now();
    long keys = keyCount();
    long dataset = now.dataset();
    Map<String, Number> figures = new LinkedHashMap<>();
    figures.put("peak.allocated", peak.get());
    figures.put("total.allocated", now.used());
    figures.put("startup.allocated", atStart);
    figures.put("replication.backlog", 0L);
    figures.put("clients.slaves", 0L);
    figures.put("clients.normal", 0L);
    figures.put("cluster.links", 0L);
    figures.put("aof.buffer", 0L);
    figures.put("lua.caches", 0L);
    figures.put("functions.caches", 0L);
    figures.put("overhead.total", now.used() - dataset);
    figures.put("keys.count", keys);
    figures.put("keys.bytes-per-key", keys == 0 ? 0L : dataset / keys);
    figures.put("dataset.bytes", dataset);
    figures.put("dataset.percentage", percentage(dataset, now.used()));
    figures.put("peak.percentage", percentage(now.used(), peak.get()));
    figures.put("heap.used", now.heap());
    figures.put("heap.limit", now.heapLimit());
    figures.put("record-cache.bytes", now.recordCache());
    figures.put("block-cache.bytes", now.blockCache());
    figures.put("budget.bytes", budgetBytes);
    figures.put("fragmentation", now.residentRatio());
    figures.put("fragmentation.bytes", now.resident() - now.used());
    return figures;
  }

  private long keyCount() {
    long keys = 0;
    for (int db = 0; db < store.engine().databaseCount(); db++) {
      keys += store.engine().keyCount(db);
    }
    return keys;
  }

  private static double percentage(long part, long whole) {
    return whole == 0 ? 0 : 100.0 * part / whole;
  }

  /** Returns, in words, what an operator should look at. */
  public String diagnosis() {
    MemoryFigures now = now();
    List<String> findings = new ArrayList<>();
    if (now.resident() > budgetBytes * TOLERANCE) {
      findings.add("The process occupies %s, more than the budget of %s (max-memory-budget)."
          .formatted(InfoText.human(now.resident()), InfoText.human(budgetBytes)));
    }
    if (now.heap() > now.heapLimit() * FULL_HEAP) {
      findings.add("The Java heap is nearly full: %s of %s. Raise -Xmx or shrink the record cache."
          .formatted(InfoText.human(now.heap()), InfoText.human(now.heapLimit())));
    }
    if (store.rocks().writesMayStall()) {
      findings.add("RocksDB is slowing down or stopping writes until memtables are"
          + " flushed or files are compacted.");
    }
    return findings.isEmpty() ? "No memory problems found.\n" : String.join("\n", findings) + "\n";
  }

  /** Returns one line per memory pool of the JVM. */
  public String heapPools() {
    StringBuilder lines = new StringBuilder();
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      MemoryUsage usage = pool.getUsage();
      lines.append("%s: used=%d committed=%d max=%d%n"
          .formatted(pool.getName(), usage.getUsed(), usage.getCommitted(), usage.getMax()));
    }
    return lines.toString();
  }
}
