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
  /** So many deletes take some ten megabytes until they are committed. */
  private static final long MOST_DELETED_ONE_BY_ONE = 100_000;

  private final Keyspace keyspace;
  private final long mostDeletedOneByOne;

  /** The streams of one database. */
  public Streams(Keyspace keyspace) {
    this(keyspace, MOST_DELETED_ONE_BY_ONE);
  }

  /**
   * {@code mostDeletedOneByOne}, a number of whole blocks, is how many entries are cut off before what
   * stays is written anew.
   */
  Streams(Keyspace keyspace, long mostDeletedOneByOne) {
    this.keyspace = keyspace;
    this.mostDeletedOneByOne = mostDeletedOneByOne;
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
    return record == null ? null : stream(userKey, record, keyspace.rows(userKey, record));
  }

  private Stream stream(byte[] userKey, KeyRecord record, Rows rows) {
    return new Stream(keyspace, userKey, record, rows, mostDeletedOneByOne);
  }

  /** A new stream without entries, which is there even if none are added; the key must be free. */
  public Stream create(byte[] userKey) {
    Rows rows = keyspace.newRows(userKey);
    byte[] payload = StreamFormat.payload(StreamHeader.EMPTY);
    KeyRecord record = rows.header(DataType.STREAM, StreamFormat.ROWS, KeyRecord.NEVER, payload);
    keyspace.put(userKey, record);
    return stream(userKey, record, rows);
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
