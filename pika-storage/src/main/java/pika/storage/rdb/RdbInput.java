package pika.storage.rdb;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the components of values. Truncated or invalid input throws {@link RdbException}. Confined
 * to one thread.
 *
 * <pre>
 * length  := 00nnnnnn | 01nnnnnn n:u8 | 0x80 n:u32 | 0x81 n:u64         big-endian
 * string  := length byte*
 *          | 0xc0 i8 | 0xc1 i16 | 0xc2 i32                              its decimal text; little-endian
 *          | 0xc3 length(packed) length(unpacked) byte*                 LZF
 * </pre>
 */
final class RdbInput {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int LENGTH_32 = 0x80;
  private static final int LENGTH_64 = 0x81;
  private static final int INT_8 = 0xc0;
  private static final int INT_16 = 0xc1;
  private static final int INT_32 = 0xc2;
  private static final int PACKED = 0xc3;

  private static final int DOUBLE_NAN = 253;
  private static final int DOUBLE_INFINITY = 254;
  private static final int DOUBLE_MINUS_INFINITY = 255;

  private final byte[] bytes;
  private final int end;
  private int at;

  /** Creates a reader of all of {@code bytes}. */
  RdbInput(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  RdbInput(byte[] bytes, int offset, int end) {
    this.bytes = bytes;
    this.at = offset;
    this.end = end;
  }

  int remaining() {
    return end - at;
  }

  int takeByte() {
    return bytes[advance(1)] & 0xff;
  }

  /** Returns the next byte without consuming it. */
  int peekByte() {
    if (at == end) {
      throw new RdbException("cut short");
    }
    return bytes[at] & 0xff;
  }

  byte[] takeBytes(long count) {
    int from = advance(count);
    return Arrays.copyOfRange(bytes, from, at);
  }

  void skip(long count) {
    advance(count);
  }

  // ---- little-endian numbers

  int takeShort() {
    return (short) SHORT.get(bytes, advance(Short.BYTES));
  }

  int takeUnsignedShort() {
    return takeShort() & 0xffff;
  }

  int takeInt24() {
    int low = takeUnsignedShort();
    return (byte) takeByte() << Short.SIZE | low;
  }

  int takeInt() {
    return (int) INT.get(bytes, advance(Integer.BYTES));
  }

  long takeUnsignedInt() {
    return takeInt() & 0xffff_ffffL;
  }

  long takeLong() {
    return (long) LONG.get(bytes, advance(Long.BYTES));
  }

  double takeDouble() {
    return Double.longBitsToDouble(takeLong());
  }

  // ---- RDB's own

  long takeLength() {
    int first = peekByte();
    if (first > LENGTH_64) {
      throw new RdbException("a string's encoding instead of a length");
    }
    advance(1);
    return switch (first >>> 6) {
      case 0 -> first;
      case 1 -> (first & 0x3f) << Byte.SIZE | takeByte();
      default -> longLength(first);
    };
  }

  private long longLength(int first) {
    if (first == LENGTH_32) {
      return Integer.toUnsignedLong(Integer.reverseBytes(takeInt()));
    }
    if (first == LENGTH_64) {
      long length = Long.reverseBytes(takeLong());
      if (length >= 0) {
        return length;
      }
    }
    throw new RdbException("unknown form of a length");
  }

  /** Reads a length that may be any 64-bit number. */
  long takeNumber() {
    if (peekByte() != LENGTH_64) {
      return takeLength();
    }
    advance(1);
    return Long.reverseBytes(takeLong());
  }

  /** Reads the number of items that follow, each of which takes at least a byte. */
  long takeCount() {
    long count = takeLength();
    if (count > remaining()) {
      throw new RdbException("more elements than bytes");
    }
    return count;
  }

  byte[] takeString() {
    int first = peekByte();
    return switch (first) {
      case INT_8 -> {
        advance(1);
        yield DecimalText.of((byte) takeByte());
      }
      case INT_16 -> {
        advance(1);
        yield DecimalText.of(takeShort());
      }
      case INT_32 -> {
        advance(1);
        yield DecimalText.of(takeInt());
      }
      case PACKED -> {
        advance(1);
        yield takePacked();
      }
      default -> takeBytes(takeLength());
    };
  }

  private byte[] takePacked() {
    long packed = takeLength();
    long unpacked = takeLength();
    int from = advance(packed);
    return Lzf.unpack(bytes, from, (int) packed, unpacked);
  }

  /** Reads a double as text, as in sorted sets before version 8. */
  double takeDoubleText() {
    int length = takeByte();
    return switch (length) {
      case DOUBLE_NAN -> Double.NaN;
      case DOUBLE_INFINITY -> Double.POSITIVE_INFINITY;
      case DOUBLE_MINUS_INFINITY -> Double.NEGATIVE_INFINITY;
      default -> parseDouble(takeBytes(length));
    };
  }

  /** Parses a double in decimal text, including infinities. */
  static double parseDouble(byte[] text) {
    String digits = new String(text, StandardCharsets.ISO_8859_1);
    try {
      return switch (digits) {
        case "inf", "+inf" -> Double.POSITIVE_INFINITY;
        case "-inf" -> Double.NEGATIVE_INFINITY;
        default -> Double.parseDouble(digits);
      };
    } catch (NumberFormatException e) {
      throw new RdbException("score that is no number");
    }
  }

  static long parseLong(byte[] text) {
    try {
      return Long.parseLong(new String(text, StandardCharsets.ISO_8859_1));
    } catch (NumberFormatException e) {
      throw new RdbException("something else than an integer");
    }
  }

  /** Skips bytes; returns where they start. */
  private int advance(long count) {
    if (count < 0 || count > end - at) {
      throw new RdbException("cut short");
    }
    int from = at;
    at += (int) count;
    return from;
  }
}
