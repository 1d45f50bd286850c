package pika.storage.key;

/**
 * The slots of a {@link RecordSegment}'s index, in buckets of eight: an array whose length is a power
 * of two.
 *
 * <pre>
 *   slot := hash:32 place:32      the upper half of the hash; {@link #EMPTY}, or the entry's place
 * </pre>
 *
 * <p>An entry's slot is in the home bucket of its hash or, when that is full, in the sibling bucket.
 */
final class RecordSlots {
  static final int BUCKET_SLOTS = 8;

  /** How many slots a hash may have. */
  static final int CHOICES = 2 * BUCKET_SLOTS;

  static final long EMPTY = 0;

  /** Stands for no slot. */
  static final int NONE = -1;

  private static final int LEAST_BUCKETS = 8;
  private static final long HASH_MASK = -1L << Integer.SIZE;

  private RecordSlots() {}

  /** Returns as few slots as an index may have. */
  static long[] fewest() {
    return new long[LEAST_BUCKETS * BUCKET_SLOTS];
  }

  /** Returns the first slot of a hash's home bucket. */
  static int home(long[] words, long hash) {
    return ((int) hash * BUCKET_SLOTS) & (words.length - 1);
  }

  /** Returns a hash's candidate slots one by one: first the home bucket's, then the sibling's. */
  static int slot(int home, int choice) {
    return (home ^ (choice & BUCKET_SLOTS)) + (choice & (BUCKET_SLOTS - 1));
  }

  /** Returns what is in the slot of an entry. */
  static long word(long hash, int place) {
    return (hash & HASH_MASK) | Integer.toUnsignedLong(place);
  }

  /** Returns whether a slot may be that of an entry with this hash. */
  static boolean isOf(long word, long hash) {
    return (word ^ hash) >>> Integer.SIZE == 0 && (int) word != SmallRecords.NOWHERE;
  }

  /** Returns the slot that refers to a place, {@link #NONE} when the entry there was replaced. */
  static int find(long[] words, long hash, int place) {
    return findWord(words, hash, word(hash, place));
  }

  /** Returns a free slot for a hash, {@link #NONE} when all are taken. */
  static int free(long[] words, long hash) {
    return findWord(words, hash, EMPTY);
  }

  private static int findWord(long[] words, long hash, long wanted) {
    int home = home(words, hash);
    for (int choice = 0; choice < CHOICES; choice++) {
      int slot = slot(home, choice);
      if (words[slot] == wanted) {
        return slot;
      }
    }
    return NONE;
  }
}
