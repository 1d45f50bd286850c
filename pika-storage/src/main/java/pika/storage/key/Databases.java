package pika.storage.key;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.BigEndian;
import pika.storage.bytes.ByteWriter;
import pika.storage.rocks.Batch;
import pika.storage.rocks.Column;
import pika.storage.rocks.Rocks;

/**
 * The numbered databases: the id each number maps to, and how many keys each id holds.
 *
 * <pre>
 * meta "db" number:u32       -> id:u32           FLUSHDB gives a number a new id, SWAPDB exchanges two
 * meta "next-db"             -> id:u32           the lowest id never used
 * meta "keys" id:u32         -> count            counters are merge operands in the batch of the change they count
 * meta "expires" id:u32      -> count            (little-endian u64, as RocksDB's UInt64AddOperator wants it)
 * </pre>
 *
 * <p>Reads are thread-safe. The mapping is changed only by a unit of work that holds all locks.
 */
final class Databases {
  private static final byte[] NEXT_ID = ascii("next-db");

  /** Ids by number. Copy-on-write: the array is replaced, never modified. */
  private volatile int[] ids;

  private final Map<Integer, Counts> counts = new ConcurrentHashMap<>();
  private int nextId;

  Databases(Rocks rocks, int count) {
    this.ids = new int[count];
    byte[] storedNext = rocks.get(Column.META, NEXT_ID);
    this.nextId = storedNext == null ? 1 : BigEndian.takeInt(storedNext, 0);
    int oldNextId = nextId;
    Batch batch = rocks.batch();
    for (int number = 0; number < count; number++) {
      byte[] stored = rocks.get(Column.META, numberKey(number));
      int id = stored == null ? newId() : BigEndian.takeInt(stored, 0);
      ids[number] = id;
      counts.put(id, new Counts(readCount(rocks, keysKey(id)), readCount(rocks, expiresKey(id))));
      if (stored == null) {
        batch.put(Column.META, numberKey(number), intBytes(id));
      }
    }
    if (nextId != oldNextId) {
      batch.put(Column.META, NEXT_ID, intBytes(nextId));
    }
    rocks.write(batch, Rocks.Durability.SYNCED);
  }

  /** Returns how many databases there are. */
  int count() {
    return ids.length;
  }

  /** Returns the id that {@code number} maps to now. */
  int id(int number) {
    return ids[number];
  }

  /** Returns the ids of all numbers at one moment. Not a copy. */
  int[] ids() {
    return ids;
  }

  /** Returns the number that maps to this id now, or -1. */
  int numberOf(int id) {
    int[] present = ids;
    for (int number = 0; number < present.length; number++) {
      if (present[number] == id) {
        return number;
      }
    }
    return -1;
  }

  /**
   * Returns whether a number still maps to the id; it does not after a flush, though expiry entries
   * may remain.
   */
  boolean isLive(int id) {
    return counts.containsKey(id);
  }

  long keys(int id) {
    Counts of = counts.get(id);
    return of == null ? 0 : of.keys.get();
  }

  long expires(int id) {
    Counts of = counts.get(id);
    return of == null ? 0 : of.expires.get();
  }

  /**
   * Returns an id never used before; {@link #putInto} persists that. The caller holds all locks.
   */
  int newId() {
    return nextId++;
  }

  /**
   * Writes the new mapping into {@code batch} and deletes the counters of ids that are no longer
   * mapped.
   */
  void putInto(Batch batch, int[] newIds) {
    batch.put(Column.META, NEXT_ID, intBytes(nextId));
    for (int number = 0; number < newIds.length; number++) {
      int old = ids[number];
      if (old != newIds[number]) {
        batch.put(Column.META, numberKey(number), intBytes(newIds[number]));
        if (Arrays.stream(newIds).noneMatch(id -> id == old)) {
          batch.delete(Column.META, keysKey(old));
          batch.delete(Column.META, expiresKey(old));
        }
      }
    }
  }

  /** Installs a committed mapping and forgets ids that are no longer mapped. Needs all locks. */
  void renumber(int[] newIds) {
    Set<Integer> kept = new HashSet<>();
    for (int id : newIds) {
      counts.computeIfAbsent(id, absent -> new Counts(0, 0));
      kept.add(id);
    }
    ids = newIds;
    counts.keySet().retainAll(kept);
  }

  private static long readCount(Rocks rocks, byte[] key) {
    byte[] stored = rocks.get(Column.META, key);
    return stored == null ? 0 : Long.reverseBytes(BigEndian.takeLong(stored, 0));
  }

  private static byte[] intBytes(int value) {
    byte[] bytes = new byte[Integer.BYTES];
    BigEndian.putInt(bytes, 0, value);
    return bytes;
  }

  private static byte[] numberKey(int number) {
    return new ByteWriter(6).putBytes(ascii("db")).putInt(number).toByteArray();
  }

  private static byte[] keysKey(int id) {
    return new ByteWriter(8).putBytes(ascii("keys")).putInt(id).toByteArray();
  }

  private static byte[] expiresKey(int id) {
    return new ByteWriter(11).putBytes(ascii("expires")).putInt(id).toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private record Counts(AtomicLong keys, AtomicLong expires) {
    Counts(long keys, long expires) {
      this(new AtomicLong(keys), new AtomicLong(expires));
    }
  }

  /**
   * What one commit adds to the counters. Most commits touch a single database, so others are
   * chained.
   */
  final class Tally {
    private int id = -1;
    private long keys;
    private long expires;
    private @Nullable Tally other;

    /** Counts one change. */
    void count(int databaseId, int keysDelta, int expiresDelta) {
      if (keysDelta == 0 && expiresDelta == 0) {
        return;
      }
      if (id == -1) {
        id = databaseId;
      }
      if (id == databaseId) {
        keys += keysDelta;
        expires += expiresDelta;
      } else {
        if (other == null) {
          other = new Tally();
        }
        other.count(databaseId, keysDelta, expiresDelta);
      }
    }

    /** Returns how many keys it adds to a database. */
    long keysOf(int databaseId) {
      long mine = id == databaseId ? keys : 0;
      return other == null ? mine : mine + other.keysOf(databaseId);
    }

    /** Writes the sums into the batch. */
    void putInto(Batch batch) {
      if (keys != 0) {
        batch.add(Column.META, keysKey(id), keys);
      }
      if (expires != 0) {
        batch.add(Column.META, expiresKey(id), expires);
      }
      if (other != null) {
        other.putInto(batch);
      }
    }

    /** Adds the sums to the counters in memory, once they are written. */
    void apply() {
      Counts of = counts.get(id);
      if (of != null) {
        of.keys.addAndGet(keys);
        of.expires.addAndGet(expires);
      }
      if (other != null) {
        other.apply();
      }
    }
  }
}
