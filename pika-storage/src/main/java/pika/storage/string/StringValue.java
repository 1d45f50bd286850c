package pika.storage.string;

import pika.storage.bytes.Slice;
import pika.storage.key.KeyRecord;

/**
 * A string as one command finds it, for reading all of it or parts. A part costs what it is long,
 * not what the string is long. Confined to the thread of its unit of work and good until the
 * present command ends or changes the key.
 */
public sealed interface StringValue extends BytesAt permits InlineValue, ChunkedValue {
  /** How many bytes there are. */
  long length();

  /** The record it was found in. */
  KeyRecord record();

  /** The bytes from {@code from} (included) to {@code to} (excluded), both inside the string. */
  Slice slice(long from, long to);

  /** The same bytes one block after the other, so that no more than one is in memory. */
  Blocks blocks(long from, long to);

  /** All bytes. */
  default Slice all() {
    return slice(0, length());
  }
}
