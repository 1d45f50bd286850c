package pika.server.command;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One run of key arguments: where it begins, and how far it reaches from there.
 *
 * @param variable tells the flags from the arguments where they depend on them, else null
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
    /** The index of its first argument in a call; negative where the call has no such run. */
    int in(byte[][] args);
  }

  /** At this argument; the command's name is argument 0. */
  public record AtIndex(int index) implements Begin {
    @Override
    public int in(byte[][] args) {
      return index;
    }
  }

  /**
   * Behind a word (given in upper case) that stands at argument {@code from} or later; behind the last one of several, as
   * it is the last that counts. Without the word there is no such run.
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

  /** Somewhere Redis doesn't tell, which is what clients are told here, too. */
  public sealed interface Untold extends Begin permits InData, SortTarget {}

  /** Not among the arguments at all. */
  public record InData() implements Untold {
    @Override
    public int in(byte[][] args) {
      return NOWHERE;
    }
  }

  /** Behind the word STORE of SORT, the last one of several; what other options are followed by may be called so, too. */
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
   * Behind the word STREAMS of XREAD and XREADGROUP, which ends their options; clients are told to look for it from
   * argument {@code from} on.
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

  /** At this argument of MIGRATE, unless the word KEYS leads to others. */
  public record UnlessKeys(int index) implements Begin {
    @Override
    public int in(byte[][] args) {
      return AfterKeys.word(args) == NOWHERE ? index : NOWHERE;
    }

    /** With the word there must be no key here. */
    boolean isLeftOut(byte[][] args) {
      return args[index].length == 0 && in(args) == NOWHERE;
    }
  }

  /** Behind the word KEYS of MIGRATE, which ends its options; clients are told to look for it from the end. */
  public record AfterKeys() implements Begin {
    /** From where clients look for it. */
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

  /** How far a run reaches. */
  public sealed interface Extent permits Range, Counted, FirstHalf {}

  /**
   * Every {@code step}-th argument to {@code last}, which counts from the run's begin when it is not negative and from the
   * end of the arguments (-1 is the last one) when it is.
   */
  public record Range(int last, int step) implements Extent {}

  /** The argument at the begin tells how many keys follow it. */
  public record Counted() implements Extent {}

  /** The first half of what is left; each key has its counterpart in the other half. */
  public record FirstHalf() implements Extent {}

  /** Tells what a call with these very arguments does with the keys of the run. */
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

  /** The flags that hold for a call with these arguments. */
  public Set<KeyFlag> flags(byte[][] args) {
    return variable == null ? flags : variable.of(args);
  }

  /** Whether a call with these arguments only reads the keys of the run. */
  public boolean readsOnly(byte[][] args) {
    return flags(args).contains(KeyFlag.RO);
  }

  /** Whether the run is argument {@code index}, whatever the others are. */
  public boolean isJust(int index) {
    return isOneKey() && begin.equals(new AtIndex(index));
  }

  /** Whether the run never has more than one key, and that always at the same place. */
  public boolean isOneKey() {
    return isFixed() && extent instanceof Range range && range.last() == 0;
  }

  /** Whether first, last and step alone tell the keys, as far as clients know. */
  public boolean isFixed() {
    boolean atIndex = begin instanceof AtIndex || begin instanceof UnlessKeys;
    return atIndex && extent instanceof Range;
  }

  /** Indices of the keys that a call with these arguments has in the run. */
  public int[] positions(byte[][] args) {
    int[] positions = new int[count(args)];
    for (int i = 0, at = firstKey(args); i < positions.length; i++, at += step()) {
      positions[i] = at;
    }
    return positions;
  }

  /** Whether these arguments have the keys of the run, which may be none where a word is missing. */
  boolean fits(byte[][] args) {
    if (begin instanceof UnlessKeys one && one.isLeftOut(args)) {
      return true;
    }
    boolean optional = !(isFixed() || begin instanceof AfterStreams);
    return lastKey(args) >= 0 || (optional && begin.in(args) == NOWHERE);
  }

  /** How many keys these arguments hold in the run; 0 when they do not fit it. */
  int count(byte[][] args) {
    int last = lastKey(args);
    return last < 0 ? 0 : (last - firstKey(args)) / step() + 1;
  }

  /** Index of the run's first key; only where there is a {@link #lastKey}. */
  int firstKey(byte[][] args) {
    return extent instanceof Counted ? begin.in(args) + 1 : begin.in(args);
  }

  /** Index of the run's last possible key, or -1 when these arguments do not fit the run. */
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
