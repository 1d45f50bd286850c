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
 * Searches over all keys of one database: KEYS, SCAN, RANDOMKEY. They read what is committed; the unit of work must have
 * no changes of its own. Keys whose time is over are left out, and all but KEYS remove those they meet. Confined to the
 * thread of its unit, which must be one that may wait for the disk.
 */
public final class KeySearch {
  /** Where a scan starts, and what tells that it has ended. */
  public static final long START = 0;

  /** Keys that one call of a scan looks at, whatever it is asked for: the bound on how long others wait for it. */
  static final int MOST_LOOKED_AT = 10_000;

  /** A scan on a cold disk ends its call early: it can always be continued. */
  private static final long SCAN_NANOS = 50_000_000;

  /** Looking at the clock for each key would cost as much as the key. */
  private static final int KEYS_PER_CLOCK_LOOK = 64;

  /** Keys that a scan for names with a common beginning may find at once instead of scanning through all. */
  private static final int MOST_IN_RANGE = 100;

  /** Keys whose deadlines are looked up together. */
  private static final int BATCH = 256;

  /** Neighbours among which a random key is drawn: a single one would be the likelier the wider the gap before it. */
  private static final int SAMPLE = 16;

  /** Samples that are drawn when all keys of a sample have expired. */
  private static final int MOST_SAMPLES = 64;

  private final Keyspace keyspace;
  private final LongSupplier nanoClock;

  /** Searches in one database. */
  public KeySearch(Keyspace keyspace) {
    this(keyspace, System::nanoTime);
  }

  KeySearch(Keyspace keyspace, LongSupplier nanoClock) {
    this.keyspace = keyspace;
    this.nanoClock = nanoClock;
  }

  /**
   * Goes on with a scan from {@code position}. Looks at about {@code count} keys, at most a fixed number, and returns those
   * the filter wants. A key that is there from a scan's first call to its last is returned by one of them; no scan returns a
   * key twice unless it was removed and added again.
   *
   * <p>The calls need nothing but the position: it counts through the hashes of the keys, so all keys with the same hash
   * are in the same page.
   */
  public ScanPage scan(long position, long count, KeyFilter filter) {
    if (position < START || position >= keyspace.positions()) {
      return new ScanPage(START, List.of());
    }
    long limit = Math.min(count, MOST_LOOKED_AT);
    ScanPage whole = position == START ? wholeRange(filter, limit) : null;
    return whole == null ? page(position, limit, filter) : whole;
  }

  /** Gives every key that the filter wants to {@code found}, in no particular order. */
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
   * A key drawn at random, each about as likely as any other; null when there is none, or when so many have expired a
   * moment ago that a bounded number of draws met no other.
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

  /** The keys from {@code position} on, and from the start again where the end is met. */
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

  /** The key that has this very name, if the filter wants it. */
  private List<byte[]> named(byte[] userKey, KeyFilter filter) {
    KeyRecord record = keyspace.meet(userKey);
    return record != null && filter.acceptsType(record.type()) ? List.of(userKey) : List.of();
  }

  /**
   * All keys with the literal beginning of the pattern, if they are few: then a scan for them needs one call, however many
   * other keys there are.
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

  /** What one call of a scan may cost: a number of keys, and a time. */
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

  /** {@link #live}, and the others go, unless that would have to wait: not in the midst of a walk, which would meet the change. */
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

  /** Those whose time is not over. */
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
