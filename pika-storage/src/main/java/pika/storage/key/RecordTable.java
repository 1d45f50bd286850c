package pika.storage.key;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.Hash64;

/**
 * A bounded hash table of records and rows, made for few cache misses: a lookup reads one run of eight hashes, one reference and
 * the entry. Safe for many threads; readers take no lock.
 *
 * <p>It is cut into segments by hash, each with its share of the bound. A record has its place in its home bucket of eight
 * slots, or in the sibling beside it when that is full; a segment that is half full doubles. What doesn't fit the bound is
 * evicted by a clock (see Corbató's second chance): a hand goes round the slots, spares what was used since it last
 * came by, and takes what was not. A new record starts as unused, so that a walk over everything washes out itself and
 * not what is used.
 */
final class RecordTable {
  /** Objects, array headers and slots around one record. */
  private static final int ENTRY_OVERHEAD_BYTES = 144;

  private static final int SEGMENT_BITS = 6;
  private static final int BUCKET_SLOTS = 8;
  private static final int LEAST_BUCKETS = 8;
  private static final long EMPTY = 0;
  private static final long DATABASE_MIX = 0x9e3779b97f4a7c15L;
  private static final long ROW_MIX = 0x517cc1b727220a95L;
  private static final VarHandle HASH = MethodHandles.arrayElementVarHandle(long[].class);
  private static final VarHandle ENTRY = MethodHandles.arrayElementVarHandle(Entry[].class);

  private final Segment[] segments = new Segment[1 << SEGMENT_BITS];

  RecordTable(long maximumBytes) {
    for (int i = 0; i < segments.length; i++) {
      segments[i] = new Segment(maximumBytes >>> SEGMENT_BITS);
    }
  }

  /** The record under {@code key}, which counts as used from here on; null when it isn't here. */
  @Nullable
  KeyRecord get(Key key) {
    Entry entry = find(key);
    return entry == null ? null : entry.use().record;
  }

  /** Looks without counting as a use. */
  @Nullable
  KeyRecord peek(Key key) {
    Entry entry = find(key);
    return entry == null ? null : entry.record;
  }

  /** Makes {@code record} the one under {@code key}. */
  void put(Key key, KeyRecord record) {
    long hash = hash(key);
    segment(hash).put(hash, new Entry(key.bytes(), record, null), RecordTable::always);
  }

  /** The same if nothing is there and the condition, which is asked under the key's lock, still holds. */
  void putIfAbsent(Key key, KeyRecord record, BooleanSupplier condition) {
    long hash = hash(key);
    Segment segment = segment(hash);
    segment.put(
        hash,
        new Entry(key.bytes(), record, null),
        () -> segment.table.find(hash, key.bytes(), false) == null && condition.getAsBoolean());
  }

  void remove(Key key) {
    long hash = hash(key);
    segment(hash).remove(hash, key.bytes(), false);
  }

  /** The row under this full row key, which counts as used from here on; null when it isn't here. */
  byte @Nullable [] getRow(byte[] rowKey) {
    long hash = rowHash(rowKey);
    Entry entry = segment(hash).table.find(hash, rowKey, true);
    return entry == null ? null : entry.use().row;
  }

  /** Makes {@code value} the row under this key. */
  void putRow(byte[] rowKey, byte[] value) {
    long hash = rowHash(rowKey);
    segment(hash).put(hash, new Entry(rowKey, null, value), RecordTable::always);
  }

  /** Removes a row that nobody else adds or changes at present. */
  void removeRow(byte[] rowKey) {
    long hash = rowHash(rowKey);
    Segment segment = segment(hash);
    // Most rows that go are not here: no lock for them.
    if (segment.table.find(hash, rowKey, true) != null) {
      segment.remove(hash, rowKey, true);
    }
  }

  void resize(long maximumBytes) {
    for (Segment segment : segments) {
      segment.resize(maximumBytes >>> SEGMENT_BITS);
    }
  }

  /** Forgets all entries. */
  void clear() {
    for (Segment segment : segments) {
      segment.clear();
    }
  }

  long entries() {
    long entries = 0;
    for (Segment segment : segments) {
      entries += segment.entries;
    }
    return entries;
  }

  long sizeBytes() {
    long bytes = 0;
    for (Segment segment : segments) {
      bytes += segment.bytes;
    }
    return bytes;
  }

  /**
   * Brings what lookups of these keys will read into the processor's cache. The reads don't depend on each other, so the
   * processor waits for many at once, where the lookups themselves would wait one by one. (Valkey prefetches like this
   * before it executes a batch of commands.)
   *
   * @param hashes of keys, each made by {@link #hash(int, long)}
   */
  void warm(long[] hashes, int count) {
    long sum = 0;
    for (int i = 0; i < count; i++) {
      Table table = segment(hashes[i]).table;
      sum += table.hashes[table.home(hashes[i])];
    }
    for (int i = 0; i < count; i++) {
      Entry entry = segment(hashes[i]).table.anyEntry(hashes[i]);
      if (entry != null) {
        sum += entry.weight();
      }
    }
    if (sum == Long.MIN_VALUE) {
      // As good as never: without a use of the sum the reading would be optimized away.
      Thread.onSpinWait();
    }
  }

  /** What {@link #warm} knows a key by. */
  static long hash(int databaseId, long userKeyHash) {
    long hash = userKeyHash + databaseId * DATABASE_MIX;
    return hash == EMPTY ? 1 : hash;
  }

  private static long rowHash(byte[] rowKey) {
    long hash = Hash64.of(rowKey) ^ ROW_MIX;
    return hash == EMPTY ? 1 : hash;
  }

  private static long hash(Key key) {
    return hash(key.databaseId(), key.hash());
  }

  private static boolean always() {
    return true;
  }

  private Segment segment(long hash) {
    return segments[(int) (hash >>> (Long.SIZE - SEGMENT_BITS))];
  }

  private @Nullable Entry find(Key key) {
    long hash = hash(key);
    return segment(hash).table.find(hash, key.bytes(), false);
  }

  /** A record under its key, or a row under its full row key. */
  private static final class Entry {
    final byte[] key;
    final @Nullable KeyRecord record;
    final byte @Nullable [] row;
    /** Written without synchronisation: a lost mark costs at most an early eviction. */
    boolean used;

    Entry(byte[] key, @Nullable KeyRecord record, byte @Nullable [] row) {
      this.key = key;
      this.record = record;
      this.row = row;
    }

    Entry use() {
      if (!used) {
        used = true;
      }
      return this;
    }

    boolean is(byte[] wantedKey, boolean wantsRow) {
      return (row != null) == wantsRow && Arrays.equals(key, wantedKey);
    }

    int weight() {
      int valueBytes = record != null ? record.bytes().length : row != null ? row.length : 0;
      return key.length + valueBytes + ENTRY_OVERHEAD_BYTES;
    }
  }

  /**
   * The slots of a segment. Written under the segment's lock only. Readers may meet a slot between two states; what they
   * find there is an entry whose key they compare, so the worst is to find nothing.
   */
  private static final class Table {
    final long[] hashes;
    final @Nullable Entry[] entries;
    private final int bucketMask;

    Table(int buckets) {
      this.hashes = new long[buckets * BUCKET_SLOTS];
      this.entries = new @Nullable Entry[hashes.length];
      this.bucketMask = buckets - 1;
    }

    int slots() {
      return hashes.length;
    }

    /** The first slot of the bucket in which a hash is at home. */
    int home(long hash) {
      return ((int) hash & bucketMask) * BUCKET_SLOTS;
    }

    /** The first slot of the bucket beside it. */
    private static int sibling(int home) {
      return home ^ BUCKET_SLOTS;
    }

    @Nullable
    Entry find(long hash, byte[] key, boolean wantsRow) {
      int slot = slotOf(hash, key, wantsRow);
      if (slot < 0) {
        return null;
      }
      // Another thread may have changed the slot since.
      Entry entry = (Entry) ENTRY.getAcquire(entries, slot);
      return entry != null && entry.is(key, wantsRow) ? entry : null;
    }

    int slotOf(long hash, byte[] key, boolean wantsRow) {
      int home = home(hash);
      int slot = slotIn(home, hash, key, wantsRow);
      return slot >= 0 ? slot : slotIn(sibling(home), hash, key, wantsRow);
    }

    private int slotIn(int bucket, long hash, byte[] key, boolean wantsRow) {
      for (int slot = bucket; slot < bucket + BUCKET_SLOTS; slot++) {
        if ((long) HASH.getOpaque(hashes, slot) == hash) {
          Entry entry = (Entry) ENTRY.getAcquire(entries, slot);
          if (entry != null && entry.is(key, wantsRow)) {
            return slot;
          }
        }
      }
      return -1;
    }

    /** An entry with this hash, most likely the one that is looked for. */
    @Nullable
    Entry anyEntry(long hash) {
      int home = home(hash);
      for (int slot = home; slot < home + BUCKET_SLOTS; slot++) {
        if (hashes[slot] == hash) {
          return (Entry) ENTRY.getAcquire(entries, slot);
        }
      }
      return null;
    }

    /** A free slot for a hash, negative when both of its buckets are full. */
    int freeSlot(long hash) {
      int home = home(hash);
      int slot = freeIn(home);
      return slot >= 0 ? slot : freeIn(sibling(home));
    }

    private int freeIn(int bucket) {
      for (int slot = bucket; slot < bucket + BUCKET_SLOTS; slot++) {
        if (hashes[slot] == EMPTY) {
          return slot;
        }
      }
      return -1;
    }

    /** Of a hash's two full buckets the slot whose entry is missed least. */
    int leastUsedSlot(long hash) {
      int home = home(hash);
      for (int i = 0; i < 2 * BUCKET_SLOTS; i++) {
        int slot = i < BUCKET_SLOTS ? home + i : sibling(home) + i - BUCKET_SLOTS;
        Entry entry = entries[slot];
        if (entry == null || !entry.used) {
          return slot;
        }
      }
      return home;
    }

    void set(int slot, long hash, Entry entry) {
      ENTRY.setRelease(entries, slot, entry);
      HASH.setOpaque(hashes, slot, hash);
    }

    void clear(int slot) {
      HASH.setOpaque(hashes, slot, EMPTY);
      ENTRY.setRelease(entries, slot, null);
    }
  }

  /** A part of the table with a lock and a bound of its own. */
  private static final class Segment {
    volatile Table table = new Table(LEAST_BUCKETS);
    volatile long bytes;
    volatile int entries;
    private long maximumBytes;
    private int hand;

    Segment(long maximumBytes) {
      this.maximumBytes = maximumBytes;
    }

    synchronized void put(long hash, Entry entry, BooleanSupplier condition) {
      if (!condition.getAsBoolean()) {
        return;
      }
      int slot = table.slotOf(hash, entry.key, entry.row != null);
      boolean known = slot >= 0;
      if (known) {
        forget(slot);
        entry.use();
      }
      if (entry.weight() > maximumBytes) {
        return;
      }
      makeRoom(maximumBytes - entry.weight());
      if (!known) {
        slot = slotFor(hash);
      }
      table.set(slot, hash, entry);
      count(1, entry.weight());
    }

    synchronized void remove(long hash, byte[] key, boolean row) {
      int slot = table.slotOf(hash, key, row);
      if (slot >= 0) {
        forget(slot);
      }
    }

    synchronized void clear() {
      makeRoom(0);
    }

    synchronized void resize(long newMaximumBytes) {
      maximumBytes = newMaximumBytes;
      makeRoom(maximumBytes);
    }

    private int slotFor(long hash) {
      int slot = table.freeSlot(hash);
      if (slot < 0 && entries > table.slots() / 2) {
        grow();
        slot = table.freeSlot(hash);
      }
      if (slot < 0) {
        slot = table.leastUsedSlot(hash);
        forget(slot);
      }
      return slot;
    }

    private void grow() {
      Table small = table;
      Table large = new Table(2 * small.slots() / BUCKET_SLOTS);
      for (int slot = 0; slot < small.slots(); slot++) {
        Entry entry = small.entries[slot];
        if (entry != null) {
          long hash = small.hashes[slot];
          // A bucket's entries go to two buckets, so there is room for all of them.
          large.set(large.freeSlot(hash), hash, entry);
        }
      }
      hand = 0;
      table = large;
    }

    private void makeRoom(long targetBytes) {
      while (bytes > targetBytes) {
        Entry entry = table.entries[hand];
        if (entry != null) {
          if (entry.used) {
            entry.used = false;
          } else {
            forget(hand);
          }
        }
        hand = (hand + 1) & (table.slots() - 1);
      }
    }

    private void forget(int slot) {
      Entry entry = table.entries[slot];
      if (entry != null) {
        table.clear(slot);
        count(-1, -entry.weight());
      }
    }

    /** Under the lock: the fields are volatile for those who only read figures. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void count(int moreEntries, long moreBytes) {
      entries += moreEntries;
      bytes += moreBytes;
    }
  }
}
