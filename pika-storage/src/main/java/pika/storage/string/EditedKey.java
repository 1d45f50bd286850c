package pika.storage.string;

import pika.storage.key.DataType;
import pika.storage.key.KeyRecord;
import pika.storage.key.Keyspace;
import pika.storage.key.Rows;
import pika.storage.key.WouldBlock;

/**
 * The key an edit writes to.
 *
 * @param expireAtMs the deadline of the edited value, in milliseconds since 1970
 */
record EditedKey(Keyspace keyspace, byte[] userKey, long expireAtMs) {

  /** Stores a string inline in the record. */
  void put(StringEncoding encoding, byte[] payload) {
    keyspace.put(userKey, KeyRecord.of(DataType.STRING, encoding.id(), expireAtMs, payload));
  }

  /** Stores the header of a string in chunks. */
  void putHeader(Rows rows, long length, int chunkBytes) {
    byte[] payload = StringFormat.chunkedPayload(length, chunkBytes);
    int encoding = StringEncoding.CHUNKED.id();
    keyspace.put(userKey, rows.header(DataType.STRING, encoding, expireAtMs, payload));
  }

  /**
   * Throws {@link WouldBlock} if the unit must not wait, since rows may have to be read from disk.
   */
  void requireMayBlock() {
    if (!keyspace.unit().mayBlock()) {
      throw WouldBlock.INSTANCE;
    }
  }
}
