package pika.server.stats;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import pika.server.command.CommandSpec;
import pika.server.command.KeyScope;

/**
 * Watches which keys one thread's commands name. About every {@link #EVERY}-th command is looked at,
 * at random distances so that no rhythm of the clients hides a key; one of its keys is counted. All
 * other commands cost a decrement.
 *
 * <p>Counters are few: a key has its place in one group of {@link #WAYS}, and when none of them is its
 * own it takes over the one that counts least, with what that has counted (the space-saving
 * algorithm of Metwally, Agrawal and El Abbadi, in small sets). So a key that is named often does
 * not go unnoticed for long. What it took over is not told as its own.
 *
 * <p>{@link #ran} is for the one thread; the rest may be called by any.
 */
public final class KeySampler {
  /** One in so many commands. */
  static final int EVERY = 128;

  private static final int GROUPS = 128;
  private static final int WAYS = 4;
  /** Longer keys aren't watched: they would be kept alive for it. */
  private static final int LONGEST_KEY = 1024;

  private final HotKeys owner;
  private int left = 1;
  private long random;
  private Period now;
  private Period before;

  /** What was counted in one stretch of time. Guarded by the sampler. */
  private static final class Period {
    final byte[] @Nullable [] keys = new byte[GROUPS * WAYS][];
    final int[] databases = new int[GROUPS * WAYS];
    final int[] counts = new int[GROUPS * WAYS];
    /** What of them was taken over. */
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

  /** A command has run. */
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

  /** Adds what was counted in the present period and the one before it. */
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
