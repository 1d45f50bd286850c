package pika.storage.packed;

import java.util.Arrays;
import pika.storage.bytes.ByteWriter;
import pika.storage.rocks.StorageException;

/**
 * Reads varints and bytes written by a {@link ByteWriter} from a part of an array. Truncated or
 * malformed input throws {@link StorageException}. Confined to one thread.
 */
public final class VarintReader {
  private final byte[] bytes;
  private final int end;
  private int position;

  /** Creates a reader of {@code bytes} from {@code offset} up to {@code end}. */
  public VarintReader(byte[] bytes, int offset, int end) {
    this.bytes = bytes;
    this.position = offset;
    this.end = end;
  }

  /** Returns the array offset of the next byte. */
  public int position() {
    return position;
  }

  /** Reads a byte, 0 to 255. */
  public int takeByte() {
    require(position < end);
    return bytes[position++] & 0xff;
  }

  /** Reads a varint that is a length or count, at most {@link Integer#MAX_VALUE}. */
  public int takeVarint() {
    int value = Varint.take(bytes, position, end);
    position += ByteWriter.varintBytes(value);
    return value;
  }

  /** Reads a 64-bit varint. */
  public long takeVarlong() {
    long value = Varint.takeLong(bytes, position, end);
    position += ByteWriter.varlongBytes(value);
    return value;
  }

  /** Reads a copy of the next {@code length} bytes. */
  public byte[] takeBytes(int length) {
    int start = position;
    skip(length);
    return Arrays.copyOfRange(bytes, start, position);
  }

  /** Skips {@code length} bytes. */
  public void skip(int length) {
    require(length <= end - position);
    position += length;
  }

  private static void require(boolean whole) {
    if (!whole) {
      throw Varint.damaged();
    }
  }
}
