package pika.server.persistence;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pika.server.command.CommandException;
import pika.server.command.CommandSpec;
import pika.server.command.Flag;

/**
 * Keeps a reserve of disk space. While less than that is free, commands that may grow the data are
 * refused; reading and deleting go on, and so does RocksDB, which needs room to compact, to write its
 * log and to give the space of deleted data back. Writing is allowed again as soon as there is space.
 *
 * <p>The disk may fill up faster than this looks. RocksDB then refuses all writes, and recovers by
 * itself when it finds space again.
 *
 * <p>{@link #look} is confined to one thread; the rest is safe for many.
 */
public final class DiskGuard {
  /** How often to look: a fast disk takes in a few GB in between, a usual one less than the reserve. */
  public static final long PERIOD_MS = 1000;

  private static final Logger LOG = LoggerFactory.getLogger(DiskGuard.class);
  private static final String REFUSAL =
      "MISCONF Errors writing to disk: No space left on device, less than"
          + " least-free-disk-resume-size is free. Commands that add data are refused until there is"
          + " space again.";

  /** Where the free space is learned. */
  @FunctionalInterface
  public interface FreeSpace {
    /** Bytes that this process may still use on the disk of the data. */
    long bytes() throws IOException;
  }

  private final FreeSpace freeSpace;
  private volatile long reserveBytes;
  private volatile long freeBytes = Long.MAX_VALUE;
  private volatile boolean refusing;

  public DiskGuard(FreeSpace freeSpace) {
    this.freeSpace = freeSpace;
  }

  /** How much is to stay free, from the next look on; 0 for nothing. */
  public void reserve(long bytes) {
    reserveBytes = bytes;
  }

  /** Bytes that were free at the last look. */
  public long freeBytes() {
    return freeBytes;
  }

  /** Whether commands that may grow the data are refused at present. */
  public boolean isRefusing() {
    return refusing;
  }

  /** Compares what is free with the reserve; costs one system call. */
  public void look() {
    try {
      freeBytes = freeSpace.bytes();
    } catch (IOException e) {
      // Whatever is wrong with the disk, RocksDB's own writes will tell those who write.
      LOG.warn("can't tell how much disk space is free: {}", e.toString());
      return;
    }
    boolean full = freeBytes < reserveBytes;
    if (full != refusing) {
      refusing = full;
      if (full) {
        LOG.error("{} MB of disk space are left: writes that add data are refused", mib(freeBytes));
      } else {
        LOG.info("{} MB of disk space are free again: all writes are accepted", mib(freeBytes));
      }
    }
  }

  /** Throws the error reply if the command may grow the data and there is no room for that. */
  public void check(CommandSpec spec) {
    if (refusing && spec.has(Flag.DENYOOM)) {
      throw new CommandException(REFUSAL);
    }
  }

  private static long mib(long bytes) {
    return bytes >> 20;
  }
}
