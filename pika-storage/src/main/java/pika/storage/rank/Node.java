package pika.storage.rank;

import java.util.Arrays;
import pika.storage.bytes.ByteWriter;
import pika.storage.packed.VarintReader;

/**
 * One node of a {@link Directory}: entries in their order, each for a run or for a node below.
 *
 * <pre>
 * node  := entry*
 * entry := id:varint count:varint [length:varint separator:byte*]      separator only in a directory that has them
 * </pre>
 *
 * The count of a node below is the sum of its entries', its separator that of its first entry. Confined to the command
 * that opened the directory.
 */
final class Node {
  private static final byte[] NO_SEPARATOR = new byte[0];
  private static final int USUAL_ENTRY_BYTES = 8;

  private long[] ids;
  private long[] counts;
  private byte[][] separators;
  private int size;

  Node() {
    this(8);
  }

  private Node(int capacity) {
    ids = new long[capacity];
    counts = new long[capacity];
    separators = new byte[capacity][];
  }

  static Node decode(VarintReader in, boolean separated) {
    Node node = new Node();
    while (in.hasMore()) {
      long id = in.takeVarlong();
      long count = in.takeVarlong();
      byte[] separator = separated ? in.takeBytes(in.takeVarint()) : NO_SEPARATOR;
      node.insert(node.size, id, count, separator);
    }
    return node;
  }

  void encodeInto(ByteWriter out, boolean separated) {
    for (int i = 0; i < size; i++) {
      out.putVarlong(ids[i]).putVarlong(counts[i]);
      if (separated) {
        out.putVarint(separators[i].length).putBytes(separators[i]);
      }
    }
  }

  byte[] encode(boolean separated) {
    ByteWriter out = new ByteWriter(size * USUAL_ENTRY_BYTES);
    encodeInto(out, separated);
    return out.toByteArray();
  }

  int size() {
    return size;
  }

  long id(int at) {
    return ids[at];
  }

  long count(int at) {
    return counts[at];
  }

  byte[] separator(int at) {
    return separators[at];
  }

  long total() {
    return countBefore(size);
  }

  /** The elements under the entries before {@code at}. */
  long countBefore(int at) {
    long sum = 0;
    for (int i = 0; i < at; i++) {
      sum += counts[i];
    }
    return sum;
  }

  /** Which entry has the element of this index; the last one when no entry does. */
  int findIndex(long index) {
    long after = 0;
    for (int i = 0; i < size - 1; i++) {
      after += counts[i];
      if (index < after) {
        return i;
      }
    }
    return size - 1;
  }

  /** Which entry has the greatest separator that is no greater than {@code key}; the first one when none has. */
  int findKey(byte[] key) {
    int low = 0;
    int high = size - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (Arrays.compareUnsigned(separators[middle], key) <= 0) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  void insert(int at, long id, long count, byte[] separator) {
    if (size == ids.length) {
      grow(size * 2);
    }
    System.arraycopy(ids, at, ids, at + 1, size - at);
    System.arraycopy(counts, at, counts, at + 1, size - at);
    System.arraycopy(separators, at, separators, at + 1, size - at);
    ids[at] = id;
    separators[at] = separator;
    counts[at] = count;
    size++;
  }

  void remove(int at) {
    size--;
    System.arraycopy(ids, at + 1, ids, at, size - at);
    System.arraycopy(counts, at + 1, counts, at, size - at);
    System.arraycopy(separators, at + 1, separators, at, size - at);
  }

  void add(int at, long delta) {
    counts[at] += delta;
  }

  /** Makes an entry tell what the node below it has become. */
  void describe(int at, Node below) {
    counts[at] = below.total();
    separators[at] = below.separators[0];
  }

  /** Takes the entries from {@code at} on out of this node; they are the result. */
  Node splitAt(int at) {
    Node rest = new Node(size - at);
    for (int i = at; i < size; i++) {
      rest.insert(i - at, ids[i], counts[i], separators[i]);
    }
    size = at;
    return rest;
  }

  void append(Node other) {
    for (int i = 0; i < other.size; i++) {
      insert(size, other.ids[i], other.counts[i], other.separators[i]);
    }
  }

  private void grow(int capacity) {
    ids = Arrays.copyOf(ids, capacity);
    counts = Arrays.copyOf(counts, capacity);
    separators = Arrays.copyOf(separators, capacity);
  }
}
