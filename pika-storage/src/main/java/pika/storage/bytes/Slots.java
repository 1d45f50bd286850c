package pika.storage.bytes;

/**
 * Computes hash slots as Redis Cluster does: CRC16 (XMODEM) of the key or of its hash tag, modulo
 * 16384.
 */
public final class Slots {
  /** The number of slots. */
  public static final int COUNT = 16384;

  private static final int POLYNOMIAL = 0x1021;
  private static final char[] TABLE = table();

  private Slots() {}

  /** Returns the slot of {@code key}, in [0, {@link #COUNT}). */
  public static int of(byte[] key) {
    int open = indexOf(key, '{', 0);
    if (open >= 0) {
      int close = indexOf(key, '}', open + 1);
      if (close > open + 1) {
        return crc16(key, open + 1, close) % COUNT;
      }
    }
    return crc16(key, 0, key.length) % COUNT;
  }

  private static int indexOf(byte[] key, char wanted, int from) {
    for (int i = from; i < key.length; i++) {
      if (key[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  private static int crc16(byte[] bytes, int from, int to) {
    int crc = 0;
    for (int i = from; i < to; i++) {
      crc = (crc << 8 & 0xffff) ^ TABLE[(crc >>> 8 ^ bytes[i]) & 0xff];
    }
    return crc;
  }

  private static char[] table() {
    char[] table = new char[256];
    for (int i = 0; i < table.length; i++) {
      int crc = i << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ POLYNOMIAL;
      }
      table[i] = (char) crc;
    }
    return table;
  }
}
