package pika.storage.hash;

import pika.storage.element.PackedElements;
import pika.storage.key.KeyRecord;
import pika.storage.rocks.StorageException;

/**
 * The encodings of a hash, as OBJECT ENCODING reports them, and whether packed values carry
 * deadlines. Whether it is packed into its record is a flag of the record. The ids are on disk:
 * never renumber, never reuse one.
 */
public enum HashEncoding {
  /** Small to Redis. */
  LISTPACK(0, "listpack"),
  /** Large to Redis. */
  HASHTABLE(1, "hashtable"),
  /** Small to Redis; a field has had a deadline. */
  LISTPACK_EX(2, "listpackex"),
  /** Large to Redis; a field has had a deadline. */
  HASHTABLE_EX(3, "hashtable");

  private static final HashEncoding[] BY_ID = values();

  private final int id;
  private final String redisName;

  HashEncoding(int id, String redisName) {
    this.id = id;
    this.redisName = redisName;
  }

  int id() {
    return id;
  }

  static HashEncoding of(KeyRecord record) {
    int id = record.encoding();
    if (id < 0 || id >= BY_ID.length) {
      throw new StorageException("damaged hash: unknown encoding " + id);
    }
    return BY_ID[id];
  }

  /** Returns the name that OBJECT ENCODING reports. */
  public static String redisName(KeyRecord record) {
    return of(record).redisName;
  }

  /** Returns how many fields a hash has, including expired ones; reads only its record. */
  public static long size(KeyRecord record) {
    return record.hasRows() ? HashFormat.count(record) : PackedElements.sizeOf(record);
  }

  /** Returns whether a field has or has had a deadline. */
  boolean hasDeadlines() {
    return this == LISTPACK_EX || this == HASHTABLE_EX;
  }

  HashEncoding withDeadlines() {
    return this == LISTPACK ? LISTPACK_EX : this == HASHTABLE ? HASHTABLE_EX : this;
  }

  HashEncoding large() {
    return hasDeadlines() ? HASHTABLE_EX : HASHTABLE;
  }
}
