package pika.storage.key;

import pika.storage.rocks.Cursor;

/** Iterates over keys in name order, through the record column. */
final class NameWalk implements KeyWalk {
  private final KeyFormat format;
  private final Cursor records;

  NameWalk(KeyFormat format, Cursor records) {
    this.format = format;
    this.records = records;
  }

  @Override
  public boolean valid() {
    return records.valid();
  }

  @Override
  public byte[] userKey() {
    return format.userKeyOfRecordKey(records.key());
  }

  @Override
  public DataType type() {
    return KeyRecord.decode(records.value()).type();
  }

  @Override
  public void next() {
    records.next();
  }

  @Override
  public void close() {
    records.close();
  }
}
