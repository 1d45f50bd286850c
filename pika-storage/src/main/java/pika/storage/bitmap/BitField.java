package pika.storage.bitmap;

import org.jspecify.annotations.Nullable;

/**
 * A type of integer in a bitmap, most significant bit first: 1 to 64 bits if signed, 1 to 63 if
 * unsigned.
 *
 * @param bits the number of bits
 */
public record BitField(Sign sign, int bits) {
  /** Whether numbers are signed. */
  public enum Sign {
    /** Two's complement. */
    SIGNED,
    /** Non-negative numbers. */
    UNSIGNED
  }

  /** Validates the width. */
  public BitField {
    if (!exists(sign, bits)) {
      throw new IllegalArgumentException("no field has " + bits + " bits");
    }
  }

  /** Returns whether there is a type with this many bits. */
  public static boolean exists(Sign sign, long bits) {
    return bits >= 1 && bits <= (sign == Sign.SIGNED ? Long.SIZE : Long.SIZE - 1);
  }

  /** Returns how many bytes a field at {@code bitOffset} spans. */
  int bytesAt(long bitOffset) {
    return ((int) (bitOffset % Byte.SIZE) + bits + Byte.SIZE - 1) / Byte.SIZE;
  }

  /** Reads the number at {@code firstBit}. */
  long take(byte[] bytes, int firstBit) {
    long value = 0;
    for (int bit = firstBit; bit < firstBit + bits; ) {
      int part = Math.min(Byte.SIZE - bit % Byte.SIZE, firstBit + bits - bit);
      int held = (bytes[bit / Byte.SIZE] & 0xff) >>> below(bit, part);
      value = (value << part) | (held & mask(part));
      bit += part;
    }
    return sign == Sign.SIGNED ? signExtended(value) : value;
  }

  /** Writes the low bits of {@code value} at {@code firstBit}. */
  void put(byte[] bytes, int firstBit, long value) {
    int rest = bits;
    for (int bit = firstBit; rest > 0; ) {
      int part = Math.min(Byte.SIZE - bit % Byte.SIZE, rest);
      rest -= part;
      int shift = below(bit, part);
      int kept = bytes[bit / Byte.SIZE] & ~(mask(part) << shift);
      bytes[bit / Byte.SIZE] = (byte) (kept | (((int) (value >>> rest) & mask(part)) << shift));
      bit += part;
    }
  }

  /**
   * Returns {@code value}, adjusted if it doesn't fit; null if it doesn't fit and must not be
   * adjusted.
   */
  @Nullable
  Long fitted(long value, Overflow overflow) {
    if (sign == Sign.UNSIGNED) {
      // The given number is taken as unsigned, too: a negative one is far too large.
      boolean above = Long.compareUnsigned(value, greatest()) > 0;
      return above ? overflowed(value, true, overflow) : Long.valueOf(value);
    }
    // Redis treats a number that is 2^63 or more below the maximum as too large.
    boolean farBelow = bits < Long.SIZE && value < greatest() - Long.MAX_VALUE;
    boolean above = value > greatest() || farBelow;
    boolean below = value < least();
    return above || below ? overflowed(value, above, overflow) : Long.valueOf(value);
  }

  /** Returns {@code value}, which fits, plus {@code delta}, adjusted as in {@link #fitted}. */
  @Nullable
  Long sum(long value, long delta, Overflow overflow) {
    long sum = value + delta;
    boolean leftLongs = ((value ^ sum) & (delta ^ sum)) < 0;
    boolean above = delta > 0 && (leftLongs || sum > greatest());
    boolean below = delta < 0 && (leftLongs || sum < least());
    return above || below ? overflowed(sum, above, overflow) : Long.valueOf(sum);
  }

  private @Nullable Long overflowed(long exact, boolean above, Overflow overflow) {
    return switch (overflow) {
      case WRAP -> sign == Sign.SIGNED ? signExtended(exact) : exact & greatest();
      case SATURATE -> above ? greatest() : least();
      case FAIL -> null;
    };
  }

  private long greatest() {
    long allBits = -1L >>> (Long.SIZE - bits);
    return sign == Sign.SIGNED ? allBits >>> 1 : allBits;
  }

  private long least() {
    return sign == Sign.SIGNED ? ~greatest() : 0;
  }

  private long signExtended(long value) {
    int unused = Long.SIZE - bits;
    return value << unused >> unused;
  }

  /** Returns how many bits of its byte are below a part of {@code width} bits at {@code bit}. */
  private static int below(int bit, int width) {
    return Byte.SIZE - bit % Byte.SIZE - width;
  }

  private static int mask(int width) {
    return (1 << width) - 1;
  }
}
