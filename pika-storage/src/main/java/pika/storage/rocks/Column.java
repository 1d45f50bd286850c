package pika.storage.rocks;

/**
 * The column families, one for each role. The names are on disk: never rename one, never reuse a name.
 *
 * <p>All of them use RocksDB's bytewise order; keys are encoded so that this order is the wanted one. What the keys and
 * values look like is drawn where they are encoded and gathered in {@code docs/FORMAT.md}.
 */
public enum Column {
  /** Facts about the whole store: database map, counters, version ceiling. A few dozen small rows. */
  META(0, "default"),
  /** One record for each key: plain values and packed collections whole, large ones as a header. */
  RECORD(1, "record"),
  /** The rows of large values, under their key and version. */
  ROW(2, "row"),
  /** Every key once more, ordered by hash: SCAN and RANDOMKEY walk this one. Values are empty. */
  SCAN(3, "scan"),
  /** Every key that has a deadline, ordered by deadline. Values are empty. */
  EXPIRY(4, "expiry"),
  /** What waits for the reaper: rows and databases that were dropped by their header only. */
  GARBAGE(5, "garbage");

  private final int index;
  private final String familyName;

  Column(int index, String familyName) {
    this.index = index;
    this.familyName = familyName;
  }

  /** Its place in arrays of columns, which are in the order of {@link #values()}. */
  int index() {
    return index;
  }

  /** The column family's name on disk. */
  public String familyName() {
    return familyName;
  }

  /** Whether point lookups of absent keys happen here, so that a bloom filter pays. */
  boolean hasPointReads() {
    return this == RECORD || this == ROW;
  }

  /** Whether values can be large enough for blob files. */
  boolean holdsValues() {
    return this == RECORD || this == ROW;
  }
}
