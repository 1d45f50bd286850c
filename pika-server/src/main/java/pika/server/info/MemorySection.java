package pika.server.info;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.function.LongSupplier;
import pika.server.script.ScriptEngine;
import pika.server.script.function.Functions;
import pika.server.stats.LazyFrees;
import pika.storage.expiry.Reaper;

/**
 * INFO memory: the Java heap, RocksDB's caches and the whole process, compared with the budget.
 * {@code used_memory} is what we account for; {@code used_memory_rss} is the truth.
 */
public final class MemorySection implements InfoSection {
  private final MemoryReport report;
  private final Reaper reaper;
  private final LazyFrees lazyFrees;
  private final LongSupplier clients;
  private final ScriptEngine scripts;
  private final Functions functions;

  /**
   * Creates the section.
   *
   * @param clients supplies the bytes held by all connections
   */
  public MemorySection(
      MemoryReport report,
      Reaper reaper,
      LazyFrees lazyFrees,
      LongSupplier clients,
      ScriptEngine scripts,
      Functions functions) {
    this.report = report;
    this.clients = clients;
    this.reaper = reaper;
    this.lazyFrees = lazyFrees;
    this.scripts = scripts;
    this.functions = functions;
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
        .line("used_memory_overhead", now.used() - now.dataset())
        .line("used_memory_startup", report.bytesAtStart())
        .line("used_memory_dataset", now.dataset())
        .line("used_memory_dataset_perc", percent(now.dataset(), now.used()))
        .line("allocator_allocated", now.used())
        .line("allocator_active", now.reserved())
        .line("allocator_resident", now.resident())
        .line("used_memory_heap", now.heap())
        .line("used_memory_heap_limit", now.heapLimit())
        .line("used_memory_direct", now.direct())
        .line("used_memory_record_cache", now.recordCache())
        .line("used_memory_block_cache", now.blockCache())
        .size("max_memory_budget", report.budgetBytes())
        .size("total_system_memory", machine);
    writeScripts(text);
    text.size("maxmemory", 0)
        .line("maxmemory_policy", "noeviction")
        .decimal("mem_fragmentation_ratio", now.residentRatio())
        .line("mem_fragmentation_bytes", now.resident() - now.used())
        .decimal("allocator_frag_ratio", ratio(now.reserved(), now.used()))
        .line("allocator_frag_bytes", now.reserved() - now.used())
        .decimal("allocator_rss_ratio", ratio(now.resident(), now.reserved()))
        .line("allocator_rss_bytes", now.resident() - now.reserved())
        .decimal("rss_overhead_ratio", 1)
        .line("rss_overhead_bytes", 0)
        .line("mem_not_counted_for_evict", 0)
        .line("mem_clients_slaves", 0)
        .line("mem_clients_normal", clients.getAsLong())
        .line("mem_cluster_links", 0)
        .line("mem_replication_backlog", 0)
        .line("mem_total_replication_buffers", 0)
        .line("mem_aof_buffer", 0)
        .line("mem_allocator", "java")
        .line("active_defrag_running", 0)
        .line("lazyfree_pending_objects", reaper.backlog())
        .line("lazyfreed_objects", lazyFrees.count());
  }

  @Override
  public void resetStatistics() {
    lazyFrees.reset();
  }

  private void writeScripts(InfoText text) {
    long eval = scripts.memory().usedBytes();
    long called = functions.memory().usedBytes();
    long evalSources = scripts.scripts().sizeBytes();
    text.size("used_memory_lua", eval)
        .line("used_memory_vm_eval", eval)
        .line("used_memory_scripts_eval", evalSources)
        .line("number_of_cached_scripts", scripts.scripts().count())
        .line("number_of_functions", functions.functionCount())
        .line("number_of_libraries", functions.libraryCount())
        .line("used_memory_vm_functions", called)
        .size("used_memory_vm_total", eval + called)
        .line("used_memory_functions", functions.sizeBytes())
        .size("used_memory_scripts", evalSources + functions.sizeBytes());
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  private static String percent(long part, long whole) {
    return String.format(Locale.ROOT, "%.2f%%", whole == 0 ? 0 : 100.0 * part / whole);
  }
}
