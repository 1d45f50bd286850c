package pika.storage.list;

import pika.storage.key.DataType;
import pika.storage.key.KeyRecord;
import pika.storage.key.Keyspace;
import pika.storage.key.Rows;
import pika.storage.key.WouldBlock;

/** The key a list is read from and written to. */
record ListKey(Keyspace keyspace, byte[] userKey, ListLimits limits) {

  /** Puts a list whole into the record; one without elements is none. */
  void put(Leaf leaf, long expireAtMs) {
    if (leaf.count() == 0) {
      keyspace.delete(userKey);
      return;
    }
    int encoding = ListEncoding.PACKED.id();
    keyspace.put(userKey, KeyRecord.of(DataType.LIST, encoding, expireAtMs, leaf.encode()));
  }

  /** Puts the header of a list in leaves. */
  void putHeader(Rows rows, long expireAtMs, byte[] directory) {
    int encoding = ListEncoding.LEAVES.id();
    keyspace.put(userKey, rows.header(DataType.LIST, encoding, expireAtMs, directory));
  }

  /** Rows for a list that has become too large for its record; making them is for threads that may wait. */
  Rows newRows() {
    requireMayBlock();
    return keyspace.newRows(userKey);
  }

  /** What takes long is not for the threads of a loop. */
  void requireMayBlock() {
    if (!keyspace.unit().mayBlock()) {
      throw WouldBlock.INSTANCE;
    }
  }
}
