package pika.storage.key;

import java.util.Arrays;

/**
 * A key as stored in the record column: database id, hash slot in slotted directories, then the
 * user's bytes. Immutable; the array must not be changed. Created by {@link KeyFormat}.
 */
public final class Key implements Comparable<Key> {
  private final byte[] bytes;
  private final int prefixLength;
  private final long hash;

  Key(byte[] bytes, int prefixLength, long hash) {
    this.bytes = bytes;
    this.prefixLength = prefixLength;
    this.hash = hash;
  }

  /** Returns the bytes stored in the record column. Not a copy. */
  byte[] bytes() {
    return bytes;
  }

  /** Returns a copy of the user's bytes. */
  public byte[] userKey() {
    return Arrays.copyOfRange(bytes, prefixLength, bytes.length);
  }

  /** Returns how many bytes precede the user's. */
  int prefixLength() {
    return prefixLength;
  }

  /** Returns the {@link pika.storage.bytes.Hash64} of the user's bytes. */
  long hash() {
    return hash;
  }

  /** Returns the id of its database, which is not the number that SELECT takes. */
  int databaseId() {
    return pika.storage.bytes.BigEndian.takeInt(bytes, 0);
  }

  /** Returns whether this is the stored form of a user's key in a database. */
  boolean is(int databaseId, byte[] userKey) {
    return databaseId() == databaseId
        && Arrays.equals(bytes, prefixLength, bytes.length, userKey, 0, userKey.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Key key && hash == key.hash && Arrays.equals(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    return (int) (hash ^ hash >>> 32) + bytes[3];
  }

  /** In the order of the record column; maps sort keys of the same hash by it. */
  @Override
  public int compareTo(Key other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public String toString() {
    return databaseId() + ":" + new String(userKey(), java.nio.charset.StandardCharsets.ISO_8859_1);
  }
}
