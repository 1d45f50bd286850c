package pika.storage.string;

import java.util.Arrays;
import pika.storage.key.Rows;

/**
 * An edit of a string in chunks. It holds one chunk at a time and rewrites only those written to.
 */
final class ChunkedEdit extends StringEdit {
  private static final int NONE = -1;

  /** Receives a finished chunk; the value must not be changed afterwards. */
  @FunctionalInterface
  private interface RowSink {
    void put(byte[] row, byte[] value);
  }

  private final EditedKey key;
  private final Rows rows;
  private final RowSink sink;
  private final long length;
  private final int chunkBytes;

  private int number = NONE;
  private byte[] chunk = new byte[0];
  private boolean changed;

  private ChunkedEdit(EditedKey key, Rows rows, RowSink sink, long length, int chunkBytes) {
    this.key = key;
    this.rows = rows;
    this.sink = sink;
    this.length = length;
    this.chunkBytes = chunkBytes;
  }

  /** Returns an edit of an existing value in chunks. */
  static ChunkedEdit of(EditedKey key, ChunkedValue value, long length) {
    key.requireMayBlock();
    Rows rows = value.rows();
    return new ChunkedEdit(key, rows, rows::put, length, value.chunkBytes());
  }

  /** Returns an edit that creates a value in chunks, all zeros at first. */
  static ChunkedEdit ofNew(EditedKey key, long length, int chunkBytes) {
    key.requireMayBlock();
    Rows rows = key.keyspace().newRows(key.userKey());
    return new ChunkedEdit(key, rows, rows::putNew, length, chunkBytes);
  }

  @Override
  public void read(long position, byte[] target) {
    int at = 0;
    while (at < target.length && position + at < length) {
      turnTo((int) ((position + at) / chunkBytes));
      int within = (int) ((position + at) % chunkBytes);
      int part = Math.min(target.length - at, chunk.length - within);
      System.arraycopy(chunk, within, target, at, part);
      at += part;
    }
    Arrays.fill(target, at, target.length, (byte) 0);
  }

  @Override
  public void write(long position, byte[] source, int offset, int count) {
    int at = 0;
    while (at < count) {
      int wanted = (int) ((position + at) / chunkBytes);
      int within = (int) ((position + at) % chunkBytes);
      int part = Math.min(count - at, chunkBytes - within);
      if (part == sizeOf(wanted)) {
        replace(wanted);
      } else {
        turnTo(wanted);
      }
      System.arraycopy(source, offset + at, chunk, within, part);
      changed = true;
      at += part;
    }
  }

  @Override
  public void save() {
    leave();
    key.putHeader(rows, length, chunkBytes);
  }

  /** Loads chunk {@code wanted}. */
  private void turnTo(int wanted) {
    if (number == wanted) {
      return;
    }
    leave();
    byte[] row = rows.get(StringFormat.row(wanted));
    chunk = row == null ? new byte[sizeOf(wanted)] : Arrays.copyOf(row, sizeOf(wanted));
    number = wanted;
  }

  /** Starts chunk {@code wanted} without loading it, because all of it will be written. */
  private void replace(int wanted) {
    if (number == wanted) {
      return;
    }
    leave();
    chunk = new byte[sizeOf(wanted)];
    number = wanted;
  }

  /** Stores the current chunk if it was written to. */
  private void leave() {
    if (changed) {
      sink.put(StringFormat.row(number), chunk);
    }
    changed = false;
    number = NONE;
  }

  private int sizeOf(int wanted) {
    return (int) Math.min(chunkBytes, length - (long) wanted * chunkBytes);
  }
}
