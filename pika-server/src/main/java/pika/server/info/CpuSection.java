package pika.server.info;

import java.util.Locale;
import java.util.function.Supplier;
import pika.server.stats.PoolLoad;

/** INFO cpu: processor seconds of the process, and the load of its pools. */
public final class CpuSection implements InfoSection {
  private final Supplier<PoolLoad> pools;

  public CpuSection(Supplier<PoolLoad> pools) {
    this.pools = pools;
  }

  @Override
  public Part part() {
    return Part.CPU;
  }

  @Override
  public void writeTo(InfoText text) {
    ProcessFigures now = ProcessFigures.now();
    text.line("used_cpu_sys", seconds(now.systemSeconds()))
        .line("used_cpu_user", seconds(now.userSeconds()))
        .line("used_cpu_sys_children", seconds(0))
        .line("used_cpu_user_children", seconds(0));
    PoolLoad load = pools.get();
    text.line("pool_threads_active", load.quickActive())
        .line("pool_tasks_waiting", load.quickWaiting())
        .line("slow_pool_threads_active", load.slowActive())
        .line("slow_pool_tasks_waiting", load.slowWaiting());
  }

  private static String seconds(double value) {
    return String.format(Locale.ROOT, "%.6f", value);
  }
}
