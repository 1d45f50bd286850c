package pika.storage.key;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.Hash64;

/**
 * The rows a unit of work has changed, found by key in constant time: a hash table with open
 * addressing, and its entries in the order in which they were added. Confined to the thread that
 * runs the unit.
 */
final class ChangedRows {
  private static final int FIRST_SLOTS = 1 << 7;
  /**
   * A table larger than this is replaced, not cleared: clearing takes time proportional to its
   * size.
   */
  private static final int KEPT_SLOTS = 1 << 12;

  /** Linear probing; the length is a power of two and at least twice the number of rows. */
  private @Nullable Row[] slots = new Row[FIRST_SLOTS];

  private final List<Row> rows = new ArrayList<>();

  /** A row with the value that this unit gives it, null as long as it gives none. */
  static final class Row {
    private final byte[] key;
    private final int hash;
    private byte @Nullable [] value;

    private Row(byte[] key, int hash) {
      this.key = key;
      this.hash = hash;
    }

    byte[] key() {
      return key;
    }

    byte @Nullable [] value() {
      return value;
    }

    void become(byte @Nullable [] newValue) {
      value = newValue;
    }
  }

  /** Returns the row with this key, null when it was never added. */
  @Nullable
  Row find(byte[] key) {
    return slots[slotOf(key, hash(key))];
  }

  /** Returns the row with this key, which is added without a value when it is not there. */
  Row findOrAdd(byte[] key) {
    int hash = hash(key);
    Row found = slots[slotOf(key, hash)];
    if (found != null) {
      return found;
    }
    if (2 * (rows.size() + 1) > slots.length) {
      index(2 * slots.length);
    }
    Row added = new Row(key, hash);
    rows.add(added);
    slots[slotOf(key, hash)] = added;
    return added;
  }

  /** Passes on all rows, in the order in which they were added. */
  void forEach(Consumer<Row> reader) {
    rows.forEach(reader);
  }

  /** Removes the rows that {@code unwanted} matches, in time proportional to the number of rows. */
  void removeIf(Predicate<Row> unwanted) {
    rows.removeIf(unwanted);
    index(Math.max(FIRST_SLOTS, 4 * Integer.highestOneBit(rows.size())));
  }

  void clear() {
    if (slots.length > KEPT_SLOTS) {
      slots = new Row[FIRST_SLOTS];
    } else if (!rows.isEmpty()) {
      Arrays.fill(slots, null);
    }
    rows.clear();
  }

  private void index(int length) {
    slots = new Row[length];
    for (Row row : rows) {
      slots[slotOf(row.key, row.hash)] = row;
    }
  }

  private static int hash(byte[] key) {
    return (int) Hash64.of(key);
  }

  /** Returns the slot that holds a key, or else the empty one where it belongs. */
  private int slotOf(byte[] key, int hash) {
    int last = slots.length - 1;
    int slot = hash & last;
    for (Row row = slots[slot]; row != null && !isOf(row, key, hash); row = slots[slot]) {
      slot = (slot + 1) & last;
    }
    return slot;
  }

  private static boolean isOf(Row row, byte[] key, int hash) {
    return row.hash == hash && Arrays.equals(row.key, key);
  }
}
