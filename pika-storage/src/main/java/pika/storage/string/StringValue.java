package pika.storage.string;

import pika.storage.bytes.Slice;
import pika.storage.key.KeyRecord;

/**
 * A string as found by one command, for reading it as a whole or in parts. Reading a part costs its
 * size, not that of the string. Confined to the thread of its unit of work, and valid until the
 * current command ends or changes the key.
 */
public sealed interface StringValue extends BytesAt permits InlineValue, ChunkedValue {
  /** Returns the length in bytes. */
  long length();

  /** Returns the record it was found in. */
  KeyRecord record();

  /**
   * Returns the bytes from {@code from}, inclusive, to {@code to}, exclusive; both must be within
   * the string.
   */
  Slice slice(long from, long to);

  /** Iterates over the same bytes in blocks, so that only one is in memory at a time. */
  Blocks blocks(long from, long to);

  /** Returns all bytes. */
  default Slice all() {
    return slice(0, length());
  }
}
