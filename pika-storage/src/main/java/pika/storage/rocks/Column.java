package pika.storage.rocks;

/**
 * The column families, one per role. The names are on disk: never rename one, never reuse a name.
 *
 * <p>All of them use RocksDB's bytewise order; keys are encoded to sort accordingly. Layouts are
 * documented where they are encoded and collected in {@code docs/FORMAT.md}.
 */
public enum Column {
  /**
   * Store-wide data: database map, counters, version ceiling, function libraries. A few dozen small
   * rows.
   */
  META(0, "default"),
  /**
   * One record per key: plain values and packed collections as a whole, large values as a header.
   */
  RECORD(1, "record"),
  /** The rows of large values, by key and version. */
  ROW(2, "row"),
  /** Every key once more, in hash order, for SCAN and RANDOMKEY. The value is the data type. */
  SCAN(3, "scan"),
  /**
   * One entry per key on which something expires, the key itself or part of its value, ordered by
   * deadline. Values are empty.
   */
  EXPIRY(4, "expiry"),
  /** Work for the reaper: values and databases that were dropped by their header only. */
  GARBAGE(5, "garbage");

  private final int index;
  private final String familyName;

  Column(int index, String familyName) {
    this.index = index;
    this.familyName = familyName;
  }

  /** Returns its index in arrays of columns, which are in the order of {@link #values()}. */
  int index() {
    return index;
  }

  /** Returns the column family's name on disk. */
  public String familyName() {
    return familyName;
  }

  /** Returns whether absent keys are looked up here, so that a bloom filter pays off. */
  boolean hasPointReads() {
    return this == RECORD || this == ROW;
  }

  /** Returns whether values may be large enough for blob files. */
  boolean holdsValues() {
    return this == RECORD || this == ROW;
  }
}
