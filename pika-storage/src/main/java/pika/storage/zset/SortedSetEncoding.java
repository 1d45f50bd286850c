package pika.storage.zset;

import pika.storage.key.KeyRecord;
import pika.storage.rocks.StorageException;

/**
 * The encodings of a sorted set: where its entries stand, and what Redis would call it. Neither ever turns back. The ids
 * are on disk: never renumber, never reuse one.
 */
public enum SortedSetEncoding {
  /** Whole in its record; small to Redis. */
  PACKED_SMALL(0),
  /** Whole in its record; large to Redis. */
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

  /** Whether Redis would call it small, and keep it as such: without the sign of a zero. */
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
      throw new StorageException("sorted set of unknown encoding " + id);
    }
    return BY_ID[id];
  }

  /** How many members a sorted set has; reads no more than its record. */
  public static long size(KeyRecord record) {
    return record.hasRows() ? RowMembers.sizeOf(record) : PackedMembers.sizeOf(record);
  }

  /** The name OBJECT ENCODING has for a sorted set: {@code listpack} or {@code skiplist}. */
  public static String redisName(KeyRecord record) {
    return of(record).isSmall() ? "listpack" : "skiplist";
  }
}
