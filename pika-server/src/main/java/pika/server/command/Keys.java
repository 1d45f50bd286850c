package pika.server.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a command's keys are among its arguments. Immutable. The factories are meant to be imported
 * statically: {@code first(RO, ACCESS)}, {@code first(RW, DELETE).and(second(OW))}.
 */
public final class Keys {
  /** A command without keys. */
  public static final Keys NONE = new Keys(List.of());

  private static final int[] NO_POSITIONS = {};

  private final List<KeySpec> specs;

  private Keys(List<KeySpec> specs) {
    this.specs = specs;
  }

  /** The first argument is a key. */
  public static Keys first(KeyFlag... flags) {
    return at(1, flags);
  }

  /** The second argument is a key. */
  public static Keys second(KeyFlag... flags) {
    return at(2, flags);
  }

  /** Argument {@code position} is a key. */
  public static Keys at(int position, KeyFlag... flags) {
    return range(position, 0, 1, flags);
  }

  /** All arguments are keys. */
  public static Keys all(KeyFlag... flags) {
    return from(1, flags);
  }

  /** Argument {@code position} and all after it are keys. */
  public static Keys from(int position, KeyFlag... flags) {
    return range(position, -1, 1, flags);
  }

  /** Keys and values alternate, the first argument is a key. */
  public static Keys everySecond(KeyFlag... flags) {
    return range(1, -1, 2, flags);
  }

  /** A run as {@link KeySpec.Range} describes it. */
  public static Keys range(int begin, int last, int step, KeyFlag... flags) {
    return of(new KeySpec.AtIndex(begin), new KeySpec.Range(last, step), flags);
  }

  /** Argument {@code position} is the number of keys that follow. */
  public static Keys countedAt(int position, KeyFlag... flags) {
    return of(new KeySpec.AtIndex(position), new KeySpec.Counted(), flags);
  }

  /** A key after an optional word at argument {@code from} or later. */
  public static Keys after(String word, int from, KeyFlag... flags) {
    return of(new KeySpec.AfterWord(word, from), new KeySpec.Range(0, 1), flags);
  }

  /** Keys that are determined by the data, so that no argument is one. */
  public static Keys fromData(KeyFlag... flags) {
    return of(new KeySpec.InData(), new KeySpec.Range(0, 1), flags);
  }

  /** The key after SORT's option STORE. */
  public static Keys sortTarget(KeyFlag... flags) {
    return of(new KeySpec.SortTarget(), new KeySpec.Range(0, 1), flags);
  }

  /**
   * The first half of what follows the word STREAMS, which clients search for from argument
   * {@code from} on.
   */
  public static Keys streams(int from, KeyFlag... flags) {
    return of(new KeySpec.AfterStreams(from), new KeySpec.FirstHalf(), flags);
  }

  /** Argument {@code position}, or all arguments after the word KEYS. */
  public static Keys atOrListed(int position, KeyFlag... flags) {
    KeyFlag[] ofListed = Arrays.copyOf(flags, flags.length + 1);
    ofListed[flags.length] = KeyFlag.INCOMPLETE;
    return of(new KeySpec.UnlessKeys(position), new KeySpec.Range(0, 1), flags)
        .and(of(new KeySpec.AfterKeys(), new KeySpec.Range(-1, 1), ofListed));
  }

  private static Keys of(KeySpec.Begin begin, KeySpec.Extent extent, KeyFlag... flags) {
    return new Keys(List.of(KeySpec.of(begin, extent, flags)));
  }

  /** Returns these keys and others. */
  public Keys and(Keys more) {
    List<KeySpec> both = new ArrayList<>(specs);
    both.addAll(more.specs);
    return new Keys(Collections.unmodifiableList(both));
  }

  /** Returns the same keys with flags that depend on the arguments. */
  public Keys varying(KeySpec.VariableFlags function) {
    return new Keys(specs.stream().map(spec -> spec.varying(function)).toList());
  }

  public List<KeySpec> specs() {
    return specs;
  }

  public boolean isNone() {
    return specs.isEmpty();
  }

  /** Returns whether there are keys, and every call writes all of them. */
  boolean areWritten() {
    return !isNone()
        && specs.stream()
            .allMatch(spec -> spec.variable() == null && !spec.flags().contains(KeyFlag.RO));
  }

  /**
   * Returns the indexes of the key arguments in the order of the specs. A run that the arguments do
   * not fit has none, so that a malformed call still reaches its handler and gets the right error.
   */
  public int[] positions(byte[][] args) {
    int count = 0;
    for (KeySpec spec : specs) {
      count += spec.count(args);
    }
    if (count == 0) {
      return NO_POSITIONS;
    }
    int[] positions = new int[count];
    int filled = 0;
    for (KeySpec spec : specs) {
      for (int position : spec.positions(args)) {
        positions[filled++] = position;
      }
    }
    return positions;
  }

  /** Returns whether the arguments contain the keys of every run. */
  public boolean fit(byte[][] args) {
    for (KeySpec spec : specs) {
      if (!spec.fits(args)) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether first, last and step alone do not determine all keys. */
  boolean areMovable() {
    return !specs.stream().allMatch(KeySpec::isFixed);
  }

  /**
   * Returns the index of the first key, 0 without keys: the oldest way in which COMMAND INFO
   * describes keys.
   */
  public int legacyFirst() {
    return fixed().mapToInt(Keys::index).min().orElse(0);
  }

  /** Returns the index of the last key, negative if counted from the end, 0 without keys. */
  public int legacyLast() {
    int last = 0;
    for (KeySpec spec : fixed().toList()) {
      int relative = ((KeySpec.Range) spec.extent()).last();
      int absolute = relative >= 0 ? index(spec) + relative : relative;
      // A last key counted from the end is after every other.
      last = absolute < 0 || last < 0 ? Math.min(last, absolute) : Math.max(last, absolute);
    }
    return last;
  }

  /** Returns the distance between keys, 0 without keys. */
  public int legacyStep() {
    return fixed().findFirst().map(KeySpec::step).orElse(0);
  }

  private Stream<KeySpec> fixed() {
    return specs.stream().filter(KeySpec::isFixed);
  }

  private static int index(KeySpec fixed) {
    return fixed.begin() instanceof KeySpec.UnlessKeys one
        ? one.index()
        : ((KeySpec.AtIndex) fixed.begin()).index();
  }
}
