package pika.server.info;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * Divides the process's limit of open files ({@code ulimit -n}) between sockets and files. Clients
 * must not use up all of it: if RocksDB can't open a log file, it writes nothing until the next
 * start.
 */
public final class OpenFiles {
  /** For libraries, event loops, listening sockets and the server's log. */
  private static final long PROCESS_FILES = 64;

  private OpenFiles() {}

  /** Returns how many clients may be connected, at most as many as configured. */
  public static int mostClients(long configured) {
    return mostClients(configured, limit());
  }

  /** Reserves a quarter of the limit for the database: with files of 64 MB, 64 GB per 4096. */
  static int mostClients(long configured, long limit) {
    long forClients = Math.max(1, limit - limit / 4 - PROCESS_FILES);
    return (int) Math.min(Math.min(configured, forClients), Integer.MAX_VALUE);
  }

  /** Returns how many files and sockets this process may open. */
  public static long limit() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount()
        : Long.MAX_VALUE;
  }
}
