package pika.tools.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Describes the measured machine in one line. */
final class Machine {

  private Machine() {}

  static String describe() {
    return String.format(
        Locale.ROOT,
        "%s, %d cores, %d GB memory, Linux %s, Java %s (%s)",
        field("/proc/cpuinfo", "model name", System.getProperty("os.arch")),
        Runtime.getRuntime().availableProcessors(),
        Math.round(kilobytes(field("/proc/meminfo", "MemTotal", "0")) / 1024.0 / 1024.0),
        System.getProperty("os.version"),
        System.getProperty("java.version"),
        System.getProperty("java.vm.name"));
  }

  /** The one-minute load average. */
  static String loadAverage() {
    try {
      String averages = Files.readString(Path.of("/proc/loadavg"));
      return averages.substring(0, averages.indexOf(' '));
    } catch (IOException e) {
      return "unknown";
    }
  }

  /** The value of the first line {@code name : value}; not every processor reports its model. */
  private static String field(String file, String name, String otherwise) {
    try {
      return Files.readString(Path.of(file))
          .lines()
          .filter(line -> line.startsWith(name) && line.contains(":"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(otherwise);
    } catch (IOException e) {
      return otherwise;
    }
  }

  private static long kilobytes(String size) {
    return Long.parseLong(size.replaceAll("\\D", ""));
  }
}
