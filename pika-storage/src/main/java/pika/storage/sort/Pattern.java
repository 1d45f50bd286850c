package pika.storage.sort;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.Slice;

/**
 * How an element leads to a value: {@code weight_*} to a string under a key, {@code object_*->name}
 * to a field of a hash, {@code #} to the element itself. The element replaces the first star.
 */
public final class Pattern {
  private static final byte[] ARROW = {'-', '>'};

  private final byte[] beforeStar;
  private final byte[] afterStar;
  private final byte @Nullable [] field;
  private final Kind kind;

  private enum Kind {
    ELEMENT,
    /** Without a star: no key depends on the element, and no value is found. */
    CONSTANT,
    KEY
  }

  private Pattern(Kind kind, byte[] beforeStar, byte[] afterStar, byte @Nullable [] field) {
    this.kind = kind;
    this.beforeStar = beforeStar;
    this.afterStar = afterStar;
    this.field = field;
  }

  /** Parses a pattern; every text is one. */
  public static Pattern of(byte[] text) {
    byte[] none = {};
    if (text.length == 1 && text[0] == '#') {
      return new Pattern(Kind.ELEMENT, none, none, null);
    }
    int star = indexOf(text, (byte) '*', 0);
    if (star < 0) {
      return new Pattern(Kind.CONSTANT, none, none, null);
    }
    int arrow = arrow(text, star + 1);
    // An arrow at the end belongs to the key.
    boolean hasField = arrow >= 0 && arrow + ARROW.length < text.length;
    int end = hasField ? arrow : text.length;
    return new Pattern(
        Kind.KEY,
        Arrays.copyOf(text, star),
        Arrays.copyOfRange(text, star + 1, end),
        hasField ? Arrays.copyOfRange(text, arrow + ARROW.length, text.length) : null);
  }

  /** Returns whether there is no star for the element: sorting by this does not sort. */
  public boolean isConstant() {
    return kind != Kind.KEY;
  }

  boolean isElement() {
    return kind == Kind.ELEMENT;
  }

  /** Returns whether values are looked up under keys. */
  boolean hasKeys() {
    return kind == Kind.KEY;
  }

  /** Returns the key that an element leads to. */
  byte[] key(Slice element) {
    ByteArrayOutputStream key =
        new ByteArrayOutputStream(beforeStar.length + element.length() + afterStar.length);
    key.writeBytes(beforeStar);
    key.write(element.array(), element.offset(), element.length());
    key.writeBytes(afterStar);
    return key.toByteArray();
  }

  /** Returns the field of the hash under the key; null for a string. */
  byte @Nullable [] field() {
    return field;
  }

  private static int arrow(byte[] text, int from) {
    for (int i = indexOf(text, ARROW[0], from); i >= 0; i = indexOf(text, ARROW[0], i + 1)) {
      if (i + 1 < text.length && text[i + 1] == ARROW[1]) {
        return i;
      }
    }
    return -1;
  }

  private static int indexOf(byte[] text, byte wanted, int from) {
    for (int i = from; i < text.length; i++) {
      if (text[i] == wanted) {
        return i;
      }
    }
    return -1;
  }
}
