package pika.tools.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What Linux reports about one process.
 *
 * @param cpuMicros CPU time of all its threads since it started, user and system, without forked
 *     children
 * @param rssBytes its current RSS
 * @param peakRssBytes its peak RSS
 * @param writtenBytes bytes written to storage since it started; 0 if we may not know
 */
record ProcStat(long cpuMicros, long rssBytes, long peakRssBytes, long writtenBytes) {

  static final ProcStat UNKNOWN = new ProcStat(0, 0, 0, 0);

  /** USER_HZ, the unit of times in /proc: 100 on every architecture, whatever the kernel's HZ. */
  private static final int TICKS_PER_SECOND = 100;

  private static final long MICROS_PER_TICK = 1_000_000 / TICKS_PER_SECOND;

  /** Positions after the command name, which is the second field and may contain anything. */
  private static final int UTIME = 11;

  private static final int STIME = 12;

  /** @throws IOException if the process has exited or this is not Linux */
  static ProcStat of(long pid) throws IOException {
    Path proc = Path.of("/proc", Long.toString(pid));
    String status = Files.readString(proc.resolve("status"));
    return new ProcStat(
        cpuMicros(Files.readString(proc.resolve("stat"))),
        rssBytes(status),
        number(status, "VmHWM:") * 1024,
        writtenBytes(proc.resolve("io")));
  }

  static long cpuMicros(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) * MICROS_PER_TICK;
  }

  /** Zero for a process without memory (a zombie). */
  static long rssBytes(String status) {
    return number(status, "VmRSS:") * 1024;
  }

  private static long writtenBytes(Path io) {
    try {
      return number(Files.readString(io), "write_bytes:");
    } catch (IOException e) {
      // The kernel does not show this for other users' processes.
      return 0;
    }
  }

  private static long number(String text, String name) {
    return text.lines()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }
}
