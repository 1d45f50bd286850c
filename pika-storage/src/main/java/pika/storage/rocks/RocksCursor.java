package pika.storage.rocks;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.ReadTier;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Status;
import pika.storage.bytes.KeyRange;

/**
 * A cursor over a RocksDB iterator with bounds, so that it never scans tombstones outside its
 * range. An open iterator keeps everything it started with in memory, even memtables that were
 * flushed long ago: that is why open cursors are counted, and why one that fails closes itself.
 */
final class RocksCursor implements Cursor {
  /** How a cursor uses the block cache. */
  enum Caching {
    /** Blocks read from disk are cached. */
    FILLS,
    /** Blocks read from disk are not cached. */
    LEAVES,
    /**
     * Nothing is read from disk: throws {@link NotInMemoryException} where that would be needed.
     */
    SUFFICES
  }

  private static final int SCRATCH_BYTES = 1 << 10;

  private final ReadOptions options;
  private final Slice lower;
  private final @Nullable Slice upper;
  private final RocksIterator iterator;
  private final Direction direction;
  private final AtomicInteger open;
  /**
   * Receives keys and values from native code: allocating a small array there takes longer than
   * copying it here.
   */
  private final byte[] scratch = new byte[SCRATCH_BYTES];

  private boolean valid;
  private boolean closed;

  /**
   * Opens a cursor, positioned on the first entry in its direction.
   *
   * @param iterators creates the iterator
   * @param open counts the open cursors
   */
  RocksCursor(
      Function<ReadOptions, RocksIterator> iterators,
      AtomicInteger open,
      KeyRange range,
      Direction direction,
      @Nullable View view,
      Caching caching) {
    this.direction = direction;
    this.open = open;
    byte[] to = range.to();
    this.lower = new Slice(range.from());
    this.upper = to == null ? null : new Slice(to);
    this.options =
        new ReadOptions().setIterateLowerBound(lower).setFillCache(caching != Caching.LEAVES);
    if (upper != null) {
      options.setIterateUpperBound(upper);
    }
    if (view != null) {
      options.setSnapshot(view.snapshot());
    }
    if (caching == Caching.SUFFICES) {
      options.setReadTier(ReadTier.BLOCK_CACHE_TIER);
    }
    this.iterator = iterators.apply(options);
    open.getAndIncrement();
    if (direction == Direction.FORWARD) {
      iterator.seekToFirst();
    } else {
      iterator.seekToLast();
    }
    settle();
  }

  @Override
  public boolean valid() {
    return valid;
  }

  @Override
  public byte[] key() {
    int length = iterator.key(scratch);
    return length <= SCRATCH_BYTES ? Arrays.copyOf(scratch, length) : iterator.key();
  }

  @Override
  public byte[] value() {
    int length = iterator.value(scratch);
    return length <= SCRATCH_BYTES ? Arrays.copyOf(scratch, length) : iterator.value();
  }

  @Override
  public void next() {
    requireOpen();
    if (direction == Direction.FORWARD) {
      iterator.next();
    } else {
      iterator.prev();
    }
    settle();
  }

  @Override
  public void seek(byte[] key) {
    requireOpen();
    if (direction == Direction.FORWARD) {
      iterator.seek(key);
    } else {
      iterator.seekForPrev(key);
    }
    settle();
  }

  private void requireOpen() {
    if (closed) {
      // Native code does not check.
      throw new IllegalStateException("a closed cursor can't go on");
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    open.getAndDecrement();
    iterator.close();
    options.close();
    lower.close();
    if (upper != null) {
      upper.close();
    }
  }

  private void settle() {
    valid = iterator.isValid();
    if (!valid) {
      try {
        iterator.status();
      } catch (RocksDBException e) {
        close();
        Status status = e.getStatus();
        if (status != null && status.getCode() == Status.Code.Incomplete) {
          throw new NotInMemoryException();
        }
        throw new StorageException("reading a range failed: " + e.getMessage(), e);
      }
    }
  }
}
