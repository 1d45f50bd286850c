package pika.storage.bytes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A glob pattern over bytes with the semantics of Redis' KEYS, SCAN MATCH, PSUBSCRIBE and CONFIG
 * GET. Compile it once per command. Immutable and thread-safe.
 *
 * <pre>
 *   *        any bytes, also none          [abc]    one of these bytes
 *   ?        any one byte                  [a-z]    a range, its ends in either order
 *   \x       the byte x itself             [^abc]   any byte but these
 * </pre>
 *
 * <p>Redis' corner cases are kept, because clients meet them: an unclosed class ends with the
 * pattern, {@code []} matches nothing, {@code [^]} and a final {@code [^} match any byte, range
 * ends compare as signed bytes, a trailing backslash is a literal backslash, an escaped byte inside
 * a class keeps its case, and only {@code *} alone and the empty pattern match the empty string.
 *
 * <p>A match takes at most {@code pattern length * subject length} steps: after a mismatch only the
 * last star is retried, since an earlier star could not reach anything that the last one cannot.
 */
public final class Glob {
  /** Whether letter case of ASCII letters matters. */
  public enum Case {
    SENSITIVE,
    IGNORED
  }

  // A token is a byte value 0..255, one of these two, or FIRST_CLASS + an index into classes.
  private static final int ANY = 256;
  private static final int STAR = 257;
  private static final int FIRST_CLASS = 258;

  private final int[] tokens;
  private final ByteSet[] classes;
  private final Case sensitivity;
  private final boolean loneStar;

  private Glob(Parser parsed) {
    this.tokens = Arrays.copyOf(parsed.tokens, parsed.count);
    this.classes = parsed.classes.toArray(new ByteSet[0]);
    this.sensitivity = parsed.sensitivity;
    this.loneStar = parsed.pattern.length == 1 && parsed.pattern[0] == '*';
  }

  public static Glob compile(byte[] pattern) {
    return compile(pattern, Case.SENSITIVE);
  }

  public static Glob compile(byte[] pattern, Case sensitivity) {
    return new Parser(pattern, sensitivity).parse();
  }

  public boolean matches(byte[] subject) {
    return matches(subject, 0, subject.length);
  }

  /** Returns whether the whole of {@code subject[from, to)} matches. */
  public boolean matches(byte[] subject, int from, int to) {
    if (from == to) {
      return tokens.length == 0 || loneStar;
    }
    int token = 0;
    int at = from;
    int lastStar = -1;
    int starAt = 0; // where the subject goes on if the last star swallows one byte more
    while (at < to) {
      if (token < tokens.length && tokens[token] == STAR) {
        lastStar = token++;
        starAt = at;
      } else if (token < tokens.length && accepts(tokens[token], subject[at])) {
        token++;
        at++;
      } else if (lastStar >= 0) {
        token = lastStar + 1;
        at = ++starAt;
      } else {
        return false;
      }
    }
    return token == tokens.length || (token == tokens.length - 1 && tokens[token] == STAR);
  }

  /**
   * Returns whether this is a lone {@code *}: every subject matches, so a scan can skip the
   * comparison.
   */
  public boolean matchesAll() {
    return loneStar;
  }

  /** Returns whether only {@link #literalPrefix()} itself matches: the pattern is a plain name. */
  public boolean isLiteral() {
    return literalLength() == tokens.length;
  }

  /**
   * Returns the unescaped bytes that every match begins with; may be empty. A scan seeks to them
   * and stops after them. If case is ignored, the prefix ends at the first letter.
   */
  public byte[] literalPrefix() {
    byte[] prefix = new byte[literalLength()];
    for (int i = 0; i < prefix.length; i++) {
      prefix[i] = (byte) tokens[i];
    }
    return prefix;
  }

  private int literalLength() {
    int length = 0;
    while (length < tokens.length && isExact(tokens[length])) {
      length++;
    }
    return length;
  }

  private boolean isExact(int token) {
    return token < ANY && (sensitivity == Case.SENSITIVE || !isLowerCaseLetter(token));
  }

  private boolean accepts(int token, byte b) {
    if (token < ANY) {
      return token == (sensitivity == Case.IGNORED ? lowerCase(b) : b & 0xff);
    }
    return token == ANY || (token >= FIRST_CLASS && classes[token - FIRST_CLASS].contains(b));
  }

  private static boolean isLowerCaseLetter(int b) {
    return b >= 'a' && b <= 'z';
  }

  private static int lowerCase(byte b) {
    return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b & 0xff;
  }

  /** A set of byte values, one bit each. */
  private static final class ByteSet {
    private final long[] bits = new long[4];

    void add(int b) {
      bits[b >>> 6] |= 1L << b;
    }

    boolean contains(byte b) {
      return (bits[(b & 0xff) >>> 6] & (1L << b)) != 0;
    }

    void invert() {
      for (int i = 0; i < bits.length; i++) {
        bits[i] = ~bits[i];
      }
    }
  }

  /** One pass over the pattern; {@code at} is the next byte to read. */
  private static final class Parser {
    private final byte[] pattern;
    private final Case sensitivity;
    private final int[] tokens;
    private final List<ByteSet> classes = new ArrayList<>();
    private int count;
    private int at;

    Parser(byte[] pattern, Case sensitivity) {
      this.pattern = pattern;
      this.sensitivity = sensitivity;
      this.tokens = new int[pattern.length];
    }

    Glob parse() {
      while (at < pattern.length) {
        byte b = pattern[at++];
        switch (b) {
          case '*' -> addStar();
          case '?' -> tokens[count++] = ANY;
          case '[' -> addClass();
          case '\\' -> addLiteral(at < pattern.length ? pattern[at++] : b);
          default -> addLiteral(b);
        }
      }
      return new Glob(this);
    }

    private void addStar() {
      if (count == 0 || tokens[count - 1] != STAR) {
        tokens[count++] = STAR;
      }
    }

    private void addLiteral(byte b) {
      tokens[count++] = sensitivity == Case.IGNORED ? lowerCase(b) : b & 0xff;
    }

    private void addClass() {
      ByteSet set = new ByteSet();
      boolean inverted = at < pattern.length && pattern[at] == '^';
      if (inverted) {
        at++;
      }
      while (at < pattern.length && pattern[at] != ']') {
        int left = pattern.length - at;
        if (pattern[at] == '\\' && left >= 2) {
          set.add(pattern[at + 1] & 0xff);
          at += 2;
        } else if (left >= 3 && pattern[at + 1] == '-') {
          addRange(set, pattern[at], pattern[at + 2]);
          at += 3;
        } else {
          addEitherCase(set, pattern[at]);
          at++;
        }
      }
      at++; // the closing bracket, or one past the end of a class that was never closed
      if (inverted) {
        set.invert();
      }
      tokens[count++] = FIRST_CLASS + classes.size();
      classes.add(set);
    }

    /**
     * Adds a range as Redis does: ends are compared as signed bytes, and ordered before case
     * folding.
     */
    private void addRange(ByteSet set, byte end, byte otherEnd) {
      int first = fold((byte) Math.min(end, otherEnd));
      int last = fold((byte) Math.max(end, otherEnd));
      for (int b = Byte.MIN_VALUE; b <= Byte.MAX_VALUE; b++) {
        int folded = fold((byte) b);
        if (folded >= first && folded <= last) {
          set.add(b & 0xff);
        }
      }
    }

    private void addEitherCase(ByteSet set, byte b) {
      for (int candidate = Byte.MIN_VALUE; candidate <= Byte.MAX_VALUE; candidate++) {
        if (fold((byte) candidate) == fold(b)) {
          set.add(candidate & 0xff);
        }
      }
    }

    private int fold(byte b) {
      return sensitivity == Case.IGNORED ? (byte) lowerCase(b) : b;
    }
  }
}
