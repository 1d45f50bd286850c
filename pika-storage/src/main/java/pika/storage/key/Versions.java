package pika.storage.key;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pika.storage.bytes.BigEndian;
import pika.storage.rocks.Batch;
import pika.storage.rocks.Column;
import pika.storage.rocks.Rocks;
import pika.storage.rocks.StorageException;

/**
 * Issues numbers that are never repeated in the life of a data directory: versions of large values
 * and ids of garbage entries. They are reserved on disk in blocks; a restart skips the rest of a
 * block. Thread-safe.
 */
final class Versions {
  private static final byte[] CEILING = "version-ceiling".getBytes(StandardCharsets.US_ASCII);
  private static final long BLOCK = 1 << 20;
  private static final Logger LOG = LoggerFactory.getLogger(Versions.class);

  private final Rocks rocks;
  private final AtomicLong next;
  private volatile long ceiling;

  Versions(Rocks rocks) {
    this.rocks = rocks;
    byte[] stored = rocks.get(Column.META, CEILING);
    this.ceiling = stored == null ? 1 : BigEndian.takeLong(stored, 0);
    this.next = new AtomicLong(ceiling);
    try {
      reserve(ceiling);
    } catch (StorageException e) {
      // Serve reads even so. A number is needed only for writing, and a failing write is reported.
      LOG.error(
          "cannot write to the database, serving reads; writes fail until the disk is repaired: {}",
          e.getMessage());
    }
  }

  /**
   * Returns the next number. Writes to disk when a block is exhausted because {@link #reserveAhead}
   * has not kept up.
   */
  long next() {
    long version = next.getAndIncrement();
    if (version >= ceiling) {
      reserve(version);
    }
    return version;
  }

  /**
   * Reserves the next block when less than half of the current one is left, so that nobody has to
   * wait for it.
   */
  void reserveAhead() {
    reserve(next.get() + BLOCK / 2);
  }

  /** Ensures that {@code version} lies below the ceiling on disk. */
  private synchronized void reserve(long version) {
    if (version < ceiling) {
      return;
    }
    long newCeiling = version + BLOCK;
    byte[] bytes = new byte[Long.BYTES];
    BigEndian.putLong(bytes, 0, newCeiling);
    Batch batch = rocks.batch();
    batch.put(Column.META, CEILING, bytes);
    rocks.write(batch, Rocks.Durability.SYNCED);
    ceiling = newCeiling;
  }
}
