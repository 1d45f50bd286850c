package pika.storage.packed;

import java.util.Arrays;
import pika.storage.bytes.ByteWriter;
import pika.storage.rocks.StorageException;

/**
 * Reads varints and bytes written by a {@link ByteWriter} from a part of an array. Truncated or
 * malformed input throws {@link StorageException}. Confined to one thread.
 */
public final class VarintReader {
  private static final int MAX_SHIFT = 63;

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
    long value = takeVarlong();
    require(value >= 0 && value <= Integer.MAX_VALUE);
    return (int) value;
  }

  /** Reads a 64-bit varint. */
  public long takeVarlong() {
    long value = 0;
    for (int shift = 0; shift <= MAX_SHIFT; shift += 7) {
      int next = takeByte();
      value |= (next & 0x7fL) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw damaged();
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
      throw damaged();
    }
  }

  private static StorageException damaged() {
    return new StorageException("damaged value: inconsistent lengths");
  }
}
