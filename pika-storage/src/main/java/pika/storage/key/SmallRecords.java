package pika.storage.key;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Small cache entries packed into chunks of memory: for the garbage collector a few thousand
 * long-lived arrays instead of millions of objects to copy. Not thread-safe, but the read methods
 * may race with a writer: they then return nonsense, which the caller detects afterwards, and never
 * throw.
 *
 * <pre>
 * entry := hash:u64 capacity-and-used:u32 key-length-and-row:u32 value-length:u32 accessed-at-s:u32 key value slack
 * </pre>
 *
 * <p>The fixed fields are in native byte order. The capacity is the size of the whole entry in
 * bytes, a multiple of {@link #ALIGNMENT}; used and row are the lowest bits.
 *
 * <p>Chunks are filled one after the other. When no more may be opened, {@link RecordSegment}
 * cleans the oldest and fills it again.
 */
final class SmallRecords {
  /** No entry's place. */
  static final int NOWHERE = 0;

  static final int CHUNK_BYTES = 16 << 10;

  /** Maximum size of key and value together. */
  static final int MOST_BYTES = 1 << 10;

  private static final int ALIGNMENT = 8;
  private static final int OFFSET_BITS = Integer.numberOfTrailingZeros(CHUNK_BYTES / ALIGNMENT);
  private static final int OFFSET_MASK = (1 << OFFSET_BITS) - 1;

  /** The first bytes of a chunk are unused, so that no entry's place is {@link #NOWHERE}. */
  private static final int FIRST_OFFSET = ALIGNMENT;

  private static final int CAPACITY = 8;
  private static final int KEY_LENGTH = 12;
  private static final int VALUE_LENGTH = 16;
  private static final int ACCESSED_AT = 20;
  private static final int HEAD_BYTES = 24;
  private static final int USED = 1;

  private static final byte[] NO_CHUNK = {};

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  /** Volatile, so that no reader sees an array before it is filled. */
  private volatile byte[][] chunks = {NO_CHUNK, NO_CHUNK, NO_CHUNK, NO_CHUNK};
  /** The offset at which each chunk's free space begins. */
  private int[] ends = new int[chunks.length];

  private int opened;
  /** The chunk that is being filled. */
  private int head;

  // ---- reading: may race with a writer

  /** Returns whether the entry at {@code place} has this key. */
  boolean is(int place, byte[] key, boolean row) {
    byte[] chunk = chunk(place);
    int at = offset(place);
    int keyAt = at + HEAD_BYTES;
    return keyAt + key.length <= chunk.length
        && (int) INT.get(chunk, at + KEY_LENGTH) == keyLengthAndRow(key, row)
        && Arrays.equals(chunk, keyAt, keyAt + key.length, key, 0, key.length);
  }

  /** Returns a copy of the value at {@code place}, whose key has the given length. */
  byte[] value(int place, int keyLength) {
    byte[] chunk = chunk(place);
    int at = offset(place);
    int valueAt = at + HEAD_BYTES + keyLength;
    if (valueAt > chunk.length) {
      return new byte[0];
    }
    int length = (int) INT.get(chunk, at + VALUE_LENGTH);
    return length < 0 || length > chunk.length - valueAt
        ? new byte[0]
        : Arrays.copyOfRange(chunk, valueAt, valueAt + length);
  }

  int accessedAtS(int place) {
    return head(place, ACCESSED_AT);
  }

  boolean isUsed(int place) {
    return (head(place, CAPACITY) & USED) != 0;
  }

  /** Reads the beginning of an entry, to pull it into the processor's cache. */
  int warm(int place) {
    return head(place, CAPACITY) + head(place, HEAD_BYTES);
  }

  private int head(int place, int field) {
    byte[] chunk = chunk(place);
    int at = offset(place) + field;
    return at + Integer.BYTES > chunk.length ? 0 : (int) INT.get(chunk, at);
  }

  private byte[] chunk(int place) {
    byte[][] now = chunks;
    int number = place >>> OFFSET_BITS;
    return number < now.length ? now[number] : NO_CHUNK;
  }

  private static int offset(int place) {
    return (place & OFFSET_MASK) * ALIGNMENT;
  }

  // ---- changing

  /** Returns the size of an entry. */
  static int capacityFor(int keyLength, int valueLength) {
    return (HEAD_BYTES + keyLength + valueLength + ALIGNMENT - 1) & -ALIGNMENT;
  }

  long hash(int place) {
    return (long) LONG.get(chunk(place), offset(place));
  }

  void used(int place, boolean used) {
    byte[] chunk = chunk(place);
    int at = offset(place) + CAPACITY;
    int capacity = (int) INT.get(chunk, at) & ~USED;
    INT.set(chunk, at, used ? capacity | USED : capacity);
  }

  void accessedAtS(int place, int seconds) {
    INT.set(chunk(place), offset(place) + ACCESSED_AT, seconds);
  }

  /** Replaces the value of an entry in place if it fits. */
  boolean replace(int place, int keyLength, byte[] value, int accessedAtS) {
    byte[] chunk = chunk(place);
    int at = offset(place);
    if (capacityFor(keyLength, value.length) > capacity(chunk, at)) {
      return false;
    }
    INT.set(chunk, at + VALUE_LENGTH, value.length);
    INT.set(chunk, at + ACCESSED_AT, accessedAtS);
    System.arraycopy(value, 0, chunk, at + HEAD_BYTES + keyLength, value.length);
    return true;
  }

  /** Returns whether the current chunk has room for an entry of this capacity. */
  boolean hasRoom(int capacity) {
    return opened > 0 && ends[head] + capacity <= CHUNK_BYTES;
  }

  /** Adds an entry, marked unused, at the end of the current chunk; returns its place. */
  int add(long hash, byte[] key, boolean row, byte[] value, int capacity, int accessedAtS) {
    byte[] chunk = chunks[head];
    int at = ends[head];
    ends[head] = at + capacity;
    LONG.set(chunk, at, hash);
    INT.set(chunk, at + CAPACITY, capacity);
    INT.set(chunk, at + KEY_LENGTH, keyLengthAndRow(key, row));
    INT.set(chunk, at + VALUE_LENGTH, value.length);
    INT.set(chunk, at + ACCESSED_AT, accessedAtS);
    System.arraycopy(key, 0, chunk, at + HEAD_BYTES, key.length);
    System.arraycopy(value, 0, chunk, at + HEAD_BYTES + key.length, value.length);
    return place(head, at);
  }

  // ---- chunks

  /** Returns the size of all open chunks. */
  long sizeBytes() {
    return (long) opened * CHUNK_BYTES;
  }

  /** Opens a chunk and makes it the current one. */
  void open() {
    int number = 0;
    while (number < chunks.length && chunks[number] != NO_CHUNK) {
      number++;
    }
    if (number == chunks.length) {
      byte[][] more = Arrays.copyOf(chunks, 2 * number);
      Arrays.fill(more, number, 2 * number, NO_CHUNK);
      chunks = more;
      ends = Arrays.copyOf(ends, 2 * number);
    }
    chunks[number] = new byte[CHUNK_BYTES];
    ends[number] = FIRST_OFFSET;
    head = number;
    opened++;
  }

  /** Makes the next chunk in turn, the oldest, the current one. There must be one. */
  void turn() {
    do {
      head = (head + 1) % chunks.length;
    } while (chunks[head] == NO_CHUNK);
  }

  /** Frees the current chunk; another becomes current. */
  void close() {
    chunks[head] = NO_CHUNK;
    opened--;
    if (opened > 0) {
      int closed = head;
      do {
        head = (head + chunks.length - 1) % chunks.length;
      } while (chunks[head] == NO_CHUNK && head != closed);
    }
  }

  /**
   * Starts to refill the current chunk; entries that are to stay are {@linkplain #keep kept} in
   * their order. Returns where the old entries end.
   */
  int startOver() {
    int end = ends[head];
    ends[head] = FIRST_OFFSET;
    return end;
  }

  /** Returns the first of the old entries, {@link #NOWHERE} when there are none. */
  int first(int end) {
    return FIRST_OFFSET < end ? place(head, FIRST_OFFSET) : NOWHERE;
  }

  /**
   * Returns the old entry after this one, which must not have been kept yet; {@link #NOWHERE} after
   * the last.
   */
  int next(int place, int end) {
    int at = offset(place);
    int next = at + capacity(chunks[head], at);
    return next < end ? place(head, next) : NOWHERE;
  }

  /** Moves an entry to the end of the kept ones; returns its new place. */
  int keep(int place) {
    byte[] chunk = chunks[head];
    int from = offset(place);
    int to = ends[head];
    int capacity = capacity(chunk, from);
    System.arraycopy(chunk, from, chunk, to, capacity);
    ends[head] = to + capacity;
    return place(head, to);
  }

  private static int place(int chunk, int offset) {
    return chunk << OFFSET_BITS | offset / ALIGNMENT;
  }

  private static int capacity(byte[] chunk, int at) {
    return (int) INT.get(chunk, at + CAPACITY) & ~USED;
  }

  private static int keyLengthAndRow(byte[] key, boolean row) {
    return key.length << 1 | (row ? 1 : 0);
  }
}
