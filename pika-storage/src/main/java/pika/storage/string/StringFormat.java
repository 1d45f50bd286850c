package pika.storage.string;

import pika.storage.bytes.BigEndian;
import pika.storage.bytes.KeyRange;
import pika.storage.key.KeyRecord;
import pika.storage.rocks.StorageException;

/**
 * The encoding of strings.
 *
 * <pre>
 * payload of PLAIN, RAW, TEXT := byte*
 * payload of CHUNKED          := length:u64 chunk-bytes:u32
 * row of CHUNKED              := number:u32 -> byte*      the bytes from number * chunk-bytes on
 * </pre>
 *
 * <p>All integers are big-endian. A row may be shorter than a chunk or missing: missing bytes read
 * as zeros, so writing far behind the end costs one row. No row extends beyond the length. The
 * chunk size belongs to the value: another default applies to new values only.
 */
final class StringFormat {
  private static final int CHUNK_BYTES_OFFSET = Long.BYTES;
  private static final int CHUNKED_PAYLOAD_BYTES = Long.BYTES + Integer.BYTES;

  private StringFormat() {}

  static byte[] chunkedPayload(long length, int chunkBytes) {
    byte[] payload = new byte[CHUNKED_PAYLOAD_BYTES];
    BigEndian.putLong(payload, 0, length);
    BigEndian.putInt(payload, CHUNK_BYTES_OFFSET, chunkBytes);
    return payload;
  }

  /** Returns the length of a string of any encoding. */
  static long length(KeyRecord record) {
    if (!record.hasRows()) {
      return record.payloadLength();
    }
    requireChunked(record);
    return BigEndian.takeLong(record.array(), record.payloadOffset());
  }

  /** Returns the chunk size of a CHUNKED string. */
  static int chunkBytes(KeyRecord record) {
    requireChunked(record);
    return BigEndian.takeInt(record.array(), record.payloadOffset() + CHUNK_BYTES_OFFSET);
  }

  private static void requireChunked(KeyRecord record) {
    if (record.encoding() != StringEncoding.CHUNKED.id()
        || record.payloadLength() != CHUNKED_PAYLOAD_BYTES) {
      throw new StorageException("damaged header of a long string");
    }
  }

  /** Returns the name of a chunk's row. */
  static byte[] row(int number) {
    byte[] row = new byte[Integer.BYTES];
    BigEndian.putInt(row, 0, number);
    return row;
  }

  /** Returns the number of the chunk whose row has this name. */
  static int number(byte[] row) {
    return BigEndian.takeInt(row, 0);
  }

  /** Returns the range of the rows of chunks {@code first} to {@code last}, inclusive. */
  static KeyRange rows(int first, int last) {
    return new KeyRange(row(first), row(last + 1));
  }
}
