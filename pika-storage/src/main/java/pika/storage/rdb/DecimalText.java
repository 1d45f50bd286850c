package pika.storage.rdb;

import org.jspecify.annotations.Nullable;
import pika.storage.bytes.Slice;
import pika.storage.string.IntegerText;

/** Integers in canonical decimal form. */
final class DecimalText {
  private DecimalText() {}

  /** Parses a 32-bit integer; returns null if it is none in canonical form. */
  static @Nullable Integer parseInt(Slice bytes) {
    int start = bytes.length() > 0 && bytes.array()[bytes.offset()] == '-' ? 1 : 0;
    if (bytes.length() == start) {
      return null;
    }
    long value = 0;
    for (int i = start; i < bytes.length(); i++) {
      int digit = bytes.array()[bytes.offset() + i] - '0';
      if (digit < 0 || digit > 9 || value > Integer.MAX_VALUE) {
        return null;
      }
      value = value * 10 + digit;
    }
    long signed = start == 1 ? -value : value;
    boolean canonical = Long.toString(signed).length() == bytes.length();
    return canonical && signed == (int) signed ? (int) signed : null;
  }

  /** Formats an integer. */
  static byte[] of(long value) {
    return IntegerText.bytes(value);
  }
}
