package pika.storage.string;

import pika.storage.bytes.BigEndian;
import pika.storage.bytes.KeyRange;
import pika.storage.key.KeyRecord;
import pika.storage.rocks.StorageException;

/**
 * How strings are written.
 *
 * <pre>
 * payload of PLAIN, RAW, TEXT := byte*
 * payload of CHUNKED          := length:u64 chunk-bytes:u32
 * row of CHUNKED              := number:u32 -> byte*      the bytes from number * chunk-bytes on
 * </pre>
 *
 * All integers are big-endian. A row may be shorter than a chunk, and may be missing: what isn't
 * there reads as zeros, so that writing far behind the end costs one row. No row reaches beyond the
 * length. The chunk size is a fact of the value: another default applies to new values only.
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

  /** How long the string is, whatever its encoding. */
  static long length(KeyRecord record) {
    if (!record.hasRows()) {
      return record.payloadLength();
    }
    requireChunked(record);
    return BigEndian.takeLong(record.array(), record.payloadOffset());
  }

  /** The chunk size of a CHUNKED string. */
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

  /** The name of a chunk's row. */
  static byte[] row(int number) {
    byte[] row = new byte[Integer.BYTES];
    BigEndian.putInt(row, 0, number);
    return row;
  }

  /** The number of the chunk whose row has this name. */
  static int number(byte[] row) {
    return BigEndian.takeInt(row, 0);
  }

  /** The rows of chunks {@code first} to {@code last}, both included. */
  static KeyRange rows(int first, int last) {
    return new KeyRange(row(first), row(last + 1));
  }
}
