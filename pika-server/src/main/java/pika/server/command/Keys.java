package pika.server.command;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Where a command's keys stand among its arguments. Immutable; the factories read well when they
 * are imported statically: {@code first(RO, ACCESS)}, {@code first(RW, DELETE).and(second(OW))}.
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

  /** A run as {@link KeySpec} describes it. */
  public static Keys range(int begin, int last, int step, KeyFlag... flags) {
    return new Keys(List.of(KeySpec.of(begin, last, step, flags)));
  }

  /** These keys and those. */
  public Keys and(Keys more) {
    List<KeySpec> both = new ArrayList<>(specs);
    both.addAll(more.specs);
    return new Keys(Collections.unmodifiableList(both));
  }

  /** The same keys, whose flags depend on the arguments as {@code function} tells. */
  public Keys varying(KeySpec.VariableFlags function) {
    return new Keys(specs.stream().map(spec -> spec.varying(function)).toList());
  }

  public List<KeySpec> specs() {
    return specs;
  }

  public boolean isNone() {
    return specs.isEmpty();
  }

  /**
   * Indices of the key arguments in the order of the specs. A run that the arguments do not fit
   * yields none, so that a malformed call still reaches its handler and its own error.
   */
  public int[] positions(byte[][] args) {
    int count = 0;
    for (KeySpec spec : specs) {
      count += spec.count(args.length);
    }
    if (count == 0) {
      return NO_POSITIONS;
    }
    int[] positions = new int[count];
    int filled = 0;
    for (KeySpec spec : specs) {
      int last = spec.lastIndex(args.length);
      for (int i = spec.begin(); i <= last; i += spec.step()) {
        positions[filled++] = i;
      }
    }
    return positions;
  }

  /** Whether every run has its keys among these arguments. */
  public boolean fit(byte[][] args) {
    for (KeySpec spec : specs) {
      if (spec.lastIndex(args.length) < 0) {
        return false;
      }
    }
    return true;
  }

  /** First key, 0 without keys; the oldest form in which COMMAND INFO tells the keys. */
  public int legacyFirst() {
    return specs.stream().mapToInt(KeySpec::begin).min().orElse(0);
  }

  /** Last key, negative when counted from the end, 0 without keys. */
  public int legacyLast() {
    int last = 0;
    for (KeySpec spec : specs) {
      int absolute = spec.last() >= 0 ? spec.begin() + spec.last() : spec.last();
      // A last key counted from the end lies behind every other.
      last = absolute < 0 || last < 0 ? Math.min(last, absolute) : Math.max(last, absolute);
    }
    return last;
  }

  /** Distance between keys, 0 without keys. */
  public int legacyStep() {
    return specs.isEmpty() ? 0 : specs.get(0).step();
  }
}
