package pika.storage.key;

import pika.storage.rocks.Cursor;

/**
 * A walk in the order of the keys' hashes, through the scan column. Each key has a fixed position in that order, whatever
 * else is added or removed, so a walk can be broken off and continued by position. Keys may share a position.
 */
public final class HashWalk implements KeyWalk {
  private final KeyFormat format;
  private final Cursor entries;

  HashWalk(KeyFormat format, Cursor entries) {
    this.format = format;
    this.entries = entries;
  }

  @Override
  public boolean valid() {
    return entries.valid();
  }

  @Override
  public byte[] userKey() {
    return format.userKeyOfScanKey(entries.key());
  }

  @Override
  public DataType type() {
    return KeyFormat.typeOfScanValue(entries.value());
  }

  /** The position of the key here, at least 0 and below {@link Keyspace#positions()}. */
  public long position() {
    return format.scanPosition(entries.key());
  }

  @Override
  public void next() {
    entries.next();
  }

  @Override
  public void close() {
    entries.close();
  }
}
