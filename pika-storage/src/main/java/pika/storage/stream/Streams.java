package pika.storage.stream;

import org.jspecify.annotations.Nullable;
import pika.storage.key.DataType;
import pika.storage.key.KeyRecord;
import pika.storage.key.Keyspace;
import pika.storage.key.Rows;
import pika.storage.key.WrongTypeException;

/**
 * The streams of one database inside one unit of work. If a key holds another type, every method
 * throws {@link WrongTypeException}. Confined to the thread of its unit.
 */
public final class Streams {
  /** This many uncommitted deletes take some ten megabytes. */
  private static final long MOST_DELETED_ONE_BY_ONE = 100_000;

  private final Keyspace keyspace;
  private final long mostDeletedOneByOne;

  /** Creates the view. */
  public Streams(Keyspace keyspace) {
    this(keyspace, MOST_DELETED_ONE_BY_ONE);
  }

  /**
   * Creates the view.
   *
   * @param mostDeletedOneByOne how many entries a trim deletes before it considers rewriting what
   *     stays; a multiple of the block size
   */
  Streams(Keyspace keyspace, long mostDeletedOneByOne) {
    this.keyspace = keyspace;
    this.mostDeletedOneByOne = mostDeletedOneByOne;
  }

  /**
   * Returns a stream's header, null when there is none. Reads no rows, and so works on any thread.
   */
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

  /** Returns a stream, null when there is none. Changing it requires its key's lock. */
  public @Nullable Stream find(byte[] userKey) {
    KeyRecord record = keyspace.get(userKey, DataType.STREAM);
    return record == null ? null : stream(userKey, record, keyspace.rows(userKey, record));
  }

  private Stream stream(byte[] userKey, KeyRecord record, Rows rows) {
    return new Stream(keyspace, userKey, record, rows, mostDeletedOneByOne);
  }

  /** Creates an empty stream, which exists even if nothing is added; the key must be free. */
  public Stream create(byte[] userKey) {
    Rows rows = keyspace.newRows(userKey);
    byte[] payload = StreamFormat.payload(StreamHeader.EMPTY);
    KeyRecord record = rows.header(DataType.STREAM, StreamFormat.ROWS, KeyRecord.NEVER, payload);
    keyspace.put(userKey, record);
    return stream(userKey, record, rows);
  }

  /** Returns the name that OBJECT ENCODING reports. */
  public static String redisName() {
    return "stream";
  }

  /** Returns the header in a stream's record. */
  public static StreamHeader headerOf(KeyRecord record) {
    return StreamFormat.header(record);
  }
}
