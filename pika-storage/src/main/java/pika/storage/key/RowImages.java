package pika.storage.key;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pika.storage.rocks.Cursor;

/**
 * Caches images of large values that are repeatedly read as a whole: stepping RocksDB from row to
 * row takes longer than the rest of such a read. Thread-safe.
 *
 * <p>An image is made when a range is read for the second time with no change of the key in
 * between, so values that change all the time cost no more than a lookup. An image is valid as long
 * as the key's stamp in the {@link RecordCache} is what it was before the image was made: every
 * commit that changes a key, or rows of it, changes the stamp. (So do commits of other keys that
 * happen to share its stripe; that costs a walk.) The stamp is taken first and compared again when
 * the image is complete, and the rows are read in their latest state, not through a view: between
 * two equal stamps nobody has changed them, and nobody has dropped the value and left its rows to
 * the reaper.
 *
 * <p>Least recently used images are evicted when the bound is exceeded.
 */
final class RowImages {
  /** Overhead of an image, or of remembering a range without one. */
  private static final int OVERHEAD_BYTES = 256;

  private final Map<ByteBuffer, Seen> ranges = new LinkedHashMap<>(16, 0.75f, true);
  private long maximumBytes;
  private long bytes;

  /**
   * A range that was read while its key had this stamp. Without an image after the first read, or
   * when it would be too large.
   */
  private record Seen(
      long keyHash, long stamp, @Nullable RowImage image, boolean isTooLarge, int nameBytes) {
    long sizeBytes() {
      return OVERHEAD_BYTES + nameBytes + (image == null ? 0 : image.sizeBytes());
    }
  }

  RowImages(long maximumBytes) {
    this.maximumBytes = maximumBytes;
  }

  /**
   * Returns all rows of a range, or null when the caller has to iterate instead.
   *
   * @param from where the range starts; it identifies the range
   * @param stamps returns the key's current stamp
   * @param walk opens a cursor over the rows in their latest state; returns null when the value no
   *     longer exists
   */
  @Nullable
  RowImage get(
      byte[] from, Key key, LongSupplier stamps, int nameOffset, Supplier<@Nullable Cursor> walk) {
    long stamp = stamps.getAsLong();
    if (RecordCache.isChanging(stamp)) {
      return null;
    }
    ByteBuffer name = ByteBuffer.wrap(from);
    Seen seen = find(name);
    if (seen == null || seen.stamp != stamp || seen.keyHash != key.hash()) {
      keep(name, new Seen(key.hash(), stamp, null, false, from.length));
      return null;
    }
    if (seen.image != null || seen.isTooLarge) {
      return seen.image;
    }
    try (Cursor cursor = walk.get()) {
      RowImage image = cursor == null ? null : imageOf(cursor, nameOffset);
      if (cursor == null || stamps.getAsLong() != stamp) {
        return null;
      }
      keep(name, new Seen(key.hash(), stamp, image, image == null, from.length));
      return image;
    }
  }

  private @Nullable RowImage imageOf(Cursor cursor, int nameOffset) {
    RowImage.Builder builder = new RowImage.Builder(mostInOne());
    for (; cursor.valid(); cursor.next()) {
      if (!builder.add(cursor.key(), nameOffset, cursor.value())) {
        return null;
      }
    }
    return builder.build();
  }

  private synchronized long mostInOne() {
    return maximumBytes / 2 - OVERHEAD_BYTES;
  }

  private synchronized @Nullable Seen find(ByteBuffer name) {
    return ranges.get(name);
  }

  private synchronized void keep(ByteBuffer name, Seen seen) {
    Seen before = ranges.put(name, seen);
    bytes += seen.sizeBytes() - (before == null ? 0 : before.sizeBytes());
    makeRoom();
  }

  synchronized void clear() {
    ranges.clear();
    bytes = 0;
  }

  synchronized void resize(long newMaximumBytes) {
    maximumBytes = newMaximumBytes;
    makeRoom();
  }

  synchronized long sizeBytes() {
    return bytes;
  }

  private void makeRoom() {
    var oldest = ranges.values().iterator();
    while (bytes > maximumBytes && oldest.hasNext()) {
      bytes -= oldest.next().sizeBytes();
      oldest.remove();
    }
  }
}
