package pika.storage.stream;

import org.jspecify.annotations.Nullable;
import pika.storage.key.DataType;
import pika.storage.key.KeyRecord;
import pika.storage.key.Keyspace;
import pika.storage.key.Rows;
import pika.storage.key.WrongTypeException;

/**
 * The streams of one database inside one unit of work. Where a key holds another type, every method
 * throws {@link WrongTypeException}. Confined to the thread of its unit.
 */
public final class Streams {
  private final Keyspace keyspace;

  /** The streams of one database. */
  public Streams(Keyspace keyspace) {
    this.keyspace = keyspace;
  }

  /** What is known of a stream without its rows, and so on any thread; null when there is none. */
  public @Nullable StreamHeader header(byte[] userKey) {
    KeyRecord record = keyspace.touch(userKey);
    if (record == null) {
      return null;
    }
    if (record.type() != DataType.STREAM) {
      throw new WrongTypeException();
    }
    return StreamFormat.header(record);
  }

  /** A stream, to be read or, by who holds its lock, changed; null when there is none. */
  public @Nullable Stream find(byte[] userKey) {
    KeyRecord record = keyspace.get(userKey, DataType.STREAM);
    return record == null
        ? null
        : new Stream(keyspace, userKey, record, keyspace.rows(userKey, record));
  }

  /** A new stream without entries, which is there even if none are added; the key must be free. */
  public Stream create(byte[] userKey) {
    Rows rows = keyspace.newRows(userKey);
    byte[] payload = StreamFormat.payload(StreamHeader.EMPTY);
    KeyRecord record = rows.header(DataType.STREAM, StreamFormat.ROWS, KeyRecord.NEVER, payload);
    keyspace.put(userKey, record);
    return new Stream(keyspace, userKey, record, rows);
  }

  /** The name OBJECT ENCODING has for a stream. */
  public static String redisName() {
    return "stream";
  }

  /** What a record of a stream says of it. */
  public static StreamHeader headerOf(KeyRecord record) {
    return StreamFormat.header(record);
  }
}
