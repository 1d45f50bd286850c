package pika.storage.list;

import pika.storage.key.DataType;
import pika.storage.key.KeyRecord;
import pika.storage.key.Keyspace;
import pika.storage.key.Rows;
import pika.storage.key.WouldBlock;

/** The key of a list, for reading and writing it. */
record ListKey(Keyspace keyspace, byte[] userKey, ListLimits limits) {

  /** Stores a list packed in its record; deletes the key when the leaf is empty. */
  void put(Leaf leaf, long expireAtMs) {
    if (leaf.count() == 0) {
      keyspace.delete(userKey);
      return;
    }
    int encoding = ListEncoding.PACKED.id();
    keyspace.put(userKey, KeyRecord.of(DataType.LIST, encoding, expireAtMs, leaf.encode()));
  }

  /** Stores the header of a list in leaves. */
  void putHeader(Rows rows, long expireAtMs, byte[] directory) {
    int encoding = ListEncoding.LEAVES.id();
    keyspace.put(userKey, rows.header(DataType.LIST, encoding, expireAtMs, directory));
  }

  /** Stores the header of a list in leaves that stay open for further commands. */
  void putLateHeader(Rows rows, long expireAtMs, KeptLeaves leaves) {
    int encoding = ListEncoding.LEAVES.id();
    keyspace.put(userKey, rows.lateHeader(DataType.LIST, encoding, expireAtMs, leaves));
  }

  /**
   * Returns rows for a list that has outgrown its record. Throws {@link WouldBlock} on a loop:
   * converting takes too long there.
   */
  Rows newRows() {
    requireMayBlock();
    return keyspace.newRows(userKey);
  }

  /** Throws {@link WouldBlock} if the unit must not wait. */
  void requireMayBlock() {
    if (!keyspace.unit().mayBlock()) {
      throw WouldBlock.INSTANCE;
    }
  }
}
