package pika.storage.rank;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.ByteWriter;
import pika.storage.packed.VarintReader;

/**
 * Between which keys all keys of a directory lie, as far as that is known. Whoever walks them in the store starts there rather
 * than at the very first or last key there could be, and so doesn't step over what was removed beyond.
 *
 * <pre>
 * bounds := [least] [end]          each if its flag is set
 * least  := length:varint byte*    no key is less
 * end    := length:varint byte*    every key is less
 * </pre>
 */
final class KeyBounds {
  private static final int LEAST = 0x02;
  private static final int END = 0x04;

  /** The flags of a directory that belong here. */
  static final int FLAGS = LEAST | END;

  /** A bound need not be exact, and stands in a header. */
  private static final int MOST_BYTES = 64;

  private static final byte[] NOT_KNOWN = {};

  private byte[] least = NOT_KNOWN;
  private byte @Nullable [] end;

  /** No key is less; empty when nothing is known. */
  byte[] least() {
    return least;
  }

  /** Every key is less; null when nothing is known. */
  byte @Nullable [] end() {
    return end;
  }

  /** There is another key now. */
  void include(byte[] key) {
    if (least.length > 0 && Arrays.compareUnsigned(key, least) < 0) {
      startAt(key);
    }
    if (end != null && Arrays.compareUnsigned(key, end) >= 0) {
      endAt(Arrays.copyOf(key, key.length + 1));
    }
  }

  /** From now on no key is less. */
  void startAt(byte[] key) {
    least = key.length > MOST_BYTES ? Arrays.copyOf(key, MOST_BYTES) : key;
  }

  /** From now on every key is less. */
  void endAt(byte[] key) {
    end = key.length > MOST_BYTES ? null : key;
  }

  /** There may be any keys now. */
  void forget() {
    least = NOT_KNOWN;
    end = null;
  }

  int flags() {
    return (least.length > 0 ? LEAST : 0) | (end != null ? END : 0);
  }

  void putInto(ByteWriter out) {
    if (least.length > 0) {
      out.putVarint(least.length).putBytes(least);
    }
    if (end != null) {
      out.putVarint(end.length).putBytes(end);
    }
  }

  static KeyBounds take(int flags, VarintReader in) {
    KeyBounds bounds = new KeyBounds();
    if ((flags & LEAST) != 0) {
      bounds.least = in.takeBytes(in.takeVarint());
    }
    if ((flags & END) != 0) {
      bounds.end = in.takeBytes(in.takeVarint());
    }
    return bounds;
  }

  static void skip(int flags, VarintReader in) {
    for (int bound = flags & FLAGS; bound != 0; bound &= bound - 1) {
      in.skip(in.takeVarint());
    }
  }
}
