package pika.storage.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * MurmurHash64A by Austin Appleby (public domain). With seed 0 it determines the order of SCAN and
 * is part of the disk format: it must never change.
 */
public final class Hash64 {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long M = 0xc6a4a7935bd1e995L;
  private static final int R = 47;

  private Hash64() {}

  /** Returns the hash of {@code bytes} with seed 0. */
  public static long of(byte[] bytes) {
    return of(bytes, bytes.length, 0);
  }

  /** Returns the hash of {@code bytes} with a seed. */
  public static long of(byte[] bytes, long seed) {
    return of(bytes, bytes.length, seed);
  }

  /** Returns the hash of the first {@code length} bytes with a seed. */
  public static long of(byte[] bytes, int length, long seed) {
    long h = seed ^ length * M;
    int words = length & ~7;
    for (int i = 0; i < words; i += 8) {
      long k = (long) LONG.get(bytes, i) * M;
      k ^= k >>> R;
      h = (h ^ (k * M)) * M;
    }
    if (words < length) {
      long tail = 0;
      for (int i = length - 1; i >= words; i--) {
        tail = tail << 8 | (bytes[i] & 0xff);
      }
      h = (h ^ tail) * M;
    }
    h ^= h >>> R;
    h *= M;
    return h ^ (h >>> R);
  }
}
