package pika.storage.bitmap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.storage.key.Keyspace;
import pika.storage.string.Blocks;
import pika.storage.string.BytesAt;
import pika.storage.string.IndexRange;
import pika.storage.string.StringEdit;
import pika.storage.string.StringEncoding;
import pika.storage.string.StringValue;
import pika.storage.string.Strings;

/**
 * The strings of one database as arrays of bits, inside one unit of work. A missing string is
 * empty; all bits after the end are zero. If a key holds another type, methods throw
 * {@link pika.storage.key.WrongTypeException}. Confined to the thread of its unit.
 */
public final class Bitmaps {
  /** Size of the part of each bitmap that BITOP holds in memory. */
  private static final int WINDOW_BYTES = 64 << 10;

  private static final BytesAt NOTHING = (position, target) -> Arrays.fill(target, (byte) 0);

  private final Keyspace keyspace;
  private final Strings strings;

  /** Creates the view on {@code strings} of the same keyspace. */
  public Bitmaps(Keyspace keyspace, Strings strings) {
    this.keyspace = keyspace;
    this.strings = strings;
  }

  // ---- single bits

  /** Returns the bit at {@code bitOffset}. */
  public int getBit(byte[] userKey, long bitOffset) {
    StringValue value = strings.find(userKey);
    return value == null ? 0 : bit(value, bitOffset);
  }

  /**
   * Sets the bit at {@code bitOffset}, growing the string if necessary; returns its previous value.
   */
  public int setBit(byte[] userKey, long bitOffset, int bit) {
    StringValue value = strings.find(userKey);
    long at = bitOffset / Byte.SIZE;
    StringEdit edit = strings.edit(userKey, value, Math.max(at + 1, length(value)));
    byte[] one = new byte[1];
    edit.read(at, one);
    int shift = shift(bitOffset);
    int before = (one[0] >>> shift) & 1;
    if (before == bit && at < length(value)) {
      // Nothing changes, so nobody is notified.
      if (isRaw(value)) {
        return before;
      }
      keyspace.unit().changeQuietly();
    }
    one[0] = (byte) ((one[0] & ~(1 << shift)) | (bit << shift));
    edit.write(at, one);
    edit.save();
    return before;
  }

  // ---- counting and finding

  /** Returns how many bits are set in a range, which must lie within {@code value}. */
  public long count(StringValue value, IndexRange range, BitUnit unit) {
    if (range.isEmpty()) {
      return 0;
    }
    long first = range.first() * unit.bits();
    long end = (range.last() + 1) * unit.bits();
    long count = 0;
    try (Blocks blocks = value.blocks(first / Byte.SIZE, (end + Byte.SIZE - 1) / Byte.SIZE)) {
      while (blocks.next()) {
        if (!blocks.isZeros()) {
          count += BitScan.count(blocks.array(), blocks.offset(), blocks.length());
        }
      }
    }
    return count - countBefore(value, first) - countFrom(value, end);
  }

  /**
   * Returns the position of the first bit with the value {@code bit} in a range, which must lie
   * within {@code value}; -1 when there is none.
   */
  public long position(StringValue value, int bit, IndexRange range, BitUnit unit) {
    if (range.isEmpty()) {
      return -1;
    }
    long first = range.first() * unit.bits();
    long end = (range.last() + 1) * unit.bits();
    long found = find(value, bit, first, end);
    return found < end ? found : -1;
  }

  /**
   * Returns the position of the first bit with the value {@code bit} from byte
   * {@code range.first()} to the end of {@code value}, which zeros follow; -1 when there is none or
   * the range is empty.
   */
  public long positionToEnd(StringValue value, int bit, IndexRange range) {
    long found = position(value, bit, range, BitUnit.BYTE);
    return found < 0 && bit == 0 && !range.isEmpty() ? value.length() * Byte.SIZE : found;
  }

  // ---- many bits

  /**
   * Combines bitmaps and stores the result, as long as the longest of them, under
   * {@code destination}; an empty result deletes that key. Returns the length in bytes.
   */
  public long combine(BitOperation operation, byte[] destination, List<byte[]> sources) {
    List<StringValue> values = new ArrayList<>();
    long length = 0;
    boolean someMissing = false;
    for (byte[] source : sources) {
      StringValue value = strings.find(source);
      if (value != null) {
        values.add(value);
        length = Math.max(length, value.length());
      } else {
        someMissing = true;
      }
    }
    if (length == 0) {
      keyspace.delete(destination);
      return 0;
    }
    StringEdit edit = strings.replace(destination, length);
    List<BytesAt> operands = new ArrayList<>(values);
    if (someMissing) {
      operands.add(NOTHING);
    }
    combine(operation, edit, length, operands);
    edit.save();
    return length;
  }

  /** Executes steps one by one; the result of one that failed with an overflow is null. */
  public List<@Nullable Long> fields(byte[] userKey, List<FieldStep> steps) {
    StringValue value = strings.find(userKey);
    long reach = -1;
    for (FieldStep step : steps) {
      reach = step.writes() ? Math.max(reach, step.reachBytes()) : reach;
    }
    List<@Nullable Long> answers = new ArrayList<>(steps.size());
    if (reach < 0) {
      BytesAt bytes = value == null ? NOTHING : value;
      steps.forEach(step -> answers.add(get(bytes, step)));
      return answers;
    }
    boolean grows = reach > length(value);
    boolean changed = false;
    StringEdit edit = strings.edit(userKey, value, Math.max(reach, length(value)));
    for (FieldStep step : steps) {
      long before = get(edit, step);
      Long answer = step.writes() ? write(edit, step, before) : Long.valueOf(before);
      answers.add(answer);
      boolean fits = step.writes() && answer != null;
      changed |= fits && (grows || get(edit, step) != before);
    }
    if (!changed && !grows && isRaw(value)) {
      return answers;
    }
    if (!changed) {
      // The string grows even if nothing fits, but nobody is told of that.
      keyspace.unit().changeSilently();
    }
    edit.save();
    return answers;
  }

  /** Returns whether the string is raw: otherwise even a write that changes no bit makes it so. */
  private static boolean isRaw(@Nullable StringValue value) {
    return value != null && StringEncoding.isRaw(value.record());
  }

  private static void combine(
      BitOperation operation, StringEdit target, long length, List<BytesAt> operands) {
    byte[] result = new byte[(int) Math.min(length, WINDOW_BYTES)];
    byte[] other = new byte[result.length];
    for (long at = 0; at < length; at += result.length) {
      int count = (int) Math.min(result.length, length - at);
      operands.get(0).read(at, result);
      if (operation == BitOperation.NOT) {
        operation.combine(result, result, count);
      }
      for (BytesAt operand : operands.subList(1, operands.size())) {
        operand.read(at, other);
        operation.combine(result, other, count);
      }
      target.write(at, result, 0, count);
    }
  }

  private static long get(BytesAt bytes, FieldStep step) {
    return step.field().take(window(bytes, step), (int) (step.bitOffset() % Byte.SIZE));
  }

  private static @Nullable Long write(StringEdit edit, FieldStep step, long before) {
    BitField field = step.field();
    int firstBit = (int) (step.bitOffset() % Byte.SIZE);
    byte[] window = window(edit, step);
    boolean sets = step.action() == FieldStep.Action.SET;
    Long after = sets
        ? field.fitted(step.operand(), step.overflow())
        : field.sum(before, step.operand(), step.overflow());
    if (after == null) {
      return null;
    }
    field.put(window, firstBit, after);
    edit.write(step.bitOffset() / Byte.SIZE, window);
    return sets ? Long.valueOf(before) : after;
  }

  private static byte[] window(BytesAt bytes, FieldStep step) {
    byte[] window = new byte[step.field().bytesAt(step.bitOffset())];
    bytes.read(step.bitOffset() / Byte.SIZE, window);
    return window;
  }

  /**
   * Returns the first wanted bit from {@code first} on in the bytes before bit {@code end}, or a
   * number not below {@code end}.
   */
  private static long find(StringValue value, int bit, long first, long end) {
    long from = first / Byte.SIZE;
    int hidden = (int) (first % Byte.SIZE);
    if (hidden > 0) {
      int seen = 0xff >>> hidden;
      int head = byteOf(value, first);
      byte[] shown = {(byte) (bit == 1 ? head & seen : head | ~seen)};
      long found = BitScan.find(shown, 0, 1, bit);
      if (found >= 0) {
        return from * Byte.SIZE + found;
      }
      from++;
    }
    long to = Math.max(from, (end + Byte.SIZE - 1) / Byte.SIZE);
    try (Blocks blocks = value.blocks(from, to)) {
      for (; blocks.next(); from += blocks.length()) {
        boolean hopeless = bit == 1 && blocks.isZeros();
        long found =
            hopeless ? -1 : BitScan.find(blocks.array(), blocks.offset(), blocks.length(), bit);
        if (found >= 0) {
          return from * Byte.SIZE + found;
        }
      }
    }
    return end;
  }

  /** Returns how many bits before {@code bitOffset} are set in its byte. */
  private static long countBefore(StringValue value, long bitOffset) {
    int before = (int) (bitOffset % Byte.SIZE);
    return before == 0 ? 0 : Integer.bitCount(byteOf(value, bitOffset) >>> (Byte.SIZE - before));
  }

  /**
   * Returns how many bits from {@code bitOffset} on are set in its byte, 0 if it is the byte's
   * first bit.
   */
  private static long countFrom(StringValue value, long bitOffset) {
    int before = (int) (bitOffset % Byte.SIZE);
    return before == 0 ? 0 : Integer.bitCount(byteOf(value, bitOffset) & (0xff >>> before));
  }

  private static int bit(StringValue value, long bitOffset) {
    return (byteOf(value, bitOffset) >>> shift(bitOffset)) & 1;
  }

  private static int byteOf(StringValue value, long bitOffset) {
    byte[] one = new byte[1];
    value.read(bitOffset / Byte.SIZE, one);
    return one[0] & 0xff;
  }

  private static int shift(long bitOffset) {
    return Byte.SIZE - 1 - (int) (bitOffset % Byte.SIZE);
  }

  private static long length(@Nullable StringValue value) {
    return value == null ? 0 : value.length();
  }
}
