package pika.storage.key;

import java.util.Arrays;

/**
 * A key as it stands in the record column: database id, hash slot in directories made for cluster use, then the user's
 * bytes. Immutable; the array must not be changed. {@link KeyFormat} makes it.
 */
public final class Key {
  private final byte[] bytes;
  private final int prefixLength;
  private final long hash;

  Key(byte[] bytes, int prefixLength, long hash) {
    this.bytes = bytes;
    this.prefixLength = prefixLength;
    this.hash = hash;
  }

  /** The bytes in the record column. Not a copy. */
  byte[] bytes() {
    return bytes;
  }

  /** A copy of the bytes the user named. */
  public byte[] userKey() {
    return Arrays.copyOfRange(bytes, prefixLength, bytes.length);
  }

  /** How many bytes come before the user's. */
  int prefixLength() {
    return prefixLength;
  }

  /** {@link pika.storage.bytes.Hash64} of the user's bytes. */
  long hash() {
    return hash;
  }

  /** The id of the database it lives in; not the number that SELECT takes. */
  int databaseId() {
    return pika.storage.bytes.BigEndian.takeInt(bytes, 0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Key key && hash == key.hash && Arrays.equals(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    return (int) (hash ^ hash >>> 32) + bytes[3];
  }

  @Override
  public String toString() {
    return databaseId() + ":" + new String(userKey(), java.nio.charset.StandardCharsets.ISO_8859_1);
  }
}
