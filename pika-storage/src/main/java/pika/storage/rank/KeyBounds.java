package pika.storage.rank;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.ByteWriter;
import pika.storage.packed.VarintReader;

/**
 * Bounds of all keys of a directory, as far as known. Iterations start there instead of at the
 * smallest or greatest possible key, and so don't step over tombstones beyond them.
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

  /** The directory flags that belong to the bounds. */
  static final int FLAGS = LEAST | END;

  /** The longest bound that is stored: bounds need not be exact, and live in a header. */
  private static final int MOST_BYTES = 64;

  private static final byte[] NOT_KNOWN = {};

  private byte[] least = NOT_KNOWN;
  private byte @Nullable [] end;

  /** Returns the inclusive lower bound; empty when unknown. */
  byte[] least() {
    return least;
  }

  /** Returns the exclusive upper bound; null when unknown. */
  byte @Nullable [] end() {
    return end;
  }

  /** Widens the bounds, as far as known, to cover an added key. */
  void include(byte[] key) {
    if (least.length > 0 && Arrays.compareUnsigned(key, least) < 0) {
      startAt(key);
    }
    if (end != null && Arrays.compareUnsigned(key, end) >= 0) {
      endAt(Arrays.copyOf(key, key.length + 1));
    }
  }

  /** Sets the inclusive lower bound. */
  void startAt(byte[] key) {
    least = key.length > MOST_BYTES ? Arrays.copyOf(key, MOST_BYTES) : key;
  }

  /** Sets the exclusive upper bound. */
  void endAt(byte[] key) {
    end = key.length > MOST_BYTES ? null : key;
  }

  /** Forgets both bounds. */
  void forget() {
    least = NOT_KNOWN;
    end = null;
  }

  int flags() {
    return (least.length > 0 ? LEAST : 0) | (end != null ? END : 0);
  }

  /** Returns how many bytes {@link #putInto} writes. */
  int sizeBytes() {
    return (least.length > 0 ? sizeOf(least) : 0) + (end != null ? sizeOf(end) : 0);
  }

  private static int sizeOf(byte[] bound) {
    return ByteWriter.varintBytes(bound.length) + bound.length;
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
