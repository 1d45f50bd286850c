package pika.storage.list;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.ByteWriter;
import pika.storage.bytes.Slice;
import pika.storage.packed.VarintReader;

/**
 * Some consecutive elements of a list, or all of a short one, in their encoded form.
 *
 * <pre>
 * leaf    := count:varint element*
 * element := length:varint byte*
 * </pre>
 *
 * <p>Finding an element means skipping those before it; the ends need no skipping. Immutable: a
 * change makes a new leaf. Elements are returned without copying. Thread-safe.
 */
final class Leaf {
  /** A leaf without elements. */
  static final Leaf EMPTY = new Leaf(new byte[] {0}, 0, 1);

  private final byte[] bytes;
  private final int start;
  private final int firstElement;
  private final int end;
  private final int count;
  private int @Nullable [] offsets;

  private Leaf(byte[] bytes, int start, int end) {
    VarintReader in = new VarintReader(bytes, start, end);
    this.bytes = bytes;
    this.start = start;
    this.count = in.takeVarint();
    this.firstElement = in.position();
    this.end = end;
  }

  // ---- from and to bytes

  /** Decodes all of {@code bytes}, which must not be changed afterwards. */
  static Leaf decode(byte[] bytes) {
    return new Leaf(bytes, 0, bytes.length);
  }

  /** Decodes a part of an array, which must not be changed afterwards. */
  static Leaf decode(Slice slice) {
    return new Leaf(slice.array(), slice.offset(), slice.offset() + slice.length());
  }

  static Leaf of(List<Slice> elements) {
    ByteWriter out = writer(elements.size(), totalOf(elements));
    put(elements, out);
    return decode(out.finish());
  }

  /** Returns the encoded leaf, without copying if possible. */
  byte[] encode() {
    return start == 0 && end == bytes.length ? bytes : Arrays.copyOfRange(bytes, start, end);
  }

  /** Returns the number of elements in an encoded leaf. */
  static long countOf(Slice leaf) {
    return new VarintReader(leaf.array(), leaf.offset(), leaf.offset() + leaf.length())
        .takeVarint();
  }

  // ---- elements

  int count() {
    return count;
  }

  /** Returns the encoded size in bytes. */
  int sizeBytes() {
    return end - start;
  }

  Slice get(int at) {
    VarintReader in = new VarintReader(bytes, offsetOf(at), end);
    return element(in);
  }

  /** Adds the elements from {@code from} to {@code to}, exclusive, to {@code elements}. */
  void addTo(List<Slice> elements, int from, int to) {
    if (from == to) {
      return;
    }
    VarintReader in = new VarintReader(bytes, offsetOf(from), end);
    for (int i = from; i < to; i++) {
      elements.add(element(in));
    }
  }

  /** Returns whether the element at {@code at} equals {@code wanted}. */
  boolean has(int at, byte[] wanted) {
    VarintReader in = new VarintReader(bytes, offsets()[at], end);
    int length = in.takeVarint();
    return length == wanted.length
        && Arrays.equals(bytes, in.position(), in.position() + length, wanted, 0, wanted.length);
  }

  private Slice element(VarintReader in) {
    int length = in.takeVarint();
    int offset = in.position();
    in.skip(length);
    return new Slice(bytes, offset, length);
  }

  // ---- changes

  /**
   * Returns a leaf in which the elements from {@code from} to {@code to}, exclusive, are replaced.
   */
  Leaf splice(int from, int to, List<Slice> inserted) {
    int cut = offsetOf(from);
    int resumed = from == to ? cut : offsetOf(to);
    long kept = (long) cut - firstElement + end - resumed;
    ByteWriter out = writer(count - (to - from) + inserted.size(), kept + totalOf(inserted));
    out.putBytes(bytes, firstElement, cut - firstElement);
    put(inserted, out);
    out.putBytes(bytes, resumed, end - resumed);
    return decode(out.finish());
  }

  /** Returns a leaf with the elements of this and then of another. */
  Leaf plus(Leaf other) {
    int ours = end - firstElement;
    int theirs = other.end - other.firstElement;
    ByteWriter out = writer(count + other.count, (long) ours + theirs);
    out.putBytes(bytes, firstElement, ours);
    out.putBytes(other.bytes, other.firstElement, theirs);
    return decode(out.finish());
  }

  /** Returns a writer of a leaf, sized exactly for its elements. */
  private static ByteWriter writer(int count, long elementBytes) {
    int capacity = Math.toIntExact(ByteWriter.varintBytes(count) + elementBytes);
    return new ByteWriter(capacity).putVarint(count);
  }

  /** Returns a leaf without the elements at these positions. */
  Leaf without(BitSet gone) {
    ByteWriter out = new ByteWriter(sizeBytes());
    out.putVarint(count - gone.cardinality());
    int[] at = offsets();
    for (int i = gone.nextClearBit(0); i < count; ) {
      int next = gone.nextSetBit(i);
      int to = next < 0 ? count : next;
      out.putBytes(bytes, at[i], at[to] - at[i]);
      i = gone.nextClearBit(to);
    }
    return decode(out.toByteArray());
  }

  // ---- many leaves

  /** Distributes elements over as many leaves as the limits require. */
  static List<Leaf> pack(List<Slice> elements, LeafLimits limits, Fill fill) {
    return switch (fill) {
      case FROM_HEAD -> packForward(elements, limits, Long.MAX_VALUE);
      case FROM_TAIL -> packBackward(elements, limits);
      case EVENLY -> packForward(elements, limits, (totalOf(elements) + 1) / 2);
    };
  }

  /**
   * Starts a new leaf when the current one has {@code enough} bytes, or no room for the next
   * element.
   */
  private static List<Leaf> packForward(List<Slice> elements, LeafLimits limits, long enough) {
    List<Leaf> leaves = new ArrayList<>();
    int from = 0;
    while (from < elements.size()) {
      int to = from;
      long size = 0;
      while (to < elements.size()
          && size < enough
          && limits.allow(to - from + 1L, size + sizeOf(elements.get(to)))) {
        size += sizeOf(elements.get(to++));
      }
      leaves.add(of(elements.subList(from, to)));
      from = to;
    }
    return leaves;
  }

  private static List<Leaf> packBackward(List<Slice> elements, LeafLimits limits) {
    List<Leaf> leaves = new ArrayList<>();
    int to = elements.size();
    while (to > 0) {
      int from = to;
      long size = 0;
      while (from > 0 && limits.allow(to - from + 1L, size + sizeOf(elements.get(from - 1)))) {
        size += sizeOf(elements.get(--from));
      }
      leaves.add(of(elements.subList(from, to)));
      to = from;
    }
    Collections.reverse(leaves);
    return leaves;
  }

  /** Returns the encoded size of the elements. */
  static long totalOf(List<Slice> elements) {
    long total = 0;
    for (Slice element : elements) {
      total += sizeOf(element);
    }
    return total;
  }

  private static long sizeOf(Slice element) {
    return ByteWriter.varintBytes(element.length()) + (long) element.length();
  }

  private static void put(List<Slice> elements, ByteWriter out) {
    for (Slice element : elements) {
      out.putVarint(element.length());
      out.putBytes(element.array(), element.offset(), element.length());
    }
  }

  // ---- offsets

  /** Returns the offset of an element; for the position after the last, that of the end. */
  private int offsetOf(int at) {
    if (at == 0) {
      return firstElement;
    }
    if (at == count) {
      return end;
    }
    if (offsets != null) {
      return offsets[at];
    }
    VarintReader in = new VarintReader(bytes, firstElement, end);
    for (int i = 0; i < at; i++) {
      in.skip(in.takeVarint());
    }
    return in.position();
  }

  /** Returns the offset of each element, and of the end. */
  private int[] offsets() {
    int[] known = offsets;
    if (known == null) {
      known = new int[count + 1];
      VarintReader in = new VarintReader(bytes, firstElement, end);
      for (int i = 0; i < count; i++) {
        known[i] = in.position();
        in.skip(in.takeVarint());
      }
      known[count] = end;
      offsets = known;
    }
    return known;
  }
}
