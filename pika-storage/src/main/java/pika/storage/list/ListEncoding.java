package pika.storage.list;

import pika.storage.key.KeyRecord;
import pika.storage.rocks.StorageException;

/** The encodings of a list. The ids are on disk: never renumber, never reuse one. */
public enum ListEncoding {
  /** All elements are in the record. */
  PACKED(0, "listpack"),
  /** Elements are in leaves, one per row; the record is a header. */
  LEAVES(1, "quicklist");

  private static final ListEncoding[] BY_ID = values();

  private final int id;
  private final String redisName;

  ListEncoding(int id, String redisName) {
    this.id = id;
    this.redisName = redisName;
  }

  int id() {
    return id;
  }

  static ListEncoding of(KeyRecord record) {
    int id = record.encoding();
    if (id < 0 || id >= BY_ID.length || record.hasRows() != (BY_ID[id] == LEAVES)) {
      throw new StorageException("damaged list: unknown encoding " + id);
    }
    return BY_ID[id];
  }

  /** Returns how many elements a list has; reads only its record. */
  public static long size(KeyRecord record) {
    return ListFormat.size(record);
  }

  /** Returns the name that OBJECT ENCODING reports: {@code listpack} or {@code quicklist}. */
  public static String redisName(KeyRecord record) {
    return of(record).redisName;
  }
}
