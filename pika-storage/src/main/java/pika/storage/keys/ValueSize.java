package pika.storage.keys;

import pika.storage.hash.HashEncoding;
import pika.storage.key.KeyRecord;
import pika.storage.list.ListEncoding;
import pika.storage.set.SetEncoding;
import pika.storage.stream.Streams;
import pika.storage.string.StringEncoding;
import pika.storage.zset.SortedSetEncoding;

/** The sizes of values, according to their records. */
public final class ValueSize {
  private ValueSize() {}

  /**
   * Returns the length of a string in bytes, or the number of elements of anything else. Reads only
   * the record.
   */
  public static long of(KeyRecord record) {
    return switch (record.type()) {
      case STRING -> StringEncoding.size(record);
      case LIST -> ListEncoding.size(record);
      case SET -> SetEncoding.size(record);
      case ZSET -> SortedSetEncoding.size(record);
      case HASH -> HashEncoding.size(record);
      case STREAM -> Streams.headerOf(record).length();
    };
  }
}
