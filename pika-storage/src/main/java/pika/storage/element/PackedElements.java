package pika.storage.element;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.ByteWriter;
import pika.storage.bytes.Slice;
import pika.storage.key.KeyRecord;
import pika.storage.packed.Varint;

/**
 * Elements packed into one byte array (see {@link PackedFormat}), for collections so small that a
 * linear search beats anything cleverer. They are read in place in the record; the first change
 * copies them, later ones modify the copy.
 *
 * <p>Paging has no positions here: the first page has everything.
 */
public final class PackedElements implements Elements {
  /** Spare bytes of the first copy, so that a few more elements fit. */
  private static final int SPARE_BYTES = 64;

  private final Packing packing;
  /**
   * Entries are from {@code start} to {@code end}; in a copy there is room for the count before
   * them.
   */
  private byte[] bytes;

  private int start;
  private int end;
  private int count;
  private boolean copied;

  private PackedElements(Packing packing, byte[] bytes, int start, int end, int count) {
    this.packing = packing;
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    this.count = count;
  }

  /** Returns an empty collection. */
  public static PackedElements empty(Packing packing) {
    return new PackedElements(packing, new byte[0], 0, 0, 0);
  }

  /** Returns the elements in a record's payload. */
  public static PackedElements of(KeyRecord record, Packing packing) {
    byte[] array = record.array();
    int offset = record.payloadOffset();
    int count = Varint.take(array, offset, array.length);
    int start = offset + ByteWriter.varintBytes(count);
    return new PackedElements(packing, array, start, array.length, count);
  }

  /** Returns how many elements a record's payload holds. */
  public static int sizeOf(KeyRecord record) {
    byte[] array = record.array();
    return Varint.take(array, record.payloadOffset(), array.length);
  }

  /**
   * Returns the same elements under another packing.
   *
   * @throws IllegalArgumentException if only one of the two packings has values, or {@code other}
   *     is sorted
   */
  public PackedElements as(Packing other) {
    if (other.hasValues() != packing.hasValues() || other == Packing.INTEGERS) {
      throw new IllegalArgumentException(packing + " can't simply become " + other);
    }
    return new PackedElements(other, bytes, start, end, count);
  }

  /** Returns the size in bytes of a payload with these elements. */
  public int payloadBytes() {
    return ByteWriter.varintBytes(count) + end - start;
  }

  /** Returns a payload with these elements, valid until the next change. */
  public Slice payload() {
    int countBytes = ByteWriter.varintBytes(count);
    ownBytes(0);
    PackedFormat.putVarint(bytes, start - countBytes, count);
    return new Slice(bytes, start - countBytes, countBytes + end - start);
  }

  @Override
  public long size() {
    return count;
  }

  @Override
  public @Nullable Slice get(byte[] name) {
    int at = find(name);
    return at < 0 ? null : value(at);
  }

  @Override
  public boolean contains(byte[] name) {
    return find(name) >= 0;
  }

  @Override
  public @Nullable Slice put(byte[] name, byte[] value) {
    int at = find(name);
    if (at < 0) {
      insert(name, value);
      return null;
    }
    if (!packing.hasValues()) {
      return Slice.empty();
    }
    Slice before = value(at);
    int valueAt = behindField(at);
    byte[] field = new byte[fieldBytes(value)];
    putField(field, 0, value);
    splice(valueAt, behindField(valueAt), field);
    return before;
  }

  /** Adds an element that is known to be absent, without looking. */
  public void add(byte[] name, byte[] value) {
    insert(name, value);
  }

  @Override
  public @Nullable Slice remove(byte[] name) {
    int at = find(name);
    if (at < 0) {
      return null;
    }
    Slice value = value(at);
    splice(at, behindEntry(at), new byte[0]);
    count--;
    return value;
  }

  @Override
  public void forEach(ElementVisitor visitor) {
    for (int at = start; at < end; at = behindEntry(at)) {
      if (!visitor.visit(field(at), value(at))) {
        return;
      }
    }
  }

  @Override
  public long page(long position, long limit, ElementVisitor visitor) {
    forEach((name, value) -> {
      visitor.visit(name, value);
      return true;
    });
    return START;
  }

  @Override
  public @Nullable Element draw(ElementFilter filter, RandomGenerator random) {
    return Draws.one(this, filter, random);
  }

  @Override
  public List<Element> drawDistinct(long most, ElementFilter filter, RandomGenerator random) {
    return Draws.distinct(this, most, filter, random);
  }

  @Override
  public List<Element> drawRepeatedly(int times, ElementFilter filter, RandomGenerator random) {
    return Draws.repeatedly(this, times, filter, random);
  }

  // ---- bytes

  /** Returns the offset of an element's entry, -1 when it does not exist. */
  private int find(byte[] name) {
    int at = start;
    while (at < end) {
      int length = Varint.takeLength(bytes, at, end);
      int from = at + ByteWriter.varintBytes(length);
      if (length == name.length
          && Arrays.equals(bytes, from, from + length, name, 0, name.length)) {
        return at;
      }
      at = from + length;
      if (packing.hasValues()) {
        at = behindField(at);
      }
    }
    return -1;
  }

  private void insert(byte[] name, byte[] value) {
    int nameBytes = fieldBytes(name);
    byte[] entry = new byte[packing.hasValues() ? nameBytes + fieldBytes(value) : nameBytes];
    putField(entry, 0, name);
    if (packing.hasValues()) {
      putField(entry, nameBytes, value);
    }
    int at = packing == Packing.INTEGERS ? firstGreater(name) : end;
    splice(at, at, entry);
    count++;
  }

  private int firstGreater(byte[] integer) {
    int at = start;
    while (at < end) {
      int length = Varint.takeLength(bytes, at, end);
      int from = at + ByteWriter.varintBytes(length);
      if (PackedFormat.compareIntegers(bytes, from, length, integer) > 0) {
        return at;
      }
      at = from + length;
    }
    return at;
  }

  private Slice field(int at) {
    int length = Varint.takeLength(bytes, at, end);
    int from = at + ByteWriter.varintBytes(length);
    // Slices handed out must not change when the copy does.
    return copied
        ? Slice.of(Arrays.copyOfRange(bytes, from, from + length))
        : new Slice(bytes, from, length);
  }

  private Slice value(int entry) {
    return packing.hasValues() ? field(behindField(entry)) : Slice.empty();
  }

  private int behindField(int at) {
    int length = Varint.takeLength(bytes, at, end);
    return at + ByteWriter.varintBytes(length) + length;
  }

  private int behindEntry(int at) {
    int behindName = behindField(at);
    return packing.hasValues() ? behindField(behindName) : behindName;
  }

  private static int fieldBytes(byte[] content) {
    return ByteWriter.varintBytes(content.length) + content.length;
  }

  private static void putField(byte[] target, int offset, byte[] content) {
    int at = PackedFormat.putVarint(target, offset, content.length);
    System.arraycopy(content, 0, target, at, content.length);
  }

  /** Replaces the bytes from {@code from} to {@code to}. */
  private void splice(int from, int to, byte[] replacement) {
    int growth = replacement.length - (to - from);
    int shift = ownBytes(Math.max(0, growth));
    int at = from + shift;
    int behind = to + shift;
    System.arraycopy(bytes, behind, bytes, behind + growth, end - behind);
    System.arraycopy(replacement, 0, bytes, at, replacement.length);
    end += growth;
  }

  /**
   * Ensures that {@code bytes} is a copy with room for {@code more}; returns how far the entries
   * have moved.
   */
  private int ownBytes(int more) {
    if (copied && bytes.length - end >= more) {
      return 0;
    }
    int length = end - start;
    int spare = copied ? length + SPARE_BYTES : more == 0 ? 0 : SPARE_BYTES;
    int room = Math.addExact(Math.addExact(length, more), spare);
    byte[] copy = new byte[Math.addExact(PackedFormat.MAX_VARINT_BYTES, room)];
    System.arraycopy(bytes, start, copy, PackedFormat.MAX_VARINT_BYTES, length);
    int shift = PackedFormat.MAX_VARINT_BYTES - start;
    bytes = copy;
    start = PackedFormat.MAX_VARINT_BYTES;
    end = start + length;
    copied = true;
    return shift;
  }
}
