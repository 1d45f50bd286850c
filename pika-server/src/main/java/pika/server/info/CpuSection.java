package pika.server.info;

import java.util.Locale;

/** INFO cpu: processor seconds of the process. */
public final class CpuSection implements InfoSection {
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
  }

  private static String seconds(double value) {
    return String.format(Locale.ROOT, "%.6f", value);
  }
}
