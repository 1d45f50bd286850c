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
 * change makes a new leaf. The second and later changes of what was decoded leave room around the
 * elements, into which further ones are written: earlier leaves do not see them. Elements are
 * returned without copying. Reading is thread-safe.
 */
final class Leaf {
  /** A leaf without elements. */
  static final Leaf EMPTY = decode(new byte[] {0});

  private final byte[] bytes;
  private final int firstElement;
  private final int end;
  private final int count;
  /** Whether the array holds the encoded leaf and nothing else. */
  private final boolean isEncoded;
  /** What the array has room for; null for a leaf that was decoded. */
  private final @Nullable Room room;

  private int @Nullable [] offsets;

  /** An array of which a part is in use by leaves; what lies around that is free. */
  private static final class Room {
    private final byte[] bytes;
    private int from;
    private int to;

    Room(byte[] bytes, int from, int to) {
      this.bytes = bytes;
      this.from = from;
      this.to = to;
    }
  }

  private Leaf(
      byte[] bytes, int firstElement, int end, int count, boolean isEncoded, @Nullable Room room) {
    this.bytes = bytes;
    this.firstElement = firstElement;
    this.end = end;
    this.count = count;
    this.isEncoded = isEncoded;
    this.room = room;
  }

  private Leaf(Room room, int firstElement, int end, int count) {
    this(room.bytes, firstElement, end, count, false, room);
  }

  // ---- from and to bytes

  /** Decodes all of {@code bytes}, which must not be changed afterwards. */
  static Leaf decode(byte[] bytes) {
    return decode(Slice.of(bytes));
  }

  /** Decodes a part of an array, which must not be changed afterwards. */
  static Leaf decode(Slice slice) {
    int end = slice.offset() + slice.length();
    VarintReader in = new VarintReader(slice.array(), slice.offset(), end);
    int count = in.takeVarint();
    boolean isWhole = slice.length() == slice.array().length;
    return new Leaf(slice.array(), in.position(), end, count, isWhole, null);
  }

  static Leaf of(List<Slice> elements) {
    ByteWriter out = writer(elements.size(), totalOf(elements));
    put(elements, out);
    return made(elements.size(), out);
  }

  /** Returns the leaf that was written with a {@link #writer}. */
  private static Leaf made(int count, ByteWriter out) {
    byte[] bytes = out.finish();
    Room full = new Room(bytes, 0, bytes.length);
    return new Leaf(bytes, ByteWriter.varintBytes(count), bytes.length, count, true, full);
  }

  /** Returns the encoded leaf, without copying if possible. */
  byte[] encode() {
    return isEncoded
        ? bytes
        : writer(count, elementBytes())
            .putBytes(bytes, firstElement, elementBytes())
            .finish();
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

  private int elementBytes() {
    return end - firstElement;
  }

  /** Returns the encoded size in bytes. */
  int sizeBytes() {
    return ByteWriter.varintBytes(count) + elementBytes();
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
    if (inserted.isEmpty() && from == 0) {
      return part(offsetOf(to), end, count - to);
    }
    if (inserted.isEmpty() && to == count) {
      return part(firstElement, offsetOf(from), from);
    }
    if (room != null && to == 0) {
      return prepended(inserted, room);
    }
    if (room != null && from == count) {
      return appended(inserted, room);
    }
    int cut = offsetOf(from);
    int resumed = from == to ? cut : offsetOf(to);
    int changedCount = count - (to - from) + inserted.size();
    long kept = (long) cut - firstElement + end - resumed;
    ByteWriter out = writer(changedCount, kept + totalOf(inserted));
    out.putBytes(bytes, firstElement, cut - firstElement);
    put(inserted, out);
    out.putBytes(bytes, resumed, end - resumed);
    return made(changedCount, out);
  }

  /** Returns the leaf of some of these elements, in the same array. */
  private Leaf part(int start, int stop, int left) {
    return left == count ? this : new Leaf(bytes, start, stop, left, false, room);
  }

  private Leaf prepended(List<Slice> inserted, Room present) {
    byte[] added = encoded(inserted);
    boolean fits = present.from == firstElement && added.length <= firstElement;
    Room room = fits ? present : roomier(2 * added.length + elementBytes(), 0);
    room.from -= added.length;
    System.arraycopy(added, 0, room.bytes, room.from, added.length);
    return new Leaf(room, room.from, fits ? end : room.to, count + inserted.size());
  }

  private Leaf appended(List<Slice> inserted, Room present) {
    byte[] added = encoded(inserted);
    boolean fits = present.to == end && added.length <= bytes.length - end;
    Room room = fits ? present : roomier(0, 2 * added.length + elementBytes());
    System.arraycopy(added, 0, room.bytes, room.to, added.length);
    room.to += added.length;
    return new Leaf(room, fits ? firstElement : room.from, room.to, count + inserted.size());
  }

  /** Copies the elements into an array with room before and behind them. */
  private Room roomier(int before, int behind) {
    int length = elementBytes();
    Room room = new Room(new byte[before + length + behind], before, before + length);
    System.arraycopy(bytes, firstElement, room.bytes, before, length);
    return room;
  }

  /** Returns a leaf with the elements of this and then of another. */
  Leaf plus(Leaf other) {
    ByteWriter out = writer(count + other.count, (long) elementBytes() + other.elementBytes());
    out.putBytes(bytes, firstElement, elementBytes());
    out.putBytes(other.bytes, other.firstElement, other.elementBytes());
    return made(count + other.count, out);
  }

  /** Returns a writer of a leaf, sized exactly for its elements. */
  private static ByteWriter writer(int count, long elementBytes) {
    int capacity = Math.toIntExact(ByteWriter.varintBytes(count) + elementBytes);
    return new ByteWriter(capacity).putVarint(count);
  }

  /** Returns a leaf without the elements at these positions. */
  Leaf without(BitSet gone) {
    int left = count - gone.cardinality();
    ByteWriter out = new ByteWriter(sizeBytes());
    out.putVarint(left);
    int[] at = offsets();
    for (int i = gone.nextClearBit(0); i < count; ) {
      int next = gone.nextSetBit(i);
      int to = next < 0 ? count : next;
      out.putBytes(bytes, at[i], at[to] - at[i]);
      i = gone.nextClearBit(to);
    }
    return made(left, out);
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

  private static byte[] encoded(List<Slice> elements) {
    ByteWriter out = new ByteWriter(Math.toIntExact(totalOf(elements)));
    put(elements, out);
    return out.finish();
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
