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
 * Remembers the largest keys that commits have written, so many of each type. It is told of every
 * commit; of a key that is small, or whose size is about what it was, that costs a few comparisons.
 * What it knows may be out of date by an eighth, and a database may have been emptied meanwhile:
 * whoever asks looks at the keys themselves. Safe for many threads.
 */
public final class BigKeys implements CommitHook {
  /** A string of fewer bytes is not worth mentioning, */
  static final long LEAST_BYTES = 10_000;
  /** nor is a collection of fewer elements. */
  static final long LEAST_ELEMENTS = 1_000;

  /** Kept of each type when room is made. */
  private static final int KEPT = 256;
  /** When so many are known room is made, which so is rare. */
  private static final int MOST = 2 * KEPT;
  /** Sizes are told apart to an eighth of a power of two. */
  private static final int STEP_BITS = 3;

  /** A key and about how large it is: bytes of a string, elements of anything else. */
  public record Entry(Key key, DataType type, long size) {}

  /** The keys of one type; guarded by itself. */
  private static final class Table {
    private final Map<Key, Long> sizes = new HashMap<>();
    /** What is smaller has been pushed out by larger ones. */
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

  /** The keys of a type, or of all when it is null, the largest of each type first. */
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

  /** Forgets all; what is written from now on is noticed anew. */
  public void forgetAll() {
    for (Table table : tables.values()) {
      synchronized (table) {
        table.sizes.clear();
        table.least = 0;
      }
    }
  }

  /** Forgets a key that is no longer what it was. */
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

  /** 0 for whatever is not large. Only what has rows, or is long itself, can be. */
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
