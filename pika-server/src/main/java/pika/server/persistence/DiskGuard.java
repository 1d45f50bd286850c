package pika.server.persistence;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pika.server.command.CommandException;
import pika.server.command.CommandSpec;
import pika.server.command.Flag;
import pika.storage.rocks.FileFailure;

/**
 * Keeps a reserve of disk space. While less is free, commands that may grow the data are refused;
 * reads and deletes continue, and so does RocksDB, which needs room to compact, to write its log
 * and to reclaim the space of deleted data. Writes are allowed again as soon as there is space.
 *
 * <p>The disk may fill up faster than this checks. RocksDB then rejects all writes, and recovers on
 * its own when there is space again.
 *
 * <p>{@link #look} is confined to one thread; everything else is thread-safe.
 */
public final class DiskGuard {
  /**
   * How often to check: meanwhile a fast disk takes in a few GB, a normal one less than the
   * reserve.
   */
  public static final long PERIOD_MS = 1000;

  private static final Logger LOG = LoggerFactory.getLogger(DiskGuard.class);
  private static final String REFUSAL =
      "MISCONF Errors writing to disk: No space left on device, less than"
          + " least-free-disk-resume-size is free. Commands that add data are refused until there is"
          + " space again.";

  /** Supplies the free disk space. */
  @FunctionalInterface
  public interface FreeSpace {
    /** Returns how many bytes this process may still use on the data's disk. */
    long bytes() throws IOException;
  }

  private final FreeSpace freeSpace;
  private volatile long reserveBytes;
  private volatile long freeBytes = Long.MAX_VALUE;
  private volatile boolean refusing;
  private boolean blind; // confined to the thread of look()

  public DiskGuard(FreeSpace freeSpace) {
    this.freeSpace = freeSpace;
  }

  /** Sets how many bytes must stay free, from the next check on; 0 for none. */
  public void reserve(long bytes) {
    reserveBytes = bytes;
  }

  /** Returns how many bytes were free at the last check. */
  public long freeBytes() {
    return freeBytes;
  }

  /** Returns whether commands that may grow the data are currently refused. */
  public boolean isRefusing() {
    return refusing;
  }

  /** Compares the free space with the reserve; costs one system call. */
  public void look() {
    try {
      freeBytes = freeSpace.bytes();
    } catch (IOException e) {
      cannotLook(e);
      return;
    }
    blind = false;
    boolean full = freeBytes < reserveBytes;
    if (full != refusing) {
      refusing = full;
      if (full) {
        LOG.error(
            "only {} MB of disk space left, less than"
                + " least-free-disk-resume-size: rejecting commands that add data"
                + " until space is freed",
            mib(freeBytes));
      } else {
        LOG.info("{} MB of disk space free again: accepting all writes", mib(freeBytes));
      }
    }
  }

  /** Logs the first failure of a row. If the disk is broken, RocksDB's own writes report it. */
  private void cannotLook(IOException e) {
    if (!blind) {
      blind = true;
      LOG.warn(
          "cannot determine the free disk space; the check is repeated,"
              + " writes are treated as before: {}",
          FileFailure.reason(e));
    }
  }

  /**
   * Checks a command.
   *
   * @throws CommandException if it may grow the data and there is no room
   */
  public void check(CommandSpec spec) {
    if (refusing && spec.has(Flag.DENYOOM)) {
      throw new CommandException(REFUSAL);
    }
  }

  private static long mib(long bytes) {
    return bytes >> 20;
  }
}
