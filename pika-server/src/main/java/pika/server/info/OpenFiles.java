package pika.server.info;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import pika.server.config.Config;
import pika.server.config.ConfigKeys;
import pika.server.config.RocksKeys;

/**
 * Divides the process's limit of open files ({@code ulimit -n}) between sockets and files. Clients
 * must not use up all of it: if RocksDB can't open a log file, it writes nothing until the next
 * start.
 */
public final class OpenFiles {
  /** For libraries, event loops, listening sockets, logs and table files being written. */
  private static final long PROCESS_FILES = 64;

  private static final int ALL = -1;

  private OpenFiles() {}

  /** Returns how many clients may be connected: {@code maxclients}, or fewer if need be. */
  public static int mostClients(Config config) {
    return mostClients(
        config.get(ConfigKeys.MAXCLIENTS), config.get(RocksKeys.MAX_CACHE_FILES), limit());
  }

  /**
   * Reserves a quarter of the limit for table files (of 64 MB: 64 GB per 4096), or less if RocksDB
   * is configured to keep fewer open.
   */
  static int mostClients(long configured, int openTables, long limit) {
    long forTables = openTables == ALL ? limit / 4 : Math.min(openTables, limit / 4);
    long forClients = Math.max(1, limit - forTables - PROCESS_FILES);
    return (int) Math.min(Math.min(configured, forClients), Integer.MAX_VALUE);
  }

  /** Returns how many table files may be open beside that many clients. */
  public static int roomForTables(Config config) {
    return roomForTables(mostClients(config), limit());
  }

  static int roomForTables(int clients, long limit) {
    return (int) Math.min(Math.max(1, limit - clients - PROCESS_FILES), Integer.MAX_VALUE);
  }

  /** Returns how many files and sockets this process may open. */
  public static long limit() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount()
        : Long.MAX_VALUE;
  }
}
