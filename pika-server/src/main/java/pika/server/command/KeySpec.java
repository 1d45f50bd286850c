package pika.server.command;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One run of key arguments: from argument {@code begin} (the command's name is argument 0) to
 * {@code last}, every {@code step}-th. {@code last} counts from {@code begin} when it is not
 * negative and from the end of the arguments (-1 is the last one) when it is.
 *
 * @param variable tells the flags from the arguments where they depend on them, else null
 */
public record KeySpec(
    int begin,
    int last,
    int step,
    Set<KeyFlag> flags,
    @Nullable VariableFlags variable) {

  /** Tells what a call with these very arguments does with the keys of the run. */
  @FunctionalInterface
  public interface VariableFlags {
    Set<KeyFlag> of(byte[][] args);
  }

  static KeySpec of(int begin, int last, int step, KeyFlag... flags) {
    EnumSet<KeyFlag> all = EnumSet.noneOf(KeyFlag.class);
    all.addAll(Set.of(flags));
    return new KeySpec(begin, last, step, all, null);
  }

  KeySpec varying(VariableFlags function) {
    EnumSet<KeyFlag> all = EnumSet.copyOf(flags);
    all.add(KeyFlag.VARIABLE_FLAGS);
    return new KeySpec(begin, last, step, all, function);
  }

  /** The flags that hold for a call with these arguments. */
  public Set<KeyFlag> flags(byte[][] args) {
    return variable == null ? flags : variable.of(args);
  }

  /** Whether a call with these arguments only reads the keys of the run. */
  public boolean readsOnly(byte[][] args) {
    return flags(args).contains(KeyFlag.RO);
  }

  /** Indices of the keys that a call with so many arguments has in the run. */
  public int[] positions(int argCount) {
    return IntStream.range(0, count(argCount)).map(i -> begin + i * step).toArray();
  }

  /** Index of the run's last possible argument, or -1 when these arguments do not fit the run. */
  int lastIndex(int argCount) {
    int lastIndex = last >= 0 ? begin + last : argCount + last;
    return begin < argCount && lastIndex < argCount && lastIndex >= begin ? lastIndex : -1;
  }

  /** How many keys these arguments hold in the run; 0 when they do not fit it. */
  public int count(int argCount) {
    int lastIndex = lastIndex(argCount);
    return lastIndex < 0 ? 0 : (lastIndex - begin) / step + 1;
  }
}
