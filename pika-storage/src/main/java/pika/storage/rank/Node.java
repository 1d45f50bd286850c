package pika.storage.rank;

import java.util.Arrays;
import pika.storage.bytes.BigEndian;
import pika.storage.bytes.ByteWriter;
import pika.storage.bytes.Slice;
import pika.storage.rocks.StorageException;

/**
 * A node of a {@link Directory}: ordered entries, each for a run or for a child node.
 *
 * <pre>
 * node      := size:u16 entry[size] separator*
 * entry     := id:u48 count:u48 [end:u32]          end only in a directory that has separators
 * separator := byte*                               one per entry; end is the offset of its end from the first separator
 * </pre>
 *
 * <p>The count of a child node is the sum of its entries' counts, its separator that of its first
 * entry. A node is searched and changed in its encoded form, because most commands read one entry
 * or change one count. Bytes that may be shared are copied before the first change. Confined to the
 * command that opened the directory.
 */
final class Node {
  private static final int HEAD_BYTES = Short.BYTES;
  private static final int ENTRY_BYTES = 12;
  private static final int SEPARATED_ENTRY_BYTES = ENTRY_BYTES + Integer.BYTES;
  /** The id is the upper 48 bits of the long at the start of the entry, */
  private static final int ID_SHIFT = 16;
  /** the count the lower 48 bits of the long at this offset in it. */
  private static final int COUNT_OFFSET = 4;

  private static final long COUNT_MASK = (1L << 48) - 1;
  private static final int END_OFFSET = ENTRY_BYTES;
  private static final int MAX_SIZE = (1 << Short.SIZE) - 1;
  private static final byte[] NO_SEPARATOR = new byte[0];

  private final int entryBytes;
  private byte[] bytes;
  private int start;
  private int end;
  private int size;
  /** Whether {@link #bytes} may be referenced elsewhere. */
  private boolean shared;

  private Node(int entryBytes, byte[] bytes, int start, int end) {
    this.entryBytes = entryBytes;
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.size = takeShort(bytes, start);
  }

  static Node empty(boolean separated) {
    return new Node(entryBytes(separated), new byte[HEAD_BYTES], 0, HEAD_BYTES);
  }

  /** Decodes a node; keeps a reference to the encoded bytes but never changes them. */
  static Node decode(Slice encoded, boolean separated) {
    int start = encoded.offset();
    int end = start + encoded.length();
    if (encoded.length() < HEAD_BYTES) {
      throw damaged();
    }
    Node node = new Node(entryBytes(separated), encoded.array(), start, end);
    node.shared = true;
    long entriesEnd = start + HEAD_BYTES + (long) node.size * node.entryBytes;
    if (entriesEnd > end || node.separatorStart(node.size) != end) {
      throw damaged();
    }
    return node;
  }

  /** Returns how nodes are read from rows and written into them. */
  static NumberedRows.Codec<Node> codec(boolean separated) {
    return new NumberedRows.Codec<>() {
      @Override
      public Node decode(byte[] bytes) {
        return Node.decode(Slice.of(bytes), separated);
      }

      @Override
      public byte[] encode(Node node) {
        return node.encode();
      }
    };
  }

  /** Returns the encoded size. */
  int sizeBytes() {
    return end - start;
  }

  void encodeInto(ByteWriter out) {
    out.putBytes(bytes, start, end - start);
  }

  byte[] encode() {
    if (start != 0 || end != bytes.length) {
      return Arrays.copyOfRange(bytes, start, end);
    }
    shared = true;
    return bytes;
  }

  // ---- reading

  int size() {
    return size;
  }

  long id(int at) {
    return BigEndian.takeLong(bytes, entry(at)) >>> ID_SHIFT;
  }

  long count(int at) {
    return BigEndian.takeLong(bytes, entry(at) + COUNT_OFFSET) & COUNT_MASK;
  }

  byte[] separator(int at) {
    return isSeparated()
        ? Arrays.copyOfRange(bytes, separatorStart(at), separatorStart(at + 1))
        : NO_SEPARATOR;
  }

  long total() {
    return countBefore(size);
  }

  /** Returns the number of elements under the entries before {@code at}. */
  long countBefore(int at) {
    long sum = 0;
    for (int i = 0; i < at; i++) {
      sum += count(i);
    }
    return sum;
  }

  /** Returns the entry that holds {@code index}; the last one when none does. */
  int findIndex(long index) {
    long after = 0;
    for (int i = 0; i < size - 1; i++) {
      after += count(i);
      if (index < after) {
        return i;
      }
    }
    return size - 1;
  }

  /**
   * Returns the entry with the greatest separator not greater than {@code key}; the first one when
   * there is none.
   */
  int findKey(byte[] key) {
    int low = 0;
    int high = size - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      int from = separatorStart(middle);
      int to = separatorStart(middle + 1);
      if (Arrays.compareUnsigned(bytes, from, to, key, 0, key.length) <= 0) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  // ---- changing

  void insert(int at, long id, long count, byte[] separator) {
    Node one = of(id, count, separator);
    splice(at, at, one, 0, 1);
  }

  void remove(int at) {
    splice(at, at + 1, this, 0, 0);
  }

  void add(int at, long delta) {
    putCount(at, count(at) + delta);
  }

  /** Updates the entry of a child node that has changed. */
  void describe(int at, Node below) {
    byte[] separator = below.separator(0);
    if (Arrays.equals(separator, separator(at))) {
      putCount(at, below.total());
    } else {
      splice(at, at + 1, of(id(at), below.total(), separator), 0, 1);
    }
  }

  /** Removes the entries from {@code at} on and returns them as a new node. */
  Node splitAt(int at) {
    Node rest = empty(isSeparated());
    rest.splice(0, 0, this, at, size);
    splice(at, size, rest, 0, 0);
    return rest;
  }

  void append(Node other) {
    splice(size, size, other, 0, other.size);
  }

  private Node of(long id, long count, byte[] separator) {
    byte[] made = new byte[HEAD_BYTES + entryBytes + (isSeparated() ? separator.length : 0)];
    putShort(made, 0, 1);
    BigEndian.putLong(made, HEAD_BYTES, id << ID_SHIFT);
    Node node = new Node(entryBytes, made, 0, made.length);
    node.putCount(0, count);
    if (isSeparated()) {
      node.putEnd(0, separator.length);
      System.arraycopy(separator, 0, made, HEAD_BYTES + entryBytes, separator.length);
    }
    return node;
  }

  /**
   * Replaces the entries {@code from} to {@code to} (exclusive) by {@code first} to {@code last}
   * (exclusive) of another node.
   */
  private void splice(int from, int to, Node other, int first, int last) {
    int more = last - first;
    int newSize = size - (to - from) + more;
    if (newSize > MAX_SIZE) {
      throw new IllegalStateException("too many entries in a node");
    }
    int keptBytes = separatorStart(from) - separatorStart(0);
    int moreBytes = other.separatorStart(last) - other.separatorStart(first);
    int restBytes = separatorStart(size) - separatorStart(to);
    int entriesEnd = HEAD_BYTES + newSize * entryBytes;
    byte[] made = new byte[entriesEnd + keptBytes + moreBytes + restBytes];
    putShort(made, 0, newSize);
    Node target = new Node(entryBytes, made, 0, made.length);
    target.take(0, this, 0, from, 0);
    target.take(from, other, first, last, keptBytes);
    target.take(from + more, this, to, size, keptBytes + moreBytes);
    bytes = made;
    start = 0;
    end = made.length;
    size = newSize;
    shared = false;
  }

  /** Copies entries to {@code at}, and their separators to {@code separatorOffset}. */
  private void take(int at, Node source, int from, int to, int separatorOffset) {
    System.arraycopy(source.bytes, source.entry(from), bytes, entry(at), (to - from) * entryBytes);
    if (!isSeparated() || from == to) {
      return;
    }
    int sourceStart = source.separatorStart(from);
    int length = source.separatorStart(to) - sourceStart;
    int shift = separatorOffset - (sourceStart - source.separatorStart(0));
    System.arraycopy(source.bytes, sourceStart, bytes, entry(size) + separatorOffset, length);
    for (int i = at; shift != 0 && i < at + to - from; i++) {
      putEnd(i, takeEnd(i) + shift);
    }
  }

  private void putCount(int at, long count) {
    if (shared) {
      bytes = Arrays.copyOfRange(bytes, start, end);
      end -= start;
      start = 0;
      shared = false;
    }
    int offset = entry(at) + COUNT_OFFSET;
    long besides = BigEndian.takeLong(bytes, offset) & ~COUNT_MASK;
    BigEndian.putLong(bytes, offset, besides | count);
  }

  // ---- bytes

  private boolean isSeparated() {
    return entryBytes == SEPARATED_ENTRY_BYTES;
  }

  /** Returns where an entry starts; for {@code size}, where the last one ends. */
  private int entry(int at) {
    return start + HEAD_BYTES + at * entryBytes;
  }

  /** Returns where an entry's separator starts; for {@code size}, where the last one ends. */
  private int separatorStart(int at) {
    int first = entry(size);
    return at == 0 || !isSeparated() ? first : first + takeEnd(at - 1);
  }

  private int takeEnd(int at) {
    return BigEndian.takeInt(bytes, entry(at) + END_OFFSET);
  }

  private void putEnd(int at, int separatorEnd) {
    BigEndian.putInt(bytes, entry(at) + END_OFFSET, separatorEnd);
  }

  private static int entryBytes(boolean separated) {
    return separated ? SEPARATED_ENTRY_BYTES : ENTRY_BYTES;
  }

  private static int takeShort(byte[] bytes, int offset) {
    return ((bytes[offset] & 0xff) << Byte.SIZE) | (bytes[offset + 1] & 0xff);
  }

  private static void putShort(byte[] bytes, int offset, int value) {
    bytes[offset] = (byte) (value >>> Byte.SIZE);
    bytes[offset + 1] = (byte) value;
  }

  private static StorageException damaged() {
    return new StorageException("damaged value: inconsistent directory node");
  }
}
