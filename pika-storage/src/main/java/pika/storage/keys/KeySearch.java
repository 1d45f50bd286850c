package pika.storage.keys;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import pika.storage.key.HashWalk;
import pika.storage.key.KeyRecord;
import pika.storage.key.KeyWalk;
import pika.storage.key.Keyspace;

/**
 * Searches over all keys of one database: KEYS, SCAN, RANDOMKEY. They read committed data; the unit
 * of work must have no changes of its own. Expired keys are left out and, except by KEYS, removed.
 * Confined to the thread of its unit, which must be one that may wait for the disk.
 */
public final class KeySearch {
  /** The position at which a scan starts, and which signals its end. */
  public static final long START = 0;

  /**
   * Maximum number of keys per call of a scan, whatever the caller asks for: bounds how long others
   * wait.
   */
  static final int MOST_LOOKED_AT = 10_000;

  /** Time limit of a scan's call on a cold disk; a scan can always be continued. */
  private static final long SCAN_NANOS = 50_000_000;

  /** Keys per check of the clock, which costs as much as a key. */
  private static final int KEYS_PER_CLOCK_LOOK = 64;

  /** A scan with a literal prefix returns all matches at once if there are no more than this. */
  private static final int MOST_IN_RANGE = 100;

  /** Keys whose deadlines are looked up together. */
  private static final int BATCH = 256;

  /**
   * A random key is drawn from this many neighbours: a single one would be the likelier the wider
   * the gap before it.
   */
  private static final int SAMPLE = 16;

  /** Number of samples to draw when all keys of a sample have expired. */
  private static final int MOST_SAMPLES = 64;

  private final Keyspace keyspace;
  private final LongSupplier nanoClock;

  /** Creates the search in one database. */
  public KeySearch(Keyspace keyspace) {
    this(keyspace, System::nanoTime);
  }

  KeySearch(Keyspace keyspace, LongSupplier nanoClock) {
    this.keyspace = keyspace;
    this.nanoClock = nanoClock;
  }

  /**
   * Continues a scan from {@code position}. Looks at about {@code count} keys, up to a fixed
   * number, and returns those that match. A key that exists throughout the scan is returned by one
   * of its calls; none is returned twice unless it was removed and added again.
   *
   * <p>The position is the only state: it counts through the hashes of keys, so keys with equal
   * hashes are always in one page.
   */
  public ScanPage scan(long position, long count, KeyFilter filter) {
    if (position < START || position >= keyspace.positions()) {
      return new ScanPage(START, List.of());
    }
    long limit = Math.min(count, MOST_LOOKED_AT);
    ScanPage whole = position == START ? wholeRange(filter, limit) : null;
    return whole == null ? page(position, limit, filter) : whole;
  }

  /** Passes every matching key to {@code found}, in no particular order. */
  public void forEach(KeyFilter filter, Consumer<byte[]> found) {
    byte[] prefix = filter.pattern().literalPrefix();
    if (filter.pattern().isLiteral()) {
      named(prefix, filter).forEach(found);
      return;
    }
    boolean byName = prefix.length > 0 && keyspace.isOrderedByName();
    try (KeyWalk walk = byName ? keyspace.walkByName(prefix) : keyspace.walkByHash(START)) {
      List<byte[]> batch = new ArrayList<>();
      for (; walk.valid(); walk.next()) {
        addIfWanted(batch, walk, filter);
        if (batch.size() == BATCH) {
          live(batch).forEach(found);
          batch.clear();
        }
      }
      live(batch).forEach(found);
    }
  }

  /**
   * Returns a random key, approximately uniformly distributed; null when there is none, or when so
   * many have just expired that a bounded number of draws met no other.
   */
  public byte @Nullable [] randomKey(RandomGenerator random) {
    for (int i = 0; i < MOST_SAMPLES; i++) {
      List<byte[]> sample = sampleFrom(random.nextLong(keyspace.positions()));
      if (sample.isEmpty()) {
        return null;
      }
      List<byte[]> live = liveOrGone(sample);
      if (!live.isEmpty()) {
        return live.get(random.nextInt(live.size()));
      }
    }
    return null;
  }

  /** Returns the keys from {@code position} on, wrapping around at the end. */
  private List<byte[]> sampleFrom(long position) {
    List<byte[]> sample = new ArrayList<>(SAMPLE);
    addNeighbours(sample, position, keyspace.positions());
    addNeighbours(sample, START, position);
    return sample;
  }

  private void addNeighbours(List<byte[]> sample, long from, long to) {
    if (sample.size() == SAMPLE) {
      return;
    }
    try (HashWalk walk = keyspace.walkByHash(from)) {
      while (walk.valid() && sample.size() < SAMPLE && walk.position() < to) {
        sample.add(walk.userKey());
        walk.next();
      }
    }
  }

  /** Returns the key with exactly this name, if it matches. */
  private List<byte[]> named(byte[] userKey, KeyFilter filter) {
    KeyRecord record = keyspace.meet(userKey);
    return record != null && filter.acceptsType(record.type()) ? List.of(userKey) : List.of();
  }

  /**
   * Returns all keys with the pattern's literal prefix if they are few: a scan for them then needs
   * one call, however many other keys there are.
   */
  private @Nullable ScanPage wholeRange(KeyFilter filter, long limit) {
    byte[] prefix = filter.pattern().literalPrefix();
    if (filter.pattern().isLiteral()) {
      return new ScanPage(START, named(prefix, filter));
    }
    if (prefix.length == 0 || !keyspace.isOrderedByName()) {
      return null;
    }
    Budget budget = new Budget(Math.max(limit, MOST_IN_RANGE));
    List<byte[]> wanted = new ArrayList<>();
    try (KeyWalk walk = keyspace.walkByName(prefix)) {
      for (; walk.valid(); walk.next()) {
        if (budget.isOver()) {
          return null;
        }
        budget.spend();
        addIfWanted(wanted, walk, filter);
      }
    }
    return new ScanPage(START, liveOrGone(wanted));
  }

  private ScanPage page(long from, long limit, KeyFilter filter) {
    Budget budget = new Budget(limit);
    List<byte[]> wanted = new ArrayList<>();
    long last = from;
    try (HashWalk walk = keyspace.walkByHash(from)) {
      for (; walk.valid(); walk.next()) {
        long position = walk.position();
        if (position != last && budget.isOver()) {
          return new ScanPage(position, liveOrGone(wanted));
        }
        budget.spend();
        addIfWanted(wanted, walk, filter);
        last = position;
      }
    }
    return new ScanPage(START, liveOrGone(wanted));
  }

  /** The budget of one call of a scan: a number of keys, and a time. */
  private final class Budget {
    private final long endNanos = nanoClock.getAsLong() + SCAN_NANOS;
    private final long keys;
    private long spent;
    private boolean late;

    Budget(long keys) {
      this.keys = keys;
    }

    void spend() {
      spent++;
      if (spent % KEYS_PER_CLOCK_LOOK == 0) {
        late = nanoClock.getAsLong() - endNanos > 0;
      }
    }

    boolean isOver() {
      return late || spent >= keys;
    }
  }

  private static void addIfWanted(List<byte[]> keys, KeyWalk walk, KeyFilter filter) {
    byte[] userKey = walk.userKey();
    if (filter.acceptsName(userKey)
        && (filter.typeName() == null || filter.acceptsType(walk.type()))) {
      keys.add(userKey);
    }
  }

  /**
   * Returns the live keys and removes the others, if that needs no waiting. Not to be called during
   * an iteration, which would see the change.
   */
  private List<byte[]> liveOrGone(List<byte[]> userKeys) {
    List<byte[]> live = live(userKeys);
    int next = 0;
    for (byte[] userKey : userKeys) {
      if (next < live.size() && live.get(next) == userKey) {
        next++;
      } else {
        keyspace.meet(userKey);
      }
    }
    return live;
  }

  /** Returns the keys that have not expired. */
  private List<byte[]> live(List<byte[]> userKeys) {
    if (userKeys.isEmpty() || !keyspace.mayHoldExpired()) {
      return userKeys;
    }
    List<byte[]> live = new ArrayList<>(userKeys.size());
    for (int from = 0; from < userKeys.size(); from += BATCH) {
      List<byte[]> batch = userKeys.subList(from, Math.min(userKeys.size(), from + BATCH));
      List<@Nullable KeyRecord> records = keyspace.peekAll(batch);
      for (int i = 0; i < batch.size(); i++) {
        if (records.get(i) != null) {
          live.add(batch.get(i));
        }
      }
    }
    return live;
  }
}
