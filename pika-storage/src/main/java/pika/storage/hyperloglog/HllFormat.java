package pika.storage.hyperloglog;

import pika.storage.key.DataException;
import pika.storage.key.DataException.Problem;

/**
 * The encoding of HyperLogLogs, which is Redis', so that values can be moved with GET and SET.
 *
 * <pre>
 * value       := "HYLL" form:u8 unused:u8[3] cardinality registers
 * form        := 0 DENSE | 1 SPARSE
 * cardinality := u64, little-endian: the last estimate;
 *                its top bit is set if registers have changed since
 *
 * registers of DENSE  := 16384 numbers of six bits, each starting at the lowest free bit
 * registers of SPARSE := run*, which cover the 16384 registers in order
 * run := 00llllll                   ZERO:  l + 1 registers are 0
 *      | 01llllll llllllll          XZERO: l + 1 registers are 0 (upper bits first)
 *      | 1vvvvvll                   VALUE: l + 1 registers are v + 1
 * </pre>
 */
final class HllFormat {
  static final int REGISTERS = 1 << 14;
  static final int HEADER_BYTES = 16;
  static final int REGISTER_BITS = 6;
  static final int REGISTER_MAX = (1 << REGISTER_BITS) - 1;
  static final int DENSE_BYTES = HEADER_BYTES + REGISTERS * REGISTER_BITS / Byte.SIZE;

  static final int ZERO_MAX_LENGTH = 64;
  static final int XZERO_MAX_LENGTH = REGISTERS;
  static final int VALUE_MAX_LENGTH = 4;
  /** The highest register value of a sparse HyperLogLog. */
  static final int VALUE_MAX = 32;

  private static final byte[] MAGIC = {'H', 'Y', 'L', 'L'};
  private static final int FORM_OFFSET = 4;
  private static final int CARDINALITY_OFFSET = 8;
  private static final byte STALE = (byte) 0x80;
  private static final int STALE_OFFSET = HEADER_BYTES - 1;

  private static final int VALUE_BIT = 0x80;
  private static final int XZERO_BIT = 0x40;
  private static final int XZERO_BITS = 0x3f;
  private static final int VALUE_SHIFT = 2;
  private static final int VALUE_BITS = 0x1f;
  private static final int VALUE_LENGTH_BITS = 0x03;

  private HllFormat() {}

  /** The form of the registers, in the order of its numbers. */
  enum Form {
    DENSE,
    SPARSE
  }

  // ---- the header

  static byte[] header(Form form, int size) {
    byte[] bytes = new byte[size];
    System.arraycopy(MAGIC, 0, bytes, 0, MAGIC.length);
    bytes[FORM_OFFSET] = (byte) form.ordinal();
    return bytes;
  }

  /**
   * Returns the form of a value of {@code size} bytes, given its header.
   *
   * @throws DataException if it is no HyperLogLog
   */
  static Form form(byte[] bytes, long size) {
    boolean known = size >= HEADER_BYTES;
    for (int i = 0; known && i < MAGIC.length; i++) {
      known = bytes[i] == MAGIC[i];
    }
    if (known && bytes[FORM_OFFSET] == Form.SPARSE.ordinal()) {
      return Form.SPARSE;
    }
    if (known && bytes[FORM_OFFSET] == Form.DENSE.ordinal() && size == DENSE_BYTES) {
      return Form.DENSE;
    }
    throw new DataException(Problem.NOT_A_HYPERLOGLOG);
  }

  static boolean hasCardinality(byte[] bytes) {
    return (bytes[STALE_OFFSET] & STALE) == 0;
  }

  static void forgetCardinality(byte[] bytes) {
    bytes[STALE_OFFSET] |= STALE;
  }

  static long cardinality(byte[] bytes) {
    long cardinality = 0;
    for (int i = HEADER_BYTES - 1; i >= CARDINALITY_OFFSET; i--) {
      cardinality = (cardinality << Byte.SIZE) | (bytes[i] & 0xff);
    }
    return cardinality;
  }

  static void putCardinality(byte[] bytes, long cardinality) {
    for (int i = CARDINALITY_OFFSET; i < HEADER_BYTES; i++) {
      bytes[i] = (byte) (cardinality >>> ((i - CARDINALITY_OFFSET) * Byte.SIZE));
    }
  }

  // ---- dense registers

  static int register(byte[] bytes, int index) {
    int bit = index * REGISTER_BITS;
    int at = HEADER_BYTES + bit / Byte.SIZE;
    int low = bytes[at] & 0xff;
    int high = at + 1 < bytes.length ? bytes[at + 1] & 0xff : 0;
    return ((low | (high << Byte.SIZE)) >>> (bit % Byte.SIZE)) & REGISTER_MAX;
  }

  /** Raises {@code registers} to those of the dense value {@code bytes} that are higher. */
  static void raiseInto(byte[] registers, byte[] bytes) {
    int at = HEADER_BYTES;
    // Four registers take three bytes.
    for (int i = 0; i < REGISTERS; i += 4, at += 3) {
      int low = bytes[at] & 0xff;
      int middle = bytes[at + 1] & 0xff;
      int high = bytes[at + 2] & 0xff;
      raise(registers, i, low & REGISTER_MAX);
      raise(registers, i + 1, ((low >>> 6) | (middle << 2)) & REGISTER_MAX);
      raise(registers, i + 2, ((middle >>> 4) | (high << 4)) & REGISTER_MAX);
      raise(registers, i + 3, high >>> 2);
    }
  }

  private static void raise(byte[] registers, int index, int value) {
    if (registers[index] < value) {
      registers[index] = (byte) value;
    }
  }

  static void putRegister(byte[] bytes, int index, int value) {
    int bit = index * REGISTER_BITS;
    int at = HEADER_BYTES + bit / Byte.SIZE;
    int shift = bit % Byte.SIZE;
    bytes[at] = (byte) ((bytes[at] & ~(REGISTER_MAX << shift)) | (value << shift));
    if (shift + REGISTER_BITS > Byte.SIZE) {
      int back = Byte.SIZE - shift;
      bytes[at + 1] = (byte) ((bytes[at + 1] & ~(REGISTER_MAX >> back)) | (value >> back));
    }
  }

  // ---- sparse registers

  static boolean isValue(byte[] bytes, int at) {
    return (bytes[at] & VALUE_BIT) != 0;
  }

  private static boolean isXzero(byte[] bytes, int at) {
    return (bytes[at] & (VALUE_BIT | XZERO_BIT)) == XZERO_BIT;
  }

  /** Returns the size of the run at {@code at}. */
  static int runBytes(byte[] bytes, int at) {
    return isXzero(bytes, at) ? 2 : 1;
  }

  /** Returns the number of registers in the run at {@code at}. */
  static int runLength(byte[] bytes, int at, int end) {
    if (isValue(bytes, at)) {
      return (bytes[at] & VALUE_LENGTH_BITS) + 1;
    }
    if (!isXzero(bytes, at)) {
      return bytes[at] + 1;
    }
    int low = at + 1 < end ? bytes[at + 1] & 0xff : 0;
    return (((bytes[at] & XZERO_BITS) << Byte.SIZE) | low) + 1;
  }

  /** Returns the value of the registers in the run at {@code at}. */
  static int runValue(byte[] bytes, int at) {
    return isValue(bytes, at) ? ((bytes[at] >> VALUE_SHIFT) & VALUE_BITS) + 1 : 0;
  }

  /** Writes a run of zeros at {@code at}; returns where it ends. */
  static int putZeros(byte[] bytes, int at, int length) {
    if (length <= ZERO_MAX_LENGTH) {
      bytes[at] = (byte) (length - 1);
      return at + 1;
    }
    bytes[at] = (byte) (XZERO_BIT | ((length - 1) >> Byte.SIZE));
    bytes[at + 1] = (byte) (length - 1);
    return at + 2;
  }

  /** Writes a run of one value at {@code at}; returns where it ends. */
  static int putValue(byte[] bytes, int at, int value, int length) {
    bytes[at] = (byte) (VALUE_BIT | ((value - 1) << VALUE_SHIFT) | (length - 1));
    return at + 1;
  }
}
