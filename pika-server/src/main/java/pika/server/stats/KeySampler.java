package pika.server.stats;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import pika.server.command.CommandSpec;
import pika.server.command.KeyScope;

/**
 * Samples the keys named by one thread's commands. About one in {@link #EVERY} commands is
 * examined, at random distances so that no client pattern hides a key, and one of its keys is
 * counted. All other commands cost a decrement.
 *
 * <p>There are few counters: a key belongs to one group of {@link #WAYS}, and if none of them is
 * its own, it takes over the lowest one with its count (the space-saving algorithm of Metwally,
 * Agrawal and El Abbadi, in small sets). So a frequently named key does not go unnoticed for long.
 * The count taken over is not reported as its own.
 *
 * <p>{@link #ran} is confined to one thread; everything else is thread-safe.
 */
public final class KeySampler {
  /** One in this many commands is examined. */
  static final int EVERY = 128;

  private static final int GROUPS = 128;
  private static final int WAYS = 4;
  /** Longer keys are not counted, because counters keep their keys alive. */
  private static final int LONGEST_KEY = 1024;

  private final HotKeys owner;
  private int left = 1;
  private long random;
  private Period now;
  private Period before;

  /** The counters of one period. Guarded by the sampler. */
  private static final class Period {
    final byte[] @Nullable [] keys = new byte[GROUPS * WAYS][];
    final int[] databases = new int[GROUPS * WAYS];
    final int[] counts = new int[GROUPS * WAYS];
    /** How much of each count was taken over. */
    final int[] inherited = new int[GROUPS * WAYS];

    long number = -1;

    void begin(long newNumber) {
      Arrays.fill(keys, null);
      Arrays.fill(counts, 0);
      Arrays.fill(inherited, 0);
      number = newNumber;
    }
  }

  KeySampler(HotKeys owner, long seed) {
    this.owner = owner;
    this.random = seed | 1;
    this.now = new Period();
    this.before = new Period();
  }

  /** Records that a command has run. */
  public void ran(int database, CommandSpec spec, byte[][] args) {
    if (--left <= 0) {
      look(database, spec, args);
    }
  }

  private void look(int database, CommandSpec spec, byte[][] args) {
    long drawn = next();
    left = 1 + (int) ((drawn >>> 33) % (2 * EVERY - 1));
    if (spec.scope() != KeyScope.KEYS || args.length < 2) {
      return;
    }
    int[] positions = spec.keys().positions(args);
    if (positions.length > 0) {
      byte[] key = args[positions[(int) ((drawn & 0xffff) % positions.length)]];
      if (key.length <= LONGEST_KEY) {
        count(database, key);
      }
    }
  }

  private long next() {
    random ^= random << 13;
    random ^= random >>> 7;
    random ^= random << 17;
    return random;
  }

  private synchronized void count(int database, byte[] key) {
    Period period = periodOf(owner.period());
    int hash = Arrays.hashCode(key) * 0x9e3779b9 + database;
    int first = ((hash >>> 16) & (GROUPS - 1)) * WAYS;
    int rarest = first;
    for (int i = first; i < first + WAYS; i++) {
      if (period.databases[i] == database && Arrays.equals(period.keys[i], key)) {
        period.counts[i]++;
        return;
      }
      if (period.counts[i] < period.counts[rarest]) {
        rarest = i;
      }
    }
    period.keys[rarest] = key;
    period.databases[rarest] = database;
    period.inherited[rarest] = period.counts[rarest]++;
  }

  private Period periodOf(long number) {
    if (now.number != number) {
      Period free = before;
      before = now;
      now = free;
      now.begin(number);
    }
    return now;
  }

  /** Adds the counts of the current period and the previous one. */
  synchronized void addTo(HotKeys.Sum sum) {
    long number = owner.period();
    for (Period period : new Period[] {now, before}) {
      if (period.number == number || period.number == number - 1) {
        for (int i = 0; i < period.counts.length; i++) {
          byte[] key = period.keys[i];
          if (key != null) {
            long own = (long) period.counts[i] - period.inherited[i];
            sum.add(period.databases[i], key, own * EVERY);
          }
        }
      }
    }
  }

  synchronized void forget() {
    now.begin(-1);
    before.begin(-1);
  }
}
