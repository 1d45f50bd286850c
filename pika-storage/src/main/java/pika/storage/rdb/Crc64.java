package pika.storage.rdb;

/**
 * RDB's checksum: CRC-64 with Jones' polynomial 0xad93d23594c935a9, reflected, starting from 0;
 * that of "123456789" is e9c6d914c4b8d9ca.
 */
final class Crc64 {
  private static final long REFLECTED_POLYNOMIAL = 0x95ac9329ac4bc9b5L;
  private static final long[] TABLE = table();

  private Crc64() {}

  /** Returns the checksum of the first {@code length} bytes. */
  static long of(byte[] bytes, int length) {
    long crc = 0;
    for (int i = 0; i < length; i++) {
      crc = TABLE[(int) (crc ^ bytes[i]) & 0xff] ^ crc >>> Byte.SIZE;
    }
    return crc;
  }

  private static long[] table() {
    long[] table = new long[1 << Byte.SIZE];
    for (int i = 0; i < table.length; i++) {
      long crc = i;
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        long shifted = crc >>> 1;
        crc = (crc & 1) == 0 ? shifted : shifted ^ REFLECTED_POLYNOMIAL;
      }
      table[i] = crc;
    }
    return table;
  }
}
