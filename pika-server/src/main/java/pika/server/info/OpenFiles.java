package pika.server.info;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * Sockets and files share one limit of the process ({@code ulimit -n}). Clients must not take all of
 * it: RocksDB, once it could not open a file of its log, writes nothing more until the next start.
 */
public final class OpenFiles {
  /** Libraries, event loops, listening sockets, the server's log. */
  private static final long PROCESS_FILES = 64;

  private OpenFiles() {}

  /** How many clients may be connected at most when so many are allowed by the configuration. */
  public static int mostClients(long configured) {
    return mostClients(configured, limit());
  }

  /** A quarter of the limit is for the database, which at 64 MB a file is 64 GB of each 4096. */
  static int mostClients(long configured, long limit) {
    long forClients = Math.max(1, limit - limit / 4 - PROCESS_FILES);
    return (int) Math.min(Math.min(configured, forClients), Integer.MAX_VALUE);
  }

  /** How many files and sockets this process may have open. */
  public static long limit() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount()
        : Long.MAX_VALUE;
  }
}
