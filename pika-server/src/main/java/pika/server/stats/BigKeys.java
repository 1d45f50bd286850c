package pika.server.stats;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pika.storage.key.Change;
import pika.storage.key.CommitHook;
import pika.storage.key.DataType;
import pika.storage.key.Key;
import pika.storage.key.KeyRecord;
import pika.storage.keys.ValueSize;

/**
 * Tracks the largest keys of each type that commits have written. It sees every commit; for a small
 * key, or one whose size has hardly changed, that costs a few comparisons. Sizes may be off by an
 * eighth, and a database may have been flushed since: whoever asks must check the keys themselves.
 * Thread-safe.
 */
public final class BigKeys implements CommitHook {
  /** Shorter strings are ignored, */
  static final long LEAST_BYTES = 10_000;
  /** and so are collections with fewer elements. */
  static final long LEAST_ELEMENTS = 1_000;

  /** Entries kept per type when room is made. */
  private static final int KEPT = 256;
  /** Entries per type at which room is made; far above KEPT, so that this is rare. */
  private static final int MOST = 2 * KEPT;
  /** Sizes are distinguished to an eighth of a power of two. */
  private static final int STEP_BITS = 3;

  /** A key and its approximate size: bytes of a string, elements of anything else. */
  public record Entry(Key key, DataType type, long size) {}

  /** The keys of one type; guarded by itself. */
  private static final class Table {
    private final Map<Key, Long> sizes = new HashMap<>();
    /** Smaller keys have been evicted by larger ones. */
    private long least;
  }

  private final Map<DataType, Table> tables = new EnumMap<>(DataType.class);

  public BigKeys() {
    for (DataType type : DataType.values()) {
      tables.put(type, new Table());
    }
  }

  @Override
  public void committed(List<Change> changes) {
    for (int i = 0; i < changes.size(); i++) {
      look(changes.get(i));
    }
  }

  /**
   * Returns the keys of a type, or of all types when it is null, the largest of each type first.
   */
  public List<Entry> known(@Nullable DataType only) {
    List<Entry> entries = new ArrayList<>();
    tables.forEach((type, table) -> {
      if (only == null || only == type) {
        synchronized (table) {
          table.sizes.forEach((key, size) -> entries.add(new Entry(key, type, size)));
        }
      }
    });
    entries.sort(Comparator.comparing(Entry::type)
        .thenComparing(Comparator.comparingLong(Entry::size).reversed()));
    return entries;
  }

  /** Drops all entries; keys written from now on are tracked. */
  public void forgetAll() {
    for (Table table : tables.values()) {
      synchronized (table) {
        table.sizes.clear();
        table.least = 0;
      }
    }
  }

  /** Drops an entry that is out of date. */
  public void forget(Entry entry) {
    forget(entry.key(), entry.type());
  }

  private void look(Change change) {
    KeyRecord before = change.before();
    KeyRecord after = change.after();
    long was = sizeIfLarge(before);
    long is = sizeIfLarge(after);
    if (is == was) {
      return;
    }
    boolean sameType = before != null && after != null && before.type() == after.type();
    if (before != null && was != 0 && (is == 0 || !sameType)) {
      forget(change.key(), before.type());
    }
    if (after != null && is != 0 && !(sameType && grade(was) == grade(is))) {
      note(change.key(), after.type(), is);
    }
  }

  /** Returns the size, or 0 if it is not large: only a value with rows, or a long one, can be. */
  private static long sizeIfLarge(@Nullable KeyRecord record) {
    if (record == null || !(record.hasRows() || record.payloadLength() >= LEAST_BYTES)) {
      return 0;
    }
    long size = ValueSize.of(record);
    long least = record.type() == DataType.STRING ? LEAST_BYTES : LEAST_ELEMENTS;
    return size < least ? 0 : size;
  }

  private static int grade(long size) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(size);
    int shift = Math.max(0, bits - 1 - STEP_BITS);
    int fraction = (int) (size >>> shift) & ((1 << STEP_BITS) - 1);
    return (bits << STEP_BITS) | fraction;
  }

  private void note(Key key, DataType type, long size) {
    Table table = tables.get(type);
    if (table == null) {
      return;
    }
    synchronized (table) {
      if (size >= table.least) {
        table.sizes.put(key, size);
        if (table.sizes.size() > MOST) {
          makeRoom(table);
        }
      } else {
        table.sizes.remove(key);
      }
    }
  }

  private void forget(Key key, DataType type) {
    Table table = tables.get(type);
    if (table != null) {
      synchronized (table) {
        table.sizes.remove(key);
        if (table.sizes.isEmpty()) {
          table.least = 0;
        }
      }
    }
  }

  private static void makeRoom(Table table) {
    List<Map.Entry<Key, Long>> entries = new ArrayList<>(table.sizes.entrySet());
    entries.sort(Map.Entry.comparingByValue(Comparator.reverseOrder()));
    table.least = entries.get(KEPT - 1).getValue();
    entries.subList(KEPT, entries.size()).stream()
        .map(Map.Entry::getKey)
        .toList()
        .forEach(table.sizes::remove);
  }
}
