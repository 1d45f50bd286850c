package pika.tools.bench;

import java.util.Locale;

/**
 * The data in a server while a group of rows runs.
 *
 * @param size whether it fits the memory budget
 * @param keys how many string keys, each redis-benchmark's {@code key:} and twelve digits
 * @param valueBytes the length of every value
 */
record Dataset(Size size, long keys, int valueBytes) {

  enum Size {
    /** The requested number of keys, or as many as fit half of the budget. */
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

  /** The number of keys that, with their values, make up {@code bytes}. */
  static Dataset ofBytes(long bytes, int valueBytes) {
    return new Dataset(Size.BIG, Math.max(1, bytes / (KEY_BYTES + valueBytes)), valueBytes);
  }

  /** The bytes of a key and its value. */
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
