package pika.storage.key;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import pika.storage.bytes.BigEndian;
import pika.storage.bytes.Slice;

/**
 * An in-memory copy of the rows of one range, in order. Immutable and thread-safe.
 *
 * <pre>
 * chunk := row*
 * row   := name-length:u32 value-length:u32 name value
 * </pre>
 *
 * <p>Chunks are short because the garbage collector has to find contiguous space for long arrays.
 */
public final class RowImage {
  private static final int HEAD_BYTES = 2 * Integer.BYTES;
  private static final int CHUNK_BYTES = 32 << 10;

  private final List<byte[]> chunks;
  private final int count;
  private final long sizeBytes;

  private RowImage(List<byte[]> chunks, int count, long sizeBytes) {
    this.chunks = chunks;
    this.count = count;
    this.sizeBytes = sizeBytes;
  }

  /** Returns the number of rows. */
  public int count() {
    return count;
  }

  /** Returns an iteration over all rows, positioned before the first. */
  public Walk walk() {
    return new Walk(chunks);
  }

  long sizeBytes() {
    return sizeBytes;
  }

  /** Iterates over the rows. Confined to one thread. */
  public static final class Walk {
    private final List<byte[]> chunks;
    private byte[] chunk = {};
    private int next;
    private int at;
    private int nameLength;
    private int valueLength;

    private Walk(List<byte[]> chunks) {
      this.chunks = chunks;
    }

    /** Moves to the next row; returns false when there is none. */
    public boolean next() {
      at += nameLength + valueLength;
      if (at == chunk.length) {
        if (next == chunks.size()) {
          return false;
        }
        chunk = chunks.get(next++);
        at = 0;
      }
      nameLength = BigEndian.takeInt(chunk, at);
      valueLength = BigEndian.takeInt(chunk, at + Integer.BYTES);
      at += HEAD_BYTES;
      return true;
    }

    /** Returns the row's key without the rows' common prefix. Remains valid after {@link #next}. */
    public Slice name() {
      return new Slice(chunk, at, nameLength);
    }

    /** Returns the value of the row. Remains valid after {@link #next}. */
    public Slice value() {
      return new Slice(chunk, at + nameLength, valueLength);
    }
  }

  /** Collects rows, which are added in order. */
  static final class Builder {
    private final long limitBytes;
    private final List<byte[]> chunks = new ArrayList<>();
    private byte[] chunk = new byte[CHUNK_BYTES];
    private int end;
    private int count;
    private long sizeBytes;

    /** Builds an image of at most {@code limitBytes}. */
    Builder(long limitBytes) {
      this.limitBytes = limitBytes;
    }

    /**
     * Adds a row whose name starts at {@code nameOffset} in its key; returns false when it does not
     * fit.
     */
    boolean add(byte[] rowKey, int nameOffset, byte[] value) {
      int nameLength = rowKey.length - nameOffset;
      long length = (long) HEAD_BYTES + nameLength + value.length;
      sizeBytes += length;
      if (sizeBytes > limitBytes) {
        return false;
      }
      if (length > chunk.length - end) {
        endChunk();
        chunk = new byte[(int) Math.max(CHUNK_BYTES, length)];
      }
      BigEndian.putInt(chunk, end, nameLength);
      BigEndian.putInt(chunk, end + Integer.BYTES, value.length);
      end += HEAD_BYTES;
      System.arraycopy(rowKey, nameOffset, chunk, end, nameLength);
      System.arraycopy(value, 0, chunk, end + nameLength, value.length);
      end += nameLength + value.length;
      count++;
      return true;
    }

    RowImage build() {
      endChunk();
      return new RowImage(chunks, count, sizeBytes);
    }

    private void endChunk() {
      if (end > 0) {
        chunks.add(end == chunk.length ? chunk : Arrays.copyOf(chunk, end));
      }
      end = 0;
    }
  }
}
