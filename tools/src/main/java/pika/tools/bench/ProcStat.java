package pika.tools.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What Linux says of one process: CPU time of all its threads since it began (user and system, not
 * of children it forked) and the memory it holds right now.
 */
record ProcStat(long cpuMicros, long rssBytes) {

  static final ProcStat UNKNOWN = new ProcStat(0, 0);

  /** USER_HZ, the unit of times in /proc: 100 on every architecture, whatever the kernel's HZ. */
  private static final int TICKS_PER_SECOND = 100;

  private static final long MICROS_PER_TICK = 1_000_000 / TICKS_PER_SECOND;

  /** Positions after the command name, which is the second field and may contain anything. */
  private static final int UTIME = 11;

  private static final int STIME = 12;

  /** @throws IOException if the process is gone or this is not Linux */
  static ProcStat of(long pid) throws IOException {
    Path proc = Path.of("/proc", Long.toString(pid));
    return new ProcStat(
        cpuMicros(Files.readString(proc.resolve("stat"))),
        rssBytes(Files.readString(proc.resolve("status"))));
  }

  static long cpuMicros(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) * MICROS_PER_TICK;
  }

  /** Zero for a process that has no memory any more (a zombie). */
  static long rssBytes(String status) {
    return status
        .lines()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElse(0);
  }
}
