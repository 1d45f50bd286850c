package pika.storage.string;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.Slice;

/** How what is under a key compares to what somebody believes is there. */
public enum Comparison {
  ABSENT,
  DIFFERENT,
  EQUAL;

  /** Compares a string, or null for none. */
  public static Comparison of(@Nullable Slice present, byte[] expected) {
    if (present == null) {
      return ABSENT;
    }
    boolean equal = Arrays.equals(
        present.array(),
        present.offset(),
        present.offset() + present.length(),
        expected,
        0,
        expected.length);
    return equal ? EQUAL : DIFFERENT;
  }
}
