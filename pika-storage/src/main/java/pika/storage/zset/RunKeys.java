package pika.storage.zset;

import java.util.Arrays;
import pika.storage.bytes.BigEndian;
import pika.storage.bytes.ByteWriter;
import pika.storage.bytes.Slice;

/**
 * The rows by score of one run of a large sorted set, packed into a
 * {@linkplain pika.storage.key.Rows#memo memo}: finding a rank within the run takes a binary search
 * instead of an iteration over rows, and finding the entry of a rank no search at all. Immutable.
 *
 * <pre>
 * keys  := count:u16 end:u32[count] entry[count]     end counts from the first entry
 * entry := negative-zero:u8 key                      the key by which the directory knows the entry
 * </pre>
 */
final class RunKeys {
  /** The memo of a run that was asked for its keys once. */
  static final byte[] ASKED_FOR = {};

  /** The memo of a run whose keys are too long for one. */
  static final byte[] TOO_LONG = {0};

  private static final int HEAD_BYTES = Short.BYTES;

  private final byte[] bytes;

  /** Reads what {@link #bytes} gave. */
  RunKeys(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Returns whether a memo holds keys, and is none of those that stand for something else. */
  static boolean areIn(byte[] memo) {
    return memo.length >= HEAD_BYTES;
  }

  /** Returns whether a memo is {@link #TOO_LONG}, which may be a copy. */
  static boolean areTooLongFor(byte[] memo) {
    return memo.length == TOO_LONG.length;
  }

  byte[] bytes() {
    return bytes;
  }

  int count() {
    return ((bytes[0] & 0xff) << Byte.SIZE) | (bytes[1] & 0xff);
  }

  /** Returns how many keys are less than {@code key}. */
  int before(byte[] key) {
    int low = 0;
    int high = count();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Arrays.compareUnsigned(bytes, keyStart(middle), end(middle), key, 0, key.length) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  double score(int at) {
    int entry = start(at);
    return SortedSetFormat.score(bytes, entry, bytes[entry]);
  }

  Slice member(int at) {
    int entry = start(at);
    return SortedSetFormat.member(new Slice(bytes, entry, end(at) - entry));
  }

  private int keyStart(int at) {
    return start(at) + 1;
  }

  private int start(int at) {
    return at == 0 ? HEAD_BYTES + count() * Integer.BYTES : end(at - 1);
  }

  private int end(int at) {
    int ends = HEAD_BYTES + at * Integer.BYTES;
    return HEAD_BYTES + count() * Integer.BYTES + BigEndian.takeInt(bytes, ends);
  }

  /** Packs the rows of a run, which come in their order. */
  static final class Builder {
    private static final int USUAL_ENTRY_BYTES = 32;

    private final int[] ends;
    private final ByteWriter entries;
    private int count;

    Builder(int count) {
      this.ends = new int[count];
      this.entries = new ByteWriter(count * USUAL_ENTRY_BYTES);
    }

    /** Adds a row whose name starts at {@code offset} in {@code rowKey}. */
    void add(byte[] rowKey, int offset, byte[] value) {
      // The first byte of a name is the same for all rows by score.
      entries.putByte(value.length).putBytes(rowKey, offset + 1, rowKey.length - offset - 1);
      ends[count++] = entries.size();
    }

    RunKeys build() {
      Slice packed = entries.toSlice();
      ByteWriter out = new ByteWriter(HEAD_BYTES + count * Integer.BYTES + packed.length());
      out.putByte(count >>> Byte.SIZE).putByte(count);
      for (int i = 0; i < count; i++) {
        out.putInt(ends[i]);
      }
      out.putBytes(packed.array(), packed.offset(), packed.length());
      return new RunKeys(out.finish());
    }
  }
}
