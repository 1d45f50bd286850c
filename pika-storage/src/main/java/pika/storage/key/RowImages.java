package pika.storage.key;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pika.storage.rocks.Cursor;

/**
 * Images of the rows of large values that are read as a whole again and again: RocksDB takes longer to step from row to row
 * than all the rest of such a read. Safe for many threads.
 *
 * <p>An image is made when a range is read for the second time with no change of the key in between, so that values that
 * change all the time cost no more than a look. It is that of the key as long as the key's stamp in the {@link RecordCache}
 * is the one it was before the image was made: every commit that changes a key, or rows of it, changes the stamp. (So do, by
 * chance, commits of other keys that share its stripe; that costs a walk.) The stamp is taken first and compared again when
 * the image is complete, and the rows are read as they are then, not through anybody's view: between two equal stamps nobody
 * has changed them, and nobody has dropped the value and left its rows to the reaper.
 *
 * <p>Those used last are kept, as many as fit the bound.
 */
final class RowImages {
  /** What an image takes besides its rows, and what knowing of a range without one takes. */
  private static final int OVERHEAD_BYTES = 256;

  private final Map<ByteBuffer, Seen> ranges = new LinkedHashMap<>(16, 0.75f, true);
  private long maximumBytes;
  private long bytes;

  /** A range that was read while its key had this stamp; without an image the first time, or when that is too large. */
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
   * All rows of a range, null when they have to be walked over.
   *
   * @param from where the range starts; it identifies the range
   * @param stamps tells the stamp of the key now, which is not that of a running commit
   * @param walk opens a walk over the rows as they are now; gives null when the value is not there any more
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
