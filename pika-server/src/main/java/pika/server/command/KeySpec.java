package pika.server.command;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One run of key arguments: where it begins, and how far it extends.
 *
 * @param variable determines the flags if they depend on the arguments, else null
 */
public record KeySpec(
    Begin begin,
    Extent extent,
    Set<KeyFlag> flags,
    @Nullable VariableFlags variable) {
  private static final int NOWHERE = -1;

  /** Where a run begins. */
  public sealed interface Begin
      permits AtIndex, AfterWord, AfterStreams, UnlessKeys, AfterKeys, Untold {
    /** Returns the index of its first argument in a call; negative if the call has no such run. */
    int in(byte[][] args);
  }

  /** At this argument; argument 0 is the command's name. */
  public record AtIndex(int index) implements Begin {
    @Override
    public int in(byte[][] args) {
      return index;
    }
  }

  /**
   * After the last occurrence of a word (given in upper case) at argument {@code from} or later: if
   * repeated, the last one counts. Without the word there is no such run.
   */
  public record AfterWord(String word, int from) implements Begin {
    @Override
    public int in(byte[][] args) {
      for (int i = args.length - 1; i >= from; i--) {
        if (Args.is(args[i], word)) {
          return i + 1;
        }
      }
      return NOWHERE;
    }
  }

  /** At a place that Redis does not report, and neither do we. */
  public sealed interface Untold extends Begin permits InData, SortTarget {}

  /** Not among the arguments at all. */
  public record InData() implements Untold {
    @Override
    public int in(byte[][] args) {
      return NOWHERE;
    }
  }

  /** After the last option STORE of SORT; words that are values of other options do not count. */
  public record SortTarget() implements Untold {
    private static final int OPTIONS = 2;

    @Override
    public int in(byte[][] args) {
      int target = NOWHERE;
      for (int i = OPTIONS; i < args.length; i += 1 + values(args[i])) {
        if (Args.is(args[i], "STORE")) {
          target = i + 1;
        }
      }
      return target;
    }

    private static int values(byte[] option) {
      if (Args.is(option, "LIMIT")) {
        return 2;
      }
      return Args.is(option, "STORE") || Args.is(option, "BY") || Args.is(option, "GET") ? 1 : 0;
    }
  }

  /**
   * After the word STREAMS of XREAD and XREADGROUP, which ends their options; clients are told to
   * search for it from argument {@code from} on.
   */
  public record AfterStreams(int from) implements Begin {
    static final String WORD = "STREAMS";

    @Override
    public int in(byte[][] args) {
      int i = 1;
      while (i < args.length && !Args.is(args[i], WORD)) {
        i += 1 + values(args[i]);
      }
      return i < args.length ? i + 1 : NOWHERE;
    }

    private static int values(byte[] option) {
      if (Args.is(option, "GROUP")) {
        return 2;
      }
      return Args.is(option, "COUNT") || Args.is(option, "BLOCK") ? 1 : 0;
    }
  }

  /** At this argument of MIGRATE, unless the option KEYS refers to others. */
  public record UnlessKeys(int index) implements Begin {
    @Override
    public int in(byte[][] args) {
      return AfterKeys.word(args) == NOWHERE ? index : NOWHERE;
    }

    /** Returns whether the key is given as empty, as it must be with KEYS. */
    boolean isLeftOut(byte[][] args) {
      return args[index].length == 0 && in(args) == NOWHERE;
    }
  }

  /**
   * After the word KEYS of MIGRATE, which ends its options; clients are told to search for it from
   * the end.
   */
  public record AfterKeys() implements Begin {
    /** Where clients start to search for it. */
    public static final int FROM = -2;

    static final String WORD = "KEYS";
    private static final int OPTIONS = 6;

    static int word(byte[][] args) {
      int i = OPTIONS;
      while (i < args.length && !Args.is(args[i], WORD)) {
        i += 1 + values(args[i]);
      }
      return i < args.length ? i : NOWHERE;
    }

    @Override
    public int in(byte[][] args) {
      int word = word(args);
      return word == NOWHERE ? NOWHERE : word + 1;
    }

    private static int values(byte[] option) {
      if (Args.is(option, "AUTH2")) {
        return 2;
      }
      return Args.is(option, "AUTH") ? 1 : 0;
    }
  }

  /** How far a run extends. */
  public sealed interface Extent permits Range, Counted, FirstHalf {}

  /**
   * Every {@code step}-th argument up to {@code last}, which is relative to the run's begin if it
   * is not negative, and to the end of the arguments (-1 is the last one) otherwise.
   */
  public record Range(int last, int step) implements Extent {}

  /** The argument at the begin is the number of keys that follow. */
  public record Counted() implements Extent {}

  /** The first half of the remaining arguments; each key has its counterpart in the other half. */
  public record FirstHalf() implements Extent {}

  /** Returns the flags for a call with these arguments. */
  @FunctionalInterface
  public interface VariableFlags {
    Set<KeyFlag> of(byte[][] args);
  }

  static KeySpec of(Begin begin, Extent extent, KeyFlag... flags) {
    EnumSet<KeyFlag> all = EnumSet.noneOf(KeyFlag.class);
    all.addAll(Set.of(flags));
    return new KeySpec(begin, extent, all, null);
  }

  KeySpec varying(VariableFlags function) {
    EnumSet<KeyFlag> all = EnumSet.copyOf(flags);
    all.add(KeyFlag.VARIABLE_FLAGS);
    return new KeySpec(begin, extent, all, function);
  }

  /** Returns the flags for a call with these arguments. */
  public Set<KeyFlag> flags(byte[][] args) {
    return variable == null ? flags : variable.of(args);
  }

  /** Returns whether a call with these arguments only reads the keys of the run. */
  public boolean readsOnly(byte[][] args) {
    return flags(args).contains(KeyFlag.RO);
  }

  /** Returns whether the run is always argument {@code index} alone. */
  public boolean isJust(int index) {
    return isOneKey() && begin.equals(new AtIndex(index));
  }

  /** Returns whether the run is always a single key at the same index. */
  public boolean isOneKey() {
    return isFixed() && extent instanceof Range range && range.last() == 0;
  }

  /** Returns whether first, last and step determine the keys, as far as clients know. */
  public boolean isFixed() {
    boolean atIndex = begin instanceof AtIndex || begin instanceof UnlessKeys;
    return atIndex && extent instanceof Range;
  }

  /** Returns the indexes of the run's keys in a call with these arguments. */
  public int[] positions(byte[][] args) {
    int[] positions = new int[count(args)];
    for (int i = 0, at = firstKey(args); i < positions.length; i++, at += step()) {
      positions[i] = at;
    }
    return positions;
  }

  /**
   * Returns whether these arguments contain the run's keys; if the run begins after an optional
   * word that is missing, there are none.
   */
  boolean fits(byte[][] args) {
    if (begin instanceof UnlessKeys one && one.isLeftOut(args)) {
      return true;
    }
    boolean optional = !(isFixed() || begin instanceof AfterStreams);
    return lastKey(args) >= 0 || (optional && begin.in(args) == NOWHERE);
  }

  /** Returns the number of keys in the run; 0 when the arguments do not fit it. */
  int count(byte[][] args) {
    int last = lastKey(args);
    return last < 0 ? 0 : (last - firstKey(args)) / step() + 1;
  }

  /** Returns the index of the run's first key; only valid if there is a {@link #lastKey}. */
  int firstKey(byte[][] args) {
    return extent instanceof Counted ? begin.in(args) + 1 : begin.in(args);
  }

  /**
   * Returns an upper bound of the index of the run's last key, or -1 when the arguments do not fit
   * the run.
   */
  int lastKey(byte[][] args) {
    int first = begin.in(args);
    if (first < 0 || first >= args.length) {
      return NOWHERE;
    }
    if (extent instanceof Range range) {
      int last = range.last() >= 0 ? first + range.last() : args.length + range.last();
      return last >= first && last < args.length ? last : NOWHERE;
    }
    if (extent instanceof FirstHalf) {
      int keys = (args.length - first) / 2;
      return keys > 0 ? first + keys - 1 : NOWHERE;
    }
    long keys = number(args[first]);
    return keys >= 1 && keys < args.length - first ? first + (int) keys : NOWHERE;
  }

  int step() {
    return extent instanceof Range range ? range.step() : 1;
  }

  private static long number(byte[] arg) {
    try {
      return Args.parseLong(arg);
    } catch (CommandException e) {
      return 0;
    }
  }
}
