package pika.storage.zset;

import pika.storage.key.KeyRecord;
import pika.storage.rocks.StorageException;

/**
 * The encodings of a sorted set: where its entries are stored, and whether Redis would call it
 * small. Neither ever reverts. The ids are on disk: never renumber, never reuse one.
 */
public enum SortedSetEncoding {
  /** In its record; small to Redis. */
  PACKED_SMALL(0),
  /** In its record; large to Redis. */
  PACKED_LARGE(1),
  /** In rows; small to Redis. */
  ROWS_SMALL(2),
  /** In rows; large to Redis. */
  ROWS_LARGE(3);

  private static final SortedSetEncoding[] BY_ID = values();

  private final int id;

  SortedSetEncoding(int id) {
    this.id = id;
  }

  int id() {
    return id;
  }

  /** Returns whether Redis would use its small encoding, which loses the sign of a zero. */
  boolean isSmall() {
    return this == PACKED_SMALL || this == ROWS_SMALL;
  }

  static SortedSetEncoding of(boolean inRows, boolean small) {
    if (inRows) {
      return small ? ROWS_SMALL : ROWS_LARGE;
    }
    return small ? PACKED_SMALL : PACKED_LARGE;
  }

  static SortedSetEncoding of(KeyRecord record) {
    int id = record.encoding();
    if (id < 0 || id >= BY_ID.length) {
      throw new StorageException("damaged sorted set: unknown encoding " + id);
    }
    return BY_ID[id];
  }

  /** Returns how many members a sorted set has; reads only its record. */
  public static long size(KeyRecord record) {
    return record.hasRows() ? RowMembers.sizeOf(record) : PackedMembers.sizeOf(record);
  }

  /** Returns the name that OBJECT ENCODING reports: {@code listpack} or {@code skiplist}. */
  public static String redisName(KeyRecord record) {
    return of(record).isSmall() ? "listpack" : "skiplist";
  }
}
