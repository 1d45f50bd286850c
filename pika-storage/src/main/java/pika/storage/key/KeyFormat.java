package pika.storage.key;

import java.util.Arrays;
import pika.storage.bytes.BigEndian;
import pika.storage.bytes.ByteWriter;
import pika.storage.bytes.Hash64;
import pika.storage.bytes.KeyRange;
import pika.storage.bytes.Slots;

/**
 * The encoding of keys in each column.
 *
 * <pre>
 * prefix      := database:u32 [slot:u16]            slot only in directories made with cluster-enabled
 * record key  := prefix user-key
 * scan key    := prefix hash:u48 user-key           the upper 48 bits of Hash64(user-key)
 * scan value  := type:u8
 * expiry key  := database:u32 deadline-ms:u64 [slot:u16] user-key
 * row key     := prefix length:varint home-key version:u64 row
 * </pre>
 *
 * <p>All integers are big-endian, so that byte order is numeric order. {@code database} is an id,
 * which FLUSHDB replaces; the meta column maps numbers to ids. {@code home-key} is the name a large
 * value was created under: RENAME moves its header and leaves the rows where they are.
 */
public final class KeyFormat {
  private static final int DATABASE_BYTES = 4;
  private static final int SLOT_BYTES = 2;
  private static final int SCAN_HASH_BYTES = 6;
  private static final int SCAN_HASH_BITS = 48;

  private final int prefixLength;

  private KeyFormat(int prefixLength) {
    this.prefixLength = prefixLength;
  }

  /** Returns the format with keys in plain order inside their database. */
  static KeyFormat plain() {
    return new KeyFormat(DATABASE_BYTES);
  }

  /** Returns the format with keys grouped by hash slot inside their database. */
  static KeyFormat slotted() {
    return new KeyFormat(DATABASE_BYTES + SLOT_BYTES);
  }

  boolean hasSlots() {
    return prefixLength > DATABASE_BYTES;
  }

  Key key(int databaseId, byte[] userKey) {
    byte[] bytes = new byte[prefixLength + userKey.length];
    BigEndian.putInt(bytes, 0, databaseId);
    if (hasSlots()) {
      putSlot(bytes, Slots.of(userKey));
    }
    System.arraycopy(userKey, 0, bytes, prefixLength, userKey.length);
    return new Key(bytes, prefixLength, Hash64.of(userKey));
  }

  /** Decodes a key of the record column. */
  Key decode(byte[] recordKey) {
    byte[] userKey = Arrays.copyOfRange(recordKey, prefixLength, recordKey.length);
    return new Key(recordKey, prefixLength, Hash64.of(userKey));
  }

  /** Returns the range of one database, the same in every column of keys and rows. */
  static KeyRange databaseRange(int databaseId) {
    return KeyRange.ofPrefix(databasePrefix(databaseId));
  }

  static byte[] databasePrefix(int databaseId) {
    byte[] prefix = new byte[DATABASE_BYTES];
    BigEndian.putInt(prefix, 0, databaseId);
    return prefix;
  }

  byte[] scanKey(Key key) {
    byte[] bytes = key.bytes();
    byte[] scanKey = new byte[bytes.length + SCAN_HASH_BYTES];
    System.arraycopy(bytes, 0, scanKey, 0, prefixLength);
    putHash(scanKey, prefixLength, key.hash() >>> (64 - SCAN_HASH_BITS));
    System.arraycopy(
        bytes, prefixLength, scanKey, prefixLength + SCAN_HASH_BYTES, bytes.length - prefixLength);
    return scanKey;
  }

  /**
   * Returns the first scan key at {@code position} of a database. A position is the slot shifted
   * left by 48 bits, plus the hash.
   */
  byte[] scanStart(int databaseId, long position) {
    byte[] start = new byte[prefixLength + SCAN_HASH_BYTES];
    BigEndian.putInt(start, 0, databaseId);
    if (hasSlots()) {
      putSlot(start, (int) (position >>> SCAN_HASH_BITS));
    }
    putHash(start, prefixLength, position & ((1L << SCAN_HASH_BITS) - 1));
    return start;
  }

  /** Returns the position of a scan key in its database. */
  long scanPosition(byte[] scanKey) {
    long position = 0;
    for (int i = DATABASE_BYTES; i < prefixLength + SCAN_HASH_BYTES; i++) {
      position = position << 8 | (scanKey[i] & 0xff);
    }
    return position;
  }

  /** Returns one more than the greatest position. */
  long scanPositions() {
    return (hasSlots() ? (long) Slots.COUNT : 1L) << SCAN_HASH_BITS;
  }

  /** Returns the user's bytes of a scan key. */
  byte[] userKeyOfScanKey(byte[] scanKey) {
    return Arrays.copyOfRange(scanKey, prefixLength + SCAN_HASH_BYTES, scanKey.length);
  }

  /** Returns the user's bytes of a record key. */
  byte[] userKeyOfRecordKey(byte[] recordKey) {
    return Arrays.copyOfRange(recordKey, prefixLength, recordKey.length);
  }

  static byte[] scanValue(DataType type) {
    return new byte[] {(byte) type.id()};
  }

  static DataType typeOfScanValue(byte[] scanValue) {
    return DataType.ofId(scanValue[0]);
  }

  byte[] expiryKey(long deadlineMs, Key key) {
    byte[] bytes = key.bytes();
    byte[] expiryKey = new byte[bytes.length + Long.BYTES];
    System.arraycopy(bytes, 0, expiryKey, 0, DATABASE_BYTES);
    BigEndian.putLong(expiryKey, DATABASE_BYTES, deadlineMs);
    System.arraycopy(
        bytes,
        DATABASE_BYTES,
        expiryKey,
        DATABASE_BYTES + Long.BYTES,
        bytes.length - DATABASE_BYTES);
    return expiryKey;
  }

  /**
   * Returns the range of one database's expiry entries with deadlines of {@code fromMs} or later.
   */
  static KeyRange deadlinesFrom(int databaseId, long fromMs) {
    byte[] from = new byte[DATABASE_BYTES + Long.BYTES];
    BigEndian.putInt(from, 0, databaseId);
    BigEndian.putLong(from, DATABASE_BYTES, Math.max(0, fromMs));
    return databaseRange(databaseId).startingAt(from);
  }

  static long deadlineOfExpiryKey(byte[] expiryKey) {
    return BigEndian.takeLong(expiryKey, DATABASE_BYTES);
  }

  Key keyOfExpiryKey(byte[] expiryKey) {
    byte[] recordKey = new byte[expiryKey.length - Long.BYTES];
    System.arraycopy(expiryKey, 0, recordKey, 0, DATABASE_BYTES);
    System.arraycopy(
        expiryKey,
        DATABASE_BYTES + Long.BYTES,
        recordKey,
        DATABASE_BYTES,
        recordKey.length - DATABASE_BYTES);
    return decode(recordKey);
  }

  /** Returns the prefix of all row keys of a large value now stored under {@code owner}. */
  byte[] rowPrefix(Key owner, KeyRecord.RowsId rows) {
    byte[] home = rows.home() == null ? owner.userKey() : rows.home();
    return rowPrefix(owner.databaseId(), home, rows.version());
  }

  /** Like {@link #rowPrefix(Key, KeyRecord.RowsId)}, by the name the value was created under. */
  byte[] rowPrefix(int databaseId, byte[] homeKey, long version) {
    int lengthBytes = ByteWriter.varintBytes(homeKey.length);
    ByteWriter prefix = new ByteWriter(prefixLength + lengthBytes + homeKey.length + Long.BYTES);
    prefix.putInt(databaseId);
    if (hasSlots()) {
      int slot = Slots.of(homeKey);
      prefix.putByte(slot >>> 8).putByte(slot);
    }
    return prefix.putVarint(homeKey.length).putBytes(homeKey).putLong(version).finish();
  }

  private static void putSlot(byte[] bytes, int slot) {
    bytes[DATABASE_BYTES] = (byte) (slot >>> 8);
    bytes[DATABASE_BYTES + 1] = (byte) slot;
  }

  private static void putHash(byte[] bytes, int offset, long hash) {
    for (int i = SCAN_HASH_BYTES - 1; i >= 0; i--) {
      bytes[offset + i] = (byte) hash;
      hash >>>= 8;
    }
  }
}
