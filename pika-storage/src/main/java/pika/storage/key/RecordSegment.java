package pika.storage.key;

import java.util.concurrent.locks.StampedLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A part of the {@link RecordTable} with a lock and a bound of its own. Readers take no lock: they look whether somebody has
 * written meanwhile, and only then look again under it.
 *
 * <pre>
 *   index: buckets of eight slots                           entries
 *   | hash:32 place:32 | hash:32 place:32 | ..8..     ->    {@link SmallRecords}, or with the highest bit {@link LargeRecords}
 * </pre>
 *
 * An entry has its slot in its home bucket, or in the sibling beside it when that is full; an index that is half full doubles.
 * Small and large entries share the bound: either may have all of it, but the one that has more than half gives way.
 */
final class RecordSegment {
  private static final int BUCKET_SLOTS = 8;
  private static final int CHOICES = 2 * BUCKET_SLOTS;
  private static final int LEAST_BUCKETS = 8;
  private static final long EMPTY = 0;
  private static final int NO_SLOT = -1;
  private static final int LARGE = Integer.MIN_VALUE;
  private static final long HASH_MASK = -1L << Integer.SIZE;

  /** An entry that grows gets a quarter more than it needs, so that it need not move each time. */
  private static final int SLACK = 4;

  /** So many chunks in a row are searched for what was not used; then one is taken as it is. */
  private static final int CHANCES = 2;

  private final StampedLock lock = new StampedLock();
  private final SmallRecords small = new SmallRecords();
  private final LargeRecords large = new LargeRecords();
  private long[] index = new long[LEAST_BUCKETS * BUCKET_SLOTS];
  private int entries;
  private long maximumBytes;

  RecordSegment(long maximumBytes) {
    this.maximumBytes = maximumBytes;
  }

  // ---- reading

  /** The record under {@code key}; null when it isn't here. */
  @Nullable
  KeyRecord record(long hash, byte[] key, boolean use) {
    return (KeyRecord) look(hash, key, false, use);
  }

  /** The row under {@code key}, which counts as used; null when it isn't here. */
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

  /** Reads the slots of a key, so that the processor's cache has them. */
  long warmIndex(long hash) {
    long[] words = index;
    return words[home(words, hash)];
  }

  /** Reads what is most likely the entry of a key. */
  long warmEntry(long hash) {
    long[] words = index;
    int home = home(words, hash);
    for (int slot = home; slot < home + BUCKET_SLOTS; slot++) {
      if (isOf(words[slot], hash)) {
        int place = (int) words[slot];
        LargeRecords.Entry entry = isLarge(place) ? large.at(place & ~LARGE) : null;
        return entry == null ? small.warm(place) : entry.weight();
      }
    }
    return 0;
  }

  // ---- changing

  /** Marks an entry as used, unless others are at work here: a lost mark costs at most an early eviction. */
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

  /** Notes when a record was used. */
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
      put(new LargeRecords.Entry(hash, key, record, null));
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  void putIfAbsent(long hash, byte[] key, KeyRecord record, BooleanSupplier condition) {
    long stamp = lock.writeLock();
    try {
      if (find(hash, key, false) == SmallRecords.NOWHERE && condition.getAsBoolean()) {
        put(new LargeRecords.Entry(hash, key, record, null));
      }
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  void putRow(long hash, byte[] key, byte[] row) {
    long stamp = lock.writeLock();
    try {
      put(new LargeRecords.Entry(hash, key, null, row));
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  void remove(long hash, byte[] key, boolean row) {
    // Most rows that go are not here. Whoever puts this one here does so before or after: nobody
    // does both at once.
    long stamp = lock.tryOptimisticRead();
    if (stamp != 0 && find(hash, key, row) == SmallRecords.NOWHERE && lock.validate(stamp)) {
      return;
    }
    stamp = lock.writeLock();
    try {
      int slot = slotOf(index, hash, key, row);
      if (slot != NO_SLOT) {
        forget(slot);
      }
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  /** Forgets all entries. */
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
      index = new long[LEAST_BUCKETS * BUCKET_SLOTS];
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

  private void put(LargeRecords.Entry entry) {
    byte[] key = entry.key;
    byte[] value = entry.value();
    int slot = slotOf(index, entry.hash, key, entry.isRow());
    boolean known = slot != NO_SLOT;
    boolean isSmall = key.length + value.length <= SmallRecords.MOST_BYTES;
    if (known) {
      int place = (int) index[slot];
      if (isSmall
          && !isLarge(place)
          && small.replace(place, key.length, value, entry.accessedAtS())) {
        small.used(place, true);
        return;
      }
      forget(slot);
    }
    int free = slotFor(entry.hash);
    int place = isSmall ? addSmall(entry, value, known) : addLarge(entry, known);
    if (place != SmallRecords.NOWHERE) {
      index[free] = word(entry.hash, place);
      entries++;
    }
  }

  private int addSmall(LargeRecords.Entry entry, byte[] value, boolean known) {
    int slack = known ? value.length / SLACK : 0;
    int capacity = SmallRecords.capacityFor(entry.key.length, value.length + slack);
    if (!small.hasRoom(capacity) && !makeRoomForSmall(capacity)) {
      return SmallRecords.NOWHERE;
    }
    int place =
        small.add(entry.hash, entry.key, entry.isRow(), value, capacity, entry.accessedAtS());
    if (known) {
      small.used(place, true);
    }
    return place;
  }

  private int addLarge(LargeRecords.Entry entry, boolean known) {
    if (entry.weight() > maximumBytes / 2) {
      return SmallRecords.NOWHERE;
    }
    makeRoom(entry.weight());
    entry.used = known;
    return large.add(entry) | LARGE;
  }

  // ---- room

  private long takenBytes() {
    return small.sizeBytes() + large.sizeBytes() + (long) index.length * Long.BYTES;
  }

  /** Has a chunk with room for an entry; false when the bound leaves no room for a single chunk. */
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

  /** Whether large entries should go before small ones. */
  private boolean isLargeToGiveWay() {
    return !large.isEmpty() && (small.sizeBytes() == 0 || large.sizeBytes() > maximumBytes / 2);
  }

  /** Evicts until so many bytes may be added. */
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
      forget(slotOf(index, entry.hash, number | LARGE));
    }
  }

  /** Frees the chunk that is filled next of what was replaced, and of what was not used. */
  private void clean(boolean sparesUsed) {
    int end = small.startOver();
    int place = small.first(end);
    while (place != SmallRecords.NOWHERE) {
      int next = small.next(place, end);
      int slot = slotOf(index, small.hash(place), place);
      if (slot != NO_SLOT) {
        if (sparesUsed && small.isUsed(place)) {
          small.used(place, false);
          index[slot] = word(index[slot], small.keep(place));
        } else {
          clear(slot);
        }
      }
      place = next;
    }
  }

  // ---- the index

  /** Where the entry with this key is; {@link SmallRecords#NOWHERE} when it isn't here. */
  private int find(long hash, byte[] key, boolean row) {
    long[] words = index;
    int slot = slotOf(words, hash, key, row);
    return slot == NO_SLOT ? SmallRecords.NOWHERE : (int) words[slot];
  }

  private int slotOf(long[] words, long hash, byte[] key, boolean row) {
    int home = home(words, hash);
    for (int choice = 0; choice < CHOICES; choice++) {
      int slot = slot(home, choice);
      long word = words[slot];
      if (isOf(word, hash) && holds((int) word, key, row)) {
        return slot;
      }
    }
    return NO_SLOT;
  }

  private boolean holds(int place, byte[] key, boolean row) {
    if (isLarge(place)) {
      LargeRecords.Entry entry = large.at(place & ~LARGE);
      return entry != null && entry.is(key, row);
    }
    return small.is(place, key, row);
  }

  /** The slot of the entry that is at a place; none when the entry there was replaced. */
  private static int slotOf(long[] words, long hash, int place) {
    int home = home(words, hash);
    for (int choice = 0; choice < CHOICES; choice++) {
      int slot = slot(home, choice);
      if (words[slot] == word(hash, place)) {
        return slot;
      }
    }
    return NO_SLOT;
  }

  /** A free slot for a hash, for which an entry may have to go. */
  private int slotFor(long hash) {
    int slot = freeSlot(index, hash);
    if (slot == NO_SLOT && entries > index.length / 2) {
      grow();
      makeRoom(0);
      slot = freeSlot(index, hash);
    }
    if (slot == NO_SLOT) {
      slot = leastUsedSlot(hash);
      forget(slot);
    }
    return slot;
  }

  private static int freeSlot(long[] words, long hash) {
    int home = home(words, hash);
    for (int choice = 0; choice < CHOICES; choice++) {
      int slot = slot(home, choice);
      if (words[slot] == EMPTY) {
        return slot;
      }
    }
    return NO_SLOT;
  }

  /** Of a hash's slots, all of them taken, the one whose entry is missed least. */
  private int leastUsedSlot(long hash) {
    int home = home(index, hash);
    for (int choice = 0; choice < CHOICES; choice++) {
      int slot = slot(home, choice);
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
      if (word != EMPTY) {
        long hash = hash((int) word);
        // A bucket's entries go to two buckets, so there is room for all of them.
        larger[freeSlot(larger, hash)] = word;
      }
    }
    index = larger;
  }

  private long hash(int place) {
    LargeRecords.Entry entry = isLarge(place) ? large.at(place & ~LARGE) : null;
    return entry == null ? small.hash(place) : entry.hash;
  }

  private void forget(int slot) {
    int place = (int) index[slot];
    if (isLarge(place)) {
      large.remove(place & ~LARGE);
    }
    clear(slot);
  }

  private void clear(int slot) {
    index[slot] = EMPTY;
    entries--;
  }

  /** The first slot of the bucket in which a hash is at home. */
  private static int home(long[] words, long hash) {
    return ((int) hash * BUCKET_SLOTS) & (words.length - 1);
  }

  /** The slots that a hash may have, one after the other: first those at home, then those in the bucket beside it. */
  private static int slot(int home, int choice) {
    return (home ^ (choice & BUCKET_SLOTS)) + (choice & (BUCKET_SLOTS - 1));
  }

  private static long word(long hash, int place) {
    return (hash & HASH_MASK) | Integer.toUnsignedLong(place);
  }

  private static boolean isOf(long word, long hash) {
    return (word ^ hash) >>> Integer.SIZE == 0 && (int) word != SmallRecords.NOWHERE;
  }

  private static boolean isLarge(int place) {
    return place < SmallRecords.NOWHERE;
  }
}
