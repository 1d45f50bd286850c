package pika.storage.hash;

import pika.storage.element.PackedElements;
import pika.storage.key.KeyRecord;
import pika.storage.rocks.StorageException;

/**
 * The encodings of a hash: what OBJECT ENCODING calls it, and whether its packed values tell deadlines. Whether it stands
 * whole in its record is told by the record. The ids are on disk: never renumber, never reuse one.
 */
public enum HashEncoding {
  /** Called small. */
  LISTPACK(0, "listpack"),
  /** Called large. */
  HASHTABLE(1, "hashtable"),
  /** Called small; a field has had a deadline. */
  LISTPACK_EX(2, "listpackex"),
  /** Called large; a field has had a deadline. */
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
      throw new StorageException("hash of unknown encoding " + id);
    }
    return BY_ID[id];
  }

  /** The name OBJECT ENCODING has for a hash. */
  public static String redisName(KeyRecord record) {
    return of(record).redisName;
  }

  /** How many fields a hash has, those included that are over; reads no more than its record. */
  public static long size(KeyRecord record) {
    return record.hasRows() ? HashFormat.count(record) : PackedElements.sizeOf(record);
  }

  /** Whether a field has or had a deadline. */
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
