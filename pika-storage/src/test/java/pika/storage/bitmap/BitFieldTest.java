package pika.storage.bitmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import pika.storage.bitmap.BitField.Sign;

class BitFieldTest {
  private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);

  @Test
  void thereAreFieldsOf1To64BitsWithSignAnd63Without() {
    assertThat(new BitField(Sign.SIGNED, 64).bits()).isEqualTo(64);
    assertThatThrownBy(() -> new BitField(Sign.UNSIGNED, 64))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new BitField(Sign.SIGNED, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new BitField(Sign.SIGNED, 65))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsPutIsTakenAndNothingAroundItChanges() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      BitField field = field(random);
      int firstBit = random.nextInt(Byte.SIZE);
      byte[] bytes = new byte[field.bytesAt(firstBit)];
      random.nextBytes(bytes);
      BigInteger before = new BigInteger(1, bytes);
      long value = random.nextLong();
      field.put(bytes, firstBit, value);

      int below = bytes.length * Byte.SIZE - firstBit - field.bits();
      BigInteger mask = BigInteger.ONE.shiftLeft(field.bits()).subtract(BigInteger.ONE);
      BigInteger low = BigInteger.valueOf(value).and(mask);
      BigInteger expected = before.andNot(mask.shiftLeft(below)).or(low.shiftLeft(below));
      assertThat(new BigInteger(1, bytes)).as("seed %d", seed).isEqualTo(expected);
      assertThat(field.take(bytes, firstBit)).isEqualTo(wrapped(field, low));
    }
  }

  @Test
  void overflowIsHandledAsWithUnboundedIntegers() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 50_000; round++) {
      BitField field = field(random);
      long value = wrapped(field, BigInteger.valueOf(edgy(random, field)));
      long delta = edgy(random, field);
      BigInteger sum = BigInteger.valueOf(value).add(BigInteger.valueOf(delta));
      for (Overflow overflow : Overflow.values()) {
        assertThat(field.sum(value, delta, overflow))
            .as("seed %d: %s %d + %d %s", seed, field, value, delta, overflow)
            .isEqualTo(expected(field, sum, overflow));
        BigInteger set = BigInteger.valueOf(delta);
        // An unsigned field takes the number it is set to as unsigned; and Redis, whose distance to
        // the maximum overflows, takes one that is far too small for too large.
        boolean takenForGreat = field.sign() == Sign.UNSIGNED
            ? delta < 0
            : field.bits() < 64 && greatest(field).subtract(set).bitLength() > 63;
        set = takenForGreat ? set.add(TWO_TO_64) : set;
        assertThat(field.fitted(delta, overflow))
            .as("seed %d: %s %d %s", seed, field, delta, overflow)
            .isEqualTo(expected(field, set, overflow));
      }
    }
  }

  private static @Nullable Long expected(BitField field, BigInteger exact, Overflow overflow) {
    BigInteger greatest = greatest(field);
    boolean signed = field.sign() == Sign.SIGNED;
    BigInteger least = signed ? greatest.not() : BigInteger.ZERO;
    boolean above = exact.compareTo(greatest) > 0;
    if (!above && exact.compareTo(least) >= 0) {
      return exact.longValue();
    }
    return switch (overflow) {
      case WRAP -> wrapped(field, exact);
      case SATURATE -> above ? greatest.longValue() : least.longValue();
      case FAIL -> null;
    };
  }

  private static BigInteger greatest(BitField field) {
    int bits = field.sign() == Sign.SIGNED ? field.bits() - 1 : field.bits();
    return BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
  }

  private static long wrapped(BitField field, BigInteger value) {
    BigInteger span = BigInteger.ONE.shiftLeft(field.bits());
    BigInteger low = value.mod(span);
    boolean negative = field.sign() == Sign.SIGNED && low.testBit(field.bits() - 1);
    return (negative ? low.subtract(span) : low).longValue();
  }

  private static BitField field(Random random) {
    return random.nextBoolean()
        ? new BitField(Sign.SIGNED, 1 + random.nextInt(64))
        : new BitField(Sign.UNSIGNED, 1 + random.nextInt(63));
  }

  /** Returns numbers of any size, often at the limits of a field or a long. */
  private static long edgy(Random random, BitField field) {
    long edge = switch (random.nextInt(4)) {
      case 0 -> 0;
      case 1 -> 1L << (field.bits() - 1);
      case 2 -> Long.MIN_VALUE;
      default -> random.nextLong() >> random.nextInt(64);
    };
    return edge + random.nextInt(5) - 2;
  }
}
