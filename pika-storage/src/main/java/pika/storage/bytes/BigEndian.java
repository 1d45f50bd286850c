package pika.storage.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Fixed-width big-endian integers, whose unsigned byte order is the order of non-negative numbers.
 * Offsets are only checked against the array's bounds.
 */
public final class BigEndian {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private BigEndian() {}

  /** Writes eight bytes at {@code offset}. */
  public static void putLong(byte[] bytes, int offset, long value) {
    LONG.set(bytes, offset, value);
  }

  /** Reads eight bytes at {@code offset}. */
  public static long takeLong(byte[] bytes, int offset) {
    return (long) LONG.get(bytes, offset);
  }

  /** Writes four bytes at {@code offset}. */
  public static void putInt(byte[] bytes, int offset, int value) {
    INT.set(bytes, offset, value);
  }

  /** Reads four bytes at {@code offset}. */
  public static int takeInt(byte[] bytes, int offset) {
    return (int) INT.get(bytes, offset);
  }
}
