package pika.tools.bench;

import java.util.Locale;

/**
 * What a server holds while a group of rows runs.
 *
 * @param size whether it fits the memory budget
 * @param keys how many string keys, each redis-benchmark's {@code key:} and twelve digits
 * @param valueBytes the length of every value
 */
record Dataset(Size size, long keys, int valueBytes) {

  enum Size {
    /** The wanted number of keys, or fewer: what takes up half of the budget. */
    MEMORY,
    /** Four times the budget. */
    BIG
  }

  private static final long KEY_BYTES = "key:000000000000".length();
  private static final int BIG_BUDGETS = 4;

  static Dataset of(Size size, long wantedKeys, int valueBytes, long budgetBytes) {
    long keyAndValueBytes = KEY_BYTES + valueBytes;
    long keys = switch (size) {
      case MEMORY -> Math.min(wantedKeys, budgetBytes / 2 / keyAndValueBytes);
      case BIG -> BIG_BUDGETS * budgetBytes / keyAndValueBytes;
    };
    return new Dataset(size, Math.max(1, keys), valueBytes);
  }

  /** As many keys as make up {@code bytes} with their values. */
  static Dataset ofBytes(long bytes, int valueBytes) {
    return new Dataset(Size.BIG, Math.max(1, bytes / (KEY_BYTES + valueBytes)), valueBytes);
  }

  /** A key and its value. */
  long bytesPerKey() {
    return KEY_BYTES + valueBytes;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d keys, %,d-byte values (%s)",
        keys,
        valueBytes,
        size == Size.BIG ? "larger than the memory budget" : "in memory");
  }
}
