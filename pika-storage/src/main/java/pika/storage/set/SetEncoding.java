package pika.storage.set;

import pika.storage.key.KeyRecord;
import pika.storage.rocks.StorageException;

/**
 * The encodings of a set, as OBJECT ENCODING reports them. Whether it is packed into its record is
 * a flag of the record. The ids are on disk: never renumber, never reuse one.
 *
 * <pre>
 * payload without rows := the members, packed; under INTSET in numeric order   see {@link pika.storage.element.PackedElements}
 * payload with rows    := count:u64; the members are rows with empty values    see {@link pika.storage.element.RowElements}
 * </pre>
 */
public enum SetEncoding {
  /** All members are integers. */
  INTSET(0, "intset"),
  /** Small to Redis. */
  LISTPACK(1, "listpack"),
  /** Large to Redis. */
  HASHTABLE(2, "hashtable");

  private static final SetEncoding[] BY_ID = values();

  private final int id;
  private final String redisName;

  SetEncoding(int id, String redisName) {
    this.id = id;
    this.redisName = redisName;
  }

  int id() {
    return id;
  }

  static SetEncoding of(KeyRecord record) {
    int id = record.encoding();
    if (id < 0 || id >= BY_ID.length) {
      throw new StorageException("damaged set: unknown encoding " + id);
    }
    return BY_ID[id];
  }

  /** Returns how many members a set has; reads only its record. */
  public static long size(KeyRecord record) {
    return OpenSet.size(record);
  }

  /** Returns the name that OBJECT ENCODING reports. */
  public static String redisName(KeyRecord record) {
    return of(record).redisName;
  }
}
