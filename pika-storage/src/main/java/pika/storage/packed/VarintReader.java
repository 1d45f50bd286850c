package pika.storage.packed;

import java.util.Arrays;
import pika.storage.bytes.ByteWriter;
import pika.storage.rocks.StorageException;

/**
 * Reads what a {@link ByteWriter} wrote as varints and bytes, from a part of an array. Bytes that end too early or make no
 * sense are a {@link StorageException}. Confined to one thread.
 */
public final class VarintReader {
  private static final int MAX_SHIFT = 63;

  private final byte[] bytes;
  private final int end;
  private int position;

  /** Reads {@code bytes} from {@code offset} up to {@code end}. */
  public VarintReader(byte[] bytes, int offset, int end) {
    this.bytes = bytes;
    this.position = offset;
    this.end = end;
  }

  /** Where in the array the next byte is. */
  public int position() {
    return position;
  }

  /** A byte, 0 to 255. */
  public int takeByte() {
    require(position < end);
    return bytes[position++] & 0xff;
  }

  /** A varint that is the length or count of something in memory. */
  public int takeVarint() {
    long value = takeVarlong();
    require(value >= 0 && value <= Integer.MAX_VALUE);
    return (int) value;
  }

  /** A 64-bit varint. */
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

  /** A copy of the next {@code length} bytes. */
  public byte[] takeBytes(int length) {
    int start = position;
    skip(length);
    return Arrays.copyOfRange(bytes, start, position);
  }

  /** Goes on by {@code length} bytes. */
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
    return new StorageException("damaged value: its parts don't fit together");
  }
}
