package pika.storage.bitmap;

import pika.storage.bytes.BigEndian;

/** The operations of BITOP. */
public enum BitOperation {
  AND {
    @Override
    long apply(long left, long right) {
      return left & right;
    }
  },
  OR {
    @Override
    long apply(long left, long right) {
      return left | right;
    }
  },
  XOR {
    @Override
    long apply(long left, long right) {
      return left ^ right;
    }
  },
  /** The inverted bits of one bitmap. */
  NOT {
    @Override
    long apply(long left, long right) {
      return ~left;
    }
  };

  abstract long apply(long left, long right);

  /** Combines {@code count} bytes of {@code source} into {@code target}. */
  final void combine(byte[] target, byte[] source, int count) {
    int words = count & -Long.BYTES;
    for (int i = 0; i < words; i += Long.BYTES) {
      long word = apply(BigEndian.takeLong(target, i), BigEndian.takeLong(source, i));
      BigEndian.putLong(target, i, word);
    }
    for (int i = words; i < count; i++) {
      target[i] = (byte) apply(target[i], source[i]);
    }
  }
}
