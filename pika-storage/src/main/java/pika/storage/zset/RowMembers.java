package pika.storage.zset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.KeyRange;
import pika.storage.bytes.Slice;
import pika.storage.element.RowElements;
import pika.storage.key.DataType;
import pika.storage.key.KeyRecord;
import pika.storage.key.RowImage;
import pika.storage.key.Rows;
import pika.storage.key.WouldBlock;
import pika.storage.rank.Directory;
import pika.storage.rank.Fanout;
import pika.storage.rank.KeptDirectory;
import pika.storage.rank.Run;
import pika.storage.rocks.Cursor;

/**
 * A large sorted set: each entry has two rows, one keyed by member and one by score. A
 * {@link Directory} counts the rows by score in runs, so finding a rank, or the entry at a rank,
 * takes a directory lookup plus iterating over at most one run.
 */
final class RowMembers implements ScoredMembers {
  /**
   * A longer run is split as soon as its rows are in memory. Small enough that iterating over a run
   * is cheap, large enough that there are few runs.
   */
  static final int MAX_RUN = 128;

  /** A run of this length is split even if its rows must be read from disk. */
  private static final int LONGEST_RUN = 2 * MAX_RUN;

  /**
   * After a failed attempt to split a run whose rows were not in memory, the next attempt follows
   * this many entries later.
   */
  private static final int LONGER_BY = MAX_RUN / 8;

  /** A run no longer than this is joined with a neighbour, */
  static final int SHORT_RUN = MAX_RUN / 16;

  /** if the result is no longer than this, so that it need not soon be split again. */
  private static final int MAX_JOINED_RUN = MAX_RUN / 2;

  /** The most rows iterated over where a command must not wait. */
  private static final int FEW = 256;

  private final Rows rows;
  private final RowElements scores;
  /** The kept directory's, or this command's own. */
  private Directory directory;
  /** The directory that several commands share; null once this one needed its own. */
  private @Nullable KeptDirectory kept;

  RowMembers(Rows rows, RowElements scores, Directory directory) {
    this.rows = rows;
    this.scores = scores;
    this.directory = directory;
  }

  private RowMembers(Rows rows, KeptDirectory kept) {
    this(rows, RowElements.of(rows, kept.directory().size()), kept.directory());
    this.kept = kept;
  }

  static RowMembers of(Rows rows, KeyRecord record) {
    return record.late() instanceof KeptDirectory kept
        ? new RowMembers(rows, kept)
        : new RowMembers(
            rows, KeptDirectory.open(rows, SortedSetFormat.NODES, Fanout.DEFAULT, saved(record)));
  }

  /** Returns the number of entries in a set with this record. */
  static long sizeOf(KeyRecord record) {
    return record.late() instanceof KeptDirectory kept
        ? kept.directory().size()
        : Directory.sizeOf(saved(record));
  }

  private static Slice saved(KeyRecord record) {
    return new Slice(record.array(), record.payloadOffset(), record.payloadLength());
  }

  @Override
  public long size() {
    return directory.size();
  }

  @Override
  public double score(byte[] member) {
    Slice score = scores.get(member);
    return score == null ? Double.NaN : SortedSetFormat.takeScore(score.array(), score.offset());
  }

  @Override
  public long rank(Cut cut) {
    byte[] key = SortedSetFormat.key(cut);
    Run run = directory.of(key);
    if (run == null) {
      return 0;
    }
    long rank = run.start();
    byte[] start = startOf(run);
    if (Arrays.compareUnsigned(start, key) >= 0) {
      return rank;
    }
    RunKeys keys = keysOf(run);
    if (keys != null) {
      return rank + keys.before(key);
    }
    try (Cursor cursor =
        rows.walkFew(SortedSetFormat.scoreRows(start, key), Cursor.Direction.FORWARD)) {
      for (; cursor.valid(); cursor.next()) {
        rank++;
      }
    }
    return rank;
  }

  // ---- changes

  @Override
  public void put(byte[] member, double score, double before) {
    byte[] value = SortedSetFormat.score(score);
    if (Double.isNaN(before)) {
      scores.add(member, value);
    } else {
      scores.replace(member, value);
      removeByScore(SortedSetFormat.key(before, member));
    }
    byte[] key = SortedSetFormat.key(score, member);
    rows.put(SortedSetFormat.scoreRow(key), SortedSetFormat.scoreRowValue(score));
    if (size() == 0) {
      ownDirectory().insert(0, 1, SortedSetFormat.firstKey());
    } else {
      Directory.Count run = count(key, 1);
      if (run.elements() > MAX_RUN && (run.elements() - MAX_RUN) % LONGER_BY == 1) {
        divideUnlessCold(run(key));
      }
    }
  }

  @Override
  public void remove(byte[] member, double score) {
    scores.drop(member);
    removeByScore(SortedSetFormat.key(score, member));
  }

  @Override
  public void remove(Ranks ranks) {
    try (RowEntries walk = rowsOf(ranks)) {
      while (walk.next()) {
        scores.drop(walk.member().toByteArray());
        rows.deleteWalked(rows.name(walk.key()));
      }
    }
    for (long left = ranks.count(); left > 0; ) {
      Run run = directory.at(ranks.from());
      long gone = Math.min(left, run.end() - ranks.from());
      forgetKeysOf(run.id());
      ownDirectory().add(run, -gone);
      left -= gone;
    }
    if (ranks.from() < size()) {
      joinIfShort(directory.at(ranks.from()));
    }
  }

  private void removeByScore(byte[] key) {
    rows.deleteWalked(SortedSetFormat.scoreRow(key));
    if (size() == 0) {
      throw SortedSetFormat.damaged();
    }
    Directory.Count run = count(key, -1);
    if (run.elements() > 0 && run.elements() <= SHORT_RUN) {
      joinIfShort(run(key));
    }
  }

  /** Counts an entry that was added to its run or removed from it. */
  private Directory.Count count(byte[] key, long delta) {
    Directory.Count run = kept == null ? null : kept.add(key, delta, SHORT_RUN + 1, MAX_RUN);
    if (run == null) {
      run = ownDirectory().add(key, delta);
    }
    forgetKeysOf(run.id());
    return run;
  }

  /** Returns a directory whose runs this command may add, split, join and remove. */
  private Directory ownDirectory() {
    if (kept != null) {
      directory = kept.own();
      kept = null;
    }
    return directory;
  }

  private void joinIfShort(Run run) {
    Run next = directory.next(run);
    Run first = next == null ? directory.previous(run) : run;
    Run second = next == null ? run : next;
    if (run.count() <= SHORT_RUN
        && first != null
        && first.count() + second.count() <= MAX_JOINED_RUN) {
      forgetKeysOf(first.id());
      ownDirectory().join(first);
    }
  }

  /**
   * Splits a run unless that would have to wait for its rows; the longest runs are split
   * regardless.
   */
  private void divideUnlessCold(Run run) {
    try {
      divide(run);
    } catch (WouldBlock e) {
      if (run.count() >= LONGEST_RUN) {
        throw e;
      }
      rows.readAhead(SortedSetFormat.scoreRows(startOf(run), null), LONGEST_RUN);
    }
  }

  /** Splits a run, whose memo is already dropped, in the middle. */
  private void divide(Run run) {
    long half = run.count() / 2;
    byte[] last = SortedSetFormat.firstKey();
    try (RowEntries walk = rowsOf(new Ranks(run.start() + half - 1, run.start() + half + 1))) {
      while (walk.next()) {
        byte[] key = walk.sortKey();
        if (last.length > 0) {
          ownDirectory().split(run, half, Directory.separator(last, key));
          return;
        }
        last = key;
      }
    }
    throw SortedSetFormat.damaged();
  }

  private Run run(byte[] key) {
    Run run = directory.of(key);
    if (run == null) {
      throw SortedSetFormat.damaged();
    }
    return run;
  }

  // ---- walks

  @Override
  public Entries walk(Ranks ranks, Order order) {
    Entries inMemory = inMemory(ranks, order);
    if (inMemory != null) {
      return inMemory;
    }
    if (order == Order.DESCENDING) {
      return descending(ranks);
    }
    RowImage image = ranks.count() == size() && size() > FEW
        ? rows.image(SortedSetFormat.scoreRows(SortedSetFormat.firstKey(), null))
        : null;
    // The image may be newer than the directory.
    return image != null && image.count() == size()
        ? new ImageEntries(image.walk())
        : rowsOf(ranks);
  }

  @Override
  public Entries all() {
    return walk(new Ranks(0, size()), Order.ASCENDING);
  }

  /** Iterates over a few entries, if the keys of all their runs are in memory; null otherwise. */
  private @Nullable Entries inMemory(Ranks ranks, Order order) {
    if (ranks.count() == 0 || ranks.count() > FEW) {
      return null;
    }
    List<RunKeys> runs = new ArrayList<>(2);
    Run first = directory.at(ranks.from());
    for (Run run = first; ; run = directory.at(run.end())) {
      RunKeys keys = keysOf(run);
      if (keys == null) {
        return null;
      }
      runs.add(keys);
      if (run.end() >= ranks.to()) {
        int before = (int) (ranks.from() - first.start());
        return new RunEntries(runs, before, (int) ranks.count(), order);
      }
    }
  }

  /**
   * Returns the keys of a run, null if they are not in memory. They are put there when they are asked
   * for a second time and the run has not changed in between, so that runs which change all the time
   * cost no more than two lookups.
   */
  private @Nullable RunKeys keysOf(Run run) {
    byte[] name = SortedSetFormat.memo(run.id());
    byte[] memo = rows.memo(name);
    if (memo == null) {
      rows.keepMemo(name, RunKeys.ASKED_FOR);
      return null;
    }
    if (RunKeys.areIn(memo)) {
      return new RunKeys(memo);
    }
    if (RunKeys.areTooLongFor(memo) || run.count() > FEW || !rows.mayKeepMemos()) {
      return null;
    }
    RunKeys keys = read(run);
    boolean isTooLong = keys.bytes().length > Rows.MOST_MEMO_BYTES;
    rows.keepMemo(name, isTooLong ? RunKeys.TOO_LONG : keys.bytes());
    return keys;
  }

  /** Drops the keys of a run that this command changes. */
  private void forgetKeysOf(long runId) {
    if (rows.mayHaveMemos()) {
      rows.dropMemo(SortedSetFormat.memo(runId));
    }
  }

  private RunKeys read(Run run) {
    RunKeys.Builder keys = new RunKeys.Builder((int) run.count());
    try (RowEntries walk = rowsOf(new Ranks(run.start(), run.end()))) {
      while (walk.next()) {
        walk.addTo(keys);
      }
    }
    return keys.build();
  }

  /**
   * Returns whether so few entries lie between two cuts, or are left after skipping {@code offset}
   * and limiting to {@code count}, that iterating from one cut beats looking up ranks. A negative
   * {@code count} means no limit.
   */
  boolean areFew(Cut from, Cut to, long offset, long count) {
    if (offset < 0 || size() == 0) {
      return false;
    }
    if (count >= 0 && offset <= FEW && count <= FEW - offset) {
      return true;
    }
    Run first = run(SortedSetFormat.key(from));
    Run last = run(SortedSetFormat.key(to));
    return last.end() - first.start() <= 2 * FEW;
  }

  /**
   * Iterates over the entries between two cuts: skips {@code offset} and returns up to
   * {@code count}, or all if {@code count} is negative. Meant for few entries, see {@link #areFew}.
   */
  Entries walkFew(Cut from, Cut to, Order order, long offset, long count) {
    byte[] start = notBefore(directory.least(), SortedSetFormat.key(from));
    byte[] end = notBehind(directory.end(), SortedSetFormat.key(to));
    if (Arrays.compareUnsigned(start, end) >= 0) {
      return RowEntries.NONE;
    }
    Cursor cursor = rows.walkFew(SortedSetFormat.scoreRows(start, end), directionOf(order));
    return entries(skipped(cursor, offset), count < 0 ? Long.MAX_VALUE : count, true);
  }

  private static Cursor.Direction directionOf(Order order) {
    return order == Order.ASCENDING ? Cursor.Direction.FORWARD : Cursor.Direction.BACKWARD;
  }

  private Cursor cursor(KeyRange range, Order order, long count) {
    return count <= FEW
        ? rows.walkFew(range, directionOf(order))
        : rows.walk(range, directionOf(order));
  }

  private RowEntries rowsOf(Ranks ranks) {
    if (ranks.count() == 0) {
      return RowEntries.NONE;
    }
    Run run = directory.at(ranks.from());
    KeyRange range = SortedSetFormat.scoreRows(startOf(run), null);
    Cursor cursor = cursor(range, Order.ASCENDING, ranks.count());
    return entries(skipped(cursor, ranks.from() - run.start()), ranks.count(), false);
  }

  private RowEntries descending(Ranks ranks) {
    if (ranks.count() == 0) {
      return RowEntries.NONE;
    }
    Run run = directory.at(ranks.to() - 1);
    Run next = directory.next(run);
    byte[] end = next == null ? directory.end() : next.separator();
    KeyRange range = SortedSetFormat.scoreRows(SortedSetFormat.firstKey(), end);
    Cursor cursor = cursor(range, Order.DESCENDING, ranks.count());
    return entries(skipped(cursor, run.end() - ranks.to()), ranks.count(), false);
  }

  private RowEntries entries(Cursor cursor, long count, boolean mayEnd) {
    return new RowEntries(cursor, rows.nameOffset(), count, mayEnd);
  }

  private static Cursor skipped(Cursor cursor, long count) {
    for (long i = 0; i < count && cursor.valid(); i++) {
      cursor.next();
    }
    return cursor;
  }

  /** Returns the lower bound of a run's keys: the first run's separator is meaningless. */
  private byte[] startOf(Run run) {
    return run.start() == 0 ? directory.least() : run.separator();
  }

  private static byte[] notBefore(byte[] least, byte[] key) {
    return Arrays.compareUnsigned(key, least) < 0 ? least : key;
  }

  private static byte[] notBehind(byte @Nullable [] end, byte[] key) {
    return end == null || Arrays.compareUnsigned(key, end) < 0 ? key : end;
  }

  @Override
  public MemberPage page(long position, long count) {
    List<ScoredMember> members = new ArrayList<>();
    long next = scores.page(position, count, (name, value) -> {
      double score = SortedSetFormat.takeScore(value.array(), value.offset());
      return members.add(new ScoredMember(score, name.toByteArray()));
    });
    return new MemberPage(members, next);
  }

  @Override
  public KeyRecord record(boolean small, long expireAtMs) {
    int encoding = SortedSetEncoding.of(true, small).id();
    return kept == null
        ? rows.header(DataType.ZSET, encoding, expireAtMs, directory.save())
        : rows.lateHeader(DataType.ZSET, encoding, expireAtMs, kept);
  }
}
