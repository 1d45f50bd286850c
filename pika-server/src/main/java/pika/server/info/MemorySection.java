package pika.server.info;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import pika.storage.expiry.Reaper;

/**
 * INFO memory: the Java heap, RocksDB's caches and the whole process, held against the budget.
 * {@code used_memory} is what we account for; {@code used_memory_rss} is the truth.
 */
public final class MemorySection implements InfoSection {
  private final MemoryReport report;
  private final Reaper reaper;

  public MemorySection(MemoryReport report, Reaper reaper) {
    this.report = report;
    this.reaper = reaper;
  }

  @Override
  public Part part() {
    return Part.MEMORY;
  }

  @Override
  public void writeTo(InfoText text) {
    MemoryFigures now = report.now();
    long peak = report.peakBytes();
    long machine =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    text.size("used_memory", now.used())
        .size("used_memory_rss", now.resident())
        .size("used_memory_peak", peak)
        .line("used_memory_peak_perc", percent(now.used(), peak))
        .line("used_memory_heap", now.heap())
        .line("used_memory_heap_limit", now.heapLimit())
        .line("used_memory_direct", now.direct())
        .line("used_memory_record_cache", now.recordCache())
        .line("used_memory_block_cache", now.blockCache())
        .size("max_memory_budget", report.budgetBytes())
        .size("total_system_memory", machine)
        .size("maxmemory", 0)
        .line("maxmemory_policy", "noeviction")
        .decimal("mem_fragmentation_ratio", now.residentRatio())
        .line("mem_fragmentation_bytes", now.resident() - now.used())
        .line("mem_clients_slaves", 0)
        .line("mem_clients_normal", 0)
        .line("mem_replication_backlog", 0)
        .line("mem_aof_buffer", 0)
        .line("mem_allocator", "java")
        .line("active_defrag_running", 0)
        .line("lazyfree_pending_objects", reaper.backlog())
        .line("lazyfreed_objects", reaper.reaped());
  }

  private static String percent(long part, long whole) {
    return String.format(Locale.ROOT, "%.2f%%", whole == 0 ? 0 : 100.0 * part / whole);
  }
}
