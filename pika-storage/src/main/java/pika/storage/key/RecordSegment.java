package pika.storage.key;

import java.util.concurrent.locks.StampedLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One segment of the {@link RecordTable}, with its own lock and bound. Readers are optimistic: they
 * take the lock only when a writer has interfered.
 *
 * <p>An index of {@link RecordSlots} refers to the entries: a place in {@link SmallRecords}, or, with
 * the highest bit set, in {@link LargeRecords}. When all slots of a key are taken, the index doubles
 * if more than half of it is in use; otherwise an entry is evicted. Small and large entries share
 * the bound: either kind may use all of it, but a kind that uses more than half is evicted first.
 */
final class RecordSegment {
  private static final int LARGE = Integer.MIN_VALUE;

  /**
   * A replaced value that does not fit in place gets this fraction of its size as slack: a quarter.
   */
  private static final int SLACK = 4;

  /** How many chunks in a row spare used entries; the next one is freed regardless. */
  private static final int CHANCES = 2;

  private final StampedLock lock = new StampedLock();
  private final SmallRecords small = new SmallRecords();
  private final LargeRecords large = new LargeRecords();
  private long[] index = RecordSlots.fewest();
  private int entries;
  private long maximumBytes;

  RecordSegment(long maximumBytes) {
    this.maximumBytes = maximumBytes;
  }

  // ---- reading

  /**
   * Returns the record under {@code key}, or null.
   *
   * @param use whether the lookup counts as a use
   */
  @Nullable
  KeyRecord record(long hash, byte[] key, boolean use) {
    return (KeyRecord) look(hash, key, false, use);
  }

  /** Returns the row under {@code key}, or null; counts as a use. */
  byte @Nullable [] row(long hash, byte[] key) {
    return (byte[]) look(hash, key, true, true);
  }

  private @Nullable Object look(long hash, byte[] key, boolean row, boolean use) {
    long stamp = lock.tryOptimisticRead();
    while (true) {
      if (stamp == 0) {
        stamp = lock.readLock();
      }
      int place = find(hash, key, row);
      LargeRecords.Entry entry = isLarge(place) ? large.at(place & ~LARGE) : null;
      byte[] value = place > SmallRecords.NOWHERE ? small.value(place, key.length) : null;
      int accessedAtS = value == null ? 0 : small.accessedAtS(place);
      boolean used = value == null || small.isUsed(place);
      boolean valid = lock.validate(stamp);
      if (StampedLock.isReadLockStamp(stamp)) {
        lock.unlockRead(stamp);
      }
      if (valid) {
        if (use && !used) {
          use(hash, key, row);
        }
        return entry != null ? look(entry, use) : look(value, row, accessedAtS);
      }
      stamp = 0;
    }
  }

  private static @Nullable Object look(LargeRecords.Entry entry, boolean use) {
    if (use && !entry.used) {
      entry.used = true;
    }
    return entry.row != null ? entry.row : entry.record;
  }

  private static @Nullable Object look(byte @Nullable [] value, boolean row, int accessedAtS) {
    if (value == null || row) {
      return value;
    }
    KeyRecord record = KeyRecord.decode(value);
    record.accessedAtS(accessedAtS);
    return record;
  }

  /** Reads the slots of a key, to pull them into the processor's cache. */
  long warmIndex(long hash) {
    long[] words = index;
    return words[RecordSlots.home(words, hash)];
  }

  /** Reads what is most likely the entry of a key. */
  long warmEntry(long hash) {
    long[] words = index;
    int home = RecordSlots.home(words, hash);
    for (int slot = home; slot < home + RecordSlots.BUCKET_SLOTS; slot++) {
      if (RecordSlots.isOf(words[slot], hash)) {
        int place = (int) words[slot];
        LargeRecords.Entry entry = isLarge(place) ? large.at(place & ~LARGE) : null;
        return entry == null ? small.warm(place) : entry.weight();
      }
    }
    return 0;
  }

  // ---- changing

  /**
   * Marks an entry as used, unless the lock is contended: a lost mark costs at most an early
   * eviction.
   */
  private void use(long hash, byte[] key, boolean row) {
    long stamp = lock.tryWriteLock();
    if (stamp != 0) {
      try {
        int place = find(hash, key, row);
        if (place > SmallRecords.NOWHERE) {
          small.used(place, true);
        }
      } finally {
        lock.unlockWrite(stamp);
      }
    }
  }

  /** Sets when a record was last used, in seconds since 1970. */
  void touch(long hash, byte[] key, int accessedAtS) {
    long stamp = lock.writeLock();
    try {
      int place = find(hash, key, false);
      LargeRecords.Entry entry = isLarge(place) ? large.at(place & ~LARGE) : null;
      if (entry != null && entry.record != null) {
        entry.record.accessedAtS(accessedAtS);
      } else if (place > SmallRecords.NOWHERE) {
        small.accessedAtS(place, accessedAtS);
      }
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  void put(long hash, byte[] key, KeyRecord record) {
    long stamp = lock.writeLock();
    try {
      putLocked(hash, key, record);
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  void putIfAbsent(long hash, byte[] key, KeyRecord record, BooleanSupplier condition) {
    long stamp = lock.writeLock();
    try {
      if (find(hash, key, false) == SmallRecords.NOWHERE && condition.getAsBoolean()) {
        putLocked(hash, key, record);
      }
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  void putRow(long hash, byte[] key, byte[] row) {
    long stamp = lock.writeLock();
    try {
      if (isSmall(key, row)) {
        putSmall(hash, key, true, row, KeyRecord.NEVER_ACCESSED);
      } else {
        putLarge(new LargeRecords.Entry(hash, key, null, row));
      }
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  void remove(long hash, byte[] key, boolean row) {
    // Most rows that are deleted are not cached. A concurrent fill of this row cannot happen: both
    // need its key's lock.
    long stamp = lock.tryOptimisticRead();
    if (stamp != 0 && find(hash, key, row) == SmallRecords.NOWHERE && lock.validate(stamp)) {
      return;
    }
    stamp = lock.writeLock();
    try {
      int slot = slotOf(index, hash, key, row);
      if (slot != RecordSlots.NONE) {
        forget(slot);
      }
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  /** Removes all entries. */
  void clear() {
    long stamp = lock.writeLock();
    try {
      long bound = maximumBytes;
      shrinkTo(0);
      maximumBytes = bound;
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  void resize(long newMaximumBytes) {
    long stamp = lock.writeLock();
    try {
      shrinkTo(newMaximumBytes);
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  private void shrinkTo(long newMaximumBytes) {
    maximumBytes = newMaximumBytes;
    makeRoom(0);
    if (entries == 0) {
      index = RecordSlots.fewest();
    }
  }

  int entries() {
    long stamp = lock.readLock();
    try {
      return entries;
    } finally {
      lock.unlockRead(stamp);
    }
  }

  long sizeBytes() {
    long stamp = lock.readLock();
    try {
      return takenBytes();
    } finally {
      lock.unlockRead(stamp);
    }
  }

  private void putLocked(long hash, byte[] key, KeyRecord record) {
    if (isSmall(key, record.bytes())) {
      putSmall(hash, key, false, record.bytes(), record.accessedAtS());
    } else {
      putLarge(new LargeRecords.Entry(hash, key, record, null));
    }
  }

  private static boolean isSmall(byte[] key, byte[] value) {
    return key.length + value.length <= SmallRecords.MOST_BYTES;
  }

  private void putSmall(long hash, byte[] key, boolean row, byte[] value, int accessedAtS) {
    int slot = slotOf(index, hash, key, row);
    boolean known = slot != RecordSlots.NONE;
    if (known) {
      int place = (int) index[slot];
      if (!isLarge(place) && small.replace(place, key.length, value, accessedAtS)) {
        small.used(place, true);
        return;
      }
      forget(slot);
    }
    int free = slotFor(hash);
    int slack = known ? value.length / SLACK : 0;
    int capacity = SmallRecords.capacityFor(key.length, value.length + slack);
    if (small.hasRoom(capacity) || makeRoomForSmall(capacity)) {
      int place = small.add(hash, key, row, value, capacity, accessedAtS);
      small.used(place, known);
      enter(free, hash, place);
    }
  }

  private void putLarge(LargeRecords.Entry entry) {
    int slot = slotOf(index, entry.hash, entry.key, entry.isRow());
    boolean known = slot != RecordSlots.NONE;
    if (known) {
      forget(slot);
    }
    int free = slotFor(entry.hash);
    if (entry.weight() <= maximumBytes / 2) {
      makeRoom(entry.weight());
      entry.used = known;
      enter(free, entry.hash, large.add(entry) | LARGE);
    }
  }

  // ---- room

  private long takenBytes() {
    return small.sizeBytes() + large.sizeBytes() + (long) index.length * Long.BYTES;
  }

  /**
   * Makes the current chunk one with room for an entry; returns false when the bound does not allow
   * a single chunk.
   */
  private boolean makeRoomForSmall(int capacity) {
    while (takenBytes() + SmallRecords.CHUNK_BYTES > maximumBytes && isLargeToGiveWay()) {
      forgetLarge();
    }
    if (takenBytes() + SmallRecords.CHUNK_BYTES <= maximumBytes) {
      small.open();
      return true;
    }
    for (int chance = 0; small.sizeBytes() > 0 && !small.hasRoom(capacity); chance++) {
      small.turn();
      clean(chance < CHANCES);
    }
    return small.sizeBytes() > 0;
  }

  /** Returns whether to evict large entries before small ones. */
  private boolean isLargeToGiveWay() {
    return !large.isEmpty() && (small.sizeBytes() == 0 || large.sizeBytes() > maximumBytes / 2);
  }

  /** Evicts until {@code bytes} may be added. */
  private void makeRoom(long bytes) {
    while (takenBytes() + bytes > maximumBytes) {
      if (!large.isEmpty() && (small.sizeBytes() == 0 || small.sizeBytes() <= maximumBytes / 2)) {
        forgetLarge();
      } else if (small.sizeBytes() > 0) {
        small.turn();
        clean(false);
        small.close();
      } else {
        return;
      }
    }
  }

  private void forgetLarge() {
    int number = large.leastUsed();
    LargeRecords.Entry entry = large.at(number);
    if (entry != null) {
      forget(RecordSlots.find(index, entry.hash, number | LARGE));
    }
  }

  /**
   * Removes replaced and unused entries from the current chunk; without {@code sparesUsed}, all
   * entries.
   */
  private void clean(boolean sparesUsed) {
    int end = small.startOver();
    int place = small.first(end);
    while (place != SmallRecords.NOWHERE) {
      int next = small.next(place, end);
      int slot = RecordSlots.find(index, small.hash(place), place);
      if (slot != RecordSlots.NONE) {
        if (sparesUsed && small.isUsed(place)) {
          small.used(place, false);
          index[slot] = RecordSlots.word(index[slot], small.keep(place));
        } else {
          clear(slot);
        }
      }
      place = next;
    }
  }

  // ---- the index

  /** Returns the place of the entry with this key, or {@link SmallRecords#NOWHERE}. */
  private int find(long hash, byte[] key, boolean row) {
    long[] words = index;
    int slot = slotOf(words, hash, key, row);
    return slot == RecordSlots.NONE ? SmallRecords.NOWHERE : (int) words[slot];
  }

  private int slotOf(long[] words, long hash, byte[] key, boolean row) {
    int home = RecordSlots.home(words, hash);
    for (int choice = 0; choice < RecordSlots.CHOICES; choice++) {
      int slot = RecordSlots.slot(home, choice);
      long word = words[slot];
      if (RecordSlots.isOf(word, hash) && holds((int) word, key, row)) {
        return slot;
      }
    }
    return RecordSlots.NONE;
  }

  private boolean holds(int place, byte[] key, boolean row) {
    if (isLarge(place)) {
      LargeRecords.Entry entry = large.at(place & ~LARGE);
      return entry != null && entry.is(key, row);
    }
    return small.is(place, key, row);
  }

  /** Returns a free slot for a hash, evicting an entry if necessary. */
  private int slotFor(long hash) {
    int slot = RecordSlots.free(index, hash);
    if (slot == RecordSlots.NONE && entries > index.length / 2) {
      grow();
      makeRoom(0);
      slot = RecordSlots.free(index, hash);
    }
    if (slot == RecordSlots.NONE) {
      slot = leastUsedSlot(hash);
      forget(slot);
    }
    return slot;
  }

  /** Of a hash's slots, all taken, returns that of an entry not used lately. */
  private int leastUsedSlot(long hash) {
    int home = RecordSlots.home(index, hash);
    for (int choice = 0; choice < RecordSlots.CHOICES; choice++) {
      int slot = RecordSlots.slot(home, choice);
      if (!isUsed((int) index[slot])) {
        return slot;
      }
    }
    return home;
  }

  private boolean isUsed(int place) {
    LargeRecords.Entry entry = isLarge(place) ? large.at(place & ~LARGE) : null;
    return entry == null ? small.isUsed(place) : entry.used;
  }

  private void grow() {
    long[] larger = new long[2 * index.length];
    for (long word : index) {
      if (word != RecordSlots.EMPTY) {
        long hash = hash((int) word);
        // A bucket's entries are split over two buckets, so there is room for all of them.
        larger[RecordSlots.free(larger, hash)] = word;
      }
    }
    index = larger;
  }

  private long hash(int place) {
    LargeRecords.Entry entry = isLarge(place) ? large.at(place & ~LARGE) : null;
    return entry == null ? small.hash(place) : entry.hash;
  }

  private void enter(int slot, long hash, int place) {
    index[slot] = RecordSlots.word(hash, place);
    entries++;
  }

  private void forget(int slot) {
    int place = (int) index[slot];
    if (isLarge(place)) {
      large.remove(place & ~LARGE);
    }
    clear(slot);
  }

  private void clear(int slot) {
    index[slot] = RecordSlots.EMPTY;
    entries--;
  }

  private static boolean isLarge(int place) {
    return place < SmallRecords.NOWHERE;
  }
}
