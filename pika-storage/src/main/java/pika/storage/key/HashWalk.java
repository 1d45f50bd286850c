package pika.storage.key;

import pika.storage.rocks.Cursor;

/**
 * Iterates over keys in hash order, through the scan column. A key's position in that order never
 * depends on other keys, so iteration can stop and resume by position. Keys may share a position.
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

  /** Returns the position of the current key, at least 0 and below {@link Keyspace#positions()}. */
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
