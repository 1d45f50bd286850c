package pika.storage.string;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.Slice;

/** The result of comparing a stored string with an expected one. */
public enum Comparison {
  ABSENT,
  DIFFERENT,
  EQUAL;

  /** Compares a stored string, null for none, with an expected one. */
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
