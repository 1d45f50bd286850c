package pika.storage.key;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.KeyRange;
import pika.storage.rocks.Batch;
import pika.storage.rocks.Column;
import pika.storage.rocks.Cursor;
import pika.storage.rocks.Rocks;
import pika.storage.rocks.StorageException;
import pika.storage.rocks.View;

/**
 * The one way data is read and written: an atomic step made of one or many commands.
 *
 * <p>Commands read through it and write into it; it sees its own uncommitted changes, nobody else does. {@link #commit}
 * turns all of them into one RocksDB batch. Everything that has to move with a record (scan index, expiry index, counters,
 * record cache) is derived there from what the record was before and is after, so that no command can forget it.
 *
 * <p>Life of a unit: for each command {@link #beginCommand}, locks, reads and writes, and if it fails {@link
 * #rollbackCommand}; then {@link #commit}, which gives the locks back and leaves the unit ready for the next step.
 *
 * <p>Locks: whoever changes a key holds its lock for writing from before the first read until the commit. Reading one
 * record needs none. Reading a value that has rows without holding its lock pins a {@link View} for the rest of the command.
 *
 * <p>Confined to one thread at a time; it may be handed on as a whole between commands.
 */
public final class UnitOfWork implements AutoCloseable {
  /** What a unit may do to its thread. */
  public enum Mode {
    /** Never waits and never reads from disk: throws {@link WouldBlock} instead. */
    MEMORY_ONLY,
    /** May wait for the disk and for locks. */
    MAY_BLOCK
  }

  /** New rows beyond this are written ahead of the commit, so that a huge value is not held in memory twice. */
  private static final long WRITE_AHEAD_BYTES = 4 << 20;

  private final Engine engine;
  private final Mode mode;
  private final HeldLocks locks;
  private final Map<Key, Change> changes = new HashMap<>();
  private final List<Change> ordered = new ArrayList<>();
  private final RowChanges rows = new RowChanges();
  private final List<Garbage> garbage = new ArrayList<>();
  private final List<Garbage> writtenAhead = new ArrayList<>();
  private final Batch batch;

  private final List<Undo> undo = new ArrayList<>();
  private int garbageBefore;
  private @Nullable View view;
  private int @Nullable [] renumbered;
  private Databases.@Nullable Tally tally;
  private long nowMs;
  private long hits;
  private long misses;

  private record Undo(Change change, @Nullable KeyRecord after) {}

  UnitOfWork(Engine engine, Mode mode) {
    this.engine = engine;
    this.mode = mode;
    this.locks = new HeldLocks(engine.locks());
    this.batch = engine.rocks().batch();
  }

  /** Whether the unit may wait for the disk and for locks. */
  public boolean mayBlock() {
    return mode == Mode.MAY_BLOCK;
  }

  /** Starts a command, for which it is {@code nowMs} from beginning to end. */
  public void beginCommand(long nowMs) {
    this.nowMs = nowMs;
    undo.clear();
    rows.beginCommand();
    garbageBefore = garbage.size();
    unpin();
  }

  /** The moment at which the present command runs, in milliseconds since 1970. */
  public long nowMs() {
    return nowMs;
  }

  /** Takes back what the present command has changed. Its locks stay held until the commit. */
  public void rollbackCommand() {
    for (int i = undo.size() - 1; i >= 0; i--) {
      undo.get(i).change.after(undo.get(i).after);
    }
    undo.clear();
    rows.rollbackCommand();
    garbage.subList(garbageBefore, garbage.size()).clear();
    unpin();
  }

  /** One of the numbered databases, as this unit sees it. */
  public Keyspace keyspace(int database) {
    return new Keyspace(this, database);
  }

  // ---- locks

  /** Locks one key for changing it, unless that would have to wait. */
  public boolean tryLock(byte[] userKey) {
    return locks.tryLock(LockPlan.forWriting(userKey));
  }

  /** Takes all locks of a plan, unless that would have to wait; some may then be held until the commit. */
  public boolean tryLock(LockPlan plan) {
    for (int wanted : plan.wanted()) {
      if (!locks.tryLock(wanted)) {
        return false;
      }
    }
    return true;
  }

  /** Waits for all locks of a plan. Nothing may be locked or uncommitted: commit first. */
  public void awaitLocks(LockPlan plan) {
    locks.await(plan.wanted());
  }

  /** Keeps every other unit from changing anything. Nothing may be locked or uncommitted: commit first. */
  public void awaitAllLocks() {
    locks.awaitAll();
  }

  // ---- records

  Engine engine() {
    return engine;
  }

  /** The id of a numbered database, as this unit has left it. */
  int databaseId(int number) {
    return renumbered == null ? engine.databases().id(number) : renumbered[number];
  }

  Key key(int number, byte[] userKey) {
    return engine.format().key(databaseId(number), userKey);
  }

  /** The record under {@code key}, expired or not; null when there is none. */
  @Nullable
  KeyRecord read(Key key) {
    if (locks.holdsAny() && locks.holdsForWriting(KeyLocks.stripeOf(key.hash()))) {
      return change(key).after();
    }
    KeyRecord record = view == null ? committed(key) : inView(key, view);
    if (record != null && record.hasRows() && view == null && !isLocked(key)) {
      requireMayBlock();
      view = engine.rocks().view();
      return inView(key, view);
    }
    return record;
  }

  /** The record as last committed, without filling the cache: for walks over many keys. */
  @Nullable
  KeyRecord peek(Key key) {
    Change change = changes.get(key);
    if (change != null) {
      return change.after();
    }
    KeyRecord cached = engine.cache().peek(key);
    if (cached != null) {
      return cached;
    }
    byte[] bytes = engine.rocks().get(Column.RECORD, key.bytes());
    return bytes == null ? null : KeyRecord.decode(bytes);
  }

  /**
   * Reads the records of several keys in one go into the record cache, so that the commands that follow find them there.
   * Only a hint: nothing depends on it.
   */
  public void prefetch(int number, List<byte[]> userKeys) {
    RecordCache cache = engine.cache();
    List<Key> missing = new ArrayList<>();
    List<byte[]> keyBytes = new ArrayList<>();
    List<Integer> stamps = new ArrayList<>();
    for (byte[] userKey : userKeys) {
      Key key = key(number, userKey);
      if (cache.peek(key) == null) {
        missing.add(key);
        keyBytes.add(key.bytes());
        stamps.add(cache.stamp(key));
      }
    }
    if (missing.size() < 2) {
      return;
    }
    List<byte @Nullable []> found = engine.rocks().multiGet(Column.RECORD, keyBytes);
    for (int i = 0; i < missing.size(); i++) {
      byte[] bytes = found.get(i);
      if (bytes != null) {
        cache.fill(missing.get(i), KeyRecord.decode(bytes), stamps.get(i));
      }
    }
  }

  /** Makes {@code after} the record under {@code key}; rows of the one it replaces become garbage. */
  void put(Key key, KeyRecord after) {
    dropRows(key, after);
    write(key, after);
  }

  /** Removes the record under {@code key}, and leaves its rows to the reaper. */
  void remove(Key key) {
    dropRows(key, null);
    write(key, null);
  }

  /** Removes a record without its rows, which another record has taken over. */
  void removeHeader(Key key) {
    write(key, null);
  }

  /** Removes the record if its time is over. */
  boolean expireIfDue(Key key) {
    KeyRecord present = read(key);
    if (present == null || !present.isExpired(nowMs)) {
      return false;
    }
    remove(key);
    change(key).cause(Change.Cause.EXPIRED);
    return true;
  }

  /** What the rows of {@code record} start with. */
  byte[] rowPrefix(Key key, KeyRecord.RowsId rows) {
    byte[] home = rows.home() == null ? key.userKey() : rows.home();
    return engine.format().rowPrefix(key.databaseId(), home, rows.version());
  }

  private void write(Key key, @Nullable KeyRecord after) {
    Change change = change(key);
    undo.add(new Undo(change, change.after()));
    change.after(after);
  }

  private void dropRows(Key key, @Nullable KeyRecord replacement) {
    KeyRecord present = read(key);
    KeyRecord.RowsId old = present == null ? null : present.rows();
    if (old == null) {
      return;
    }
    KeyRecord.RowsId kept = replacement == null ? null : replacement.rows();
    if (kept == null || kept.version() != old.version()) {
      garbage.add(new Garbage(engine.versions().next(), Garbage.Kind.ROWS, rowPrefix(key, old)));
    }
  }

  void countLookup(boolean found) {
    if (found) {
      hits++;
    } else {
      misses++;
    }
  }

  /** How many keys a database has for this unit: the committed ones and what it adds itself. */
  long keyCount(int number) {
    int id = databaseId(number);
    return engine.databases().keys(id) + tally().keysOf(id);
  }

  private Change change(Key key) {
    Change change = changes.get(key);
    if (change == null) {
      if (!locks.holdsForWriting(KeyLocks.stripeOf(key.hash()))) {
        throw new IllegalStateException("writing a key that is not locked");
      }
      change = new Change(key, committed(key));
      changes.put(key, change);
      ordered.add(change);
    }
    return change;
  }

  private @Nullable KeyRecord committed(Key key) {
    RecordCache cache = engine.cache();
    KeyRecord cached = cache.get(key);
    if (cached != null) {
      return cached;
    }
    int stamp = cache.stamp(key);
    byte[] bytes = mode == Mode.MEMORY_ONLY
        ? engine.rocks().getFromMemory(Column.RECORD, key.bytes())
        : engine.rocks().get(Column.RECORD, key.bytes());
    if (bytes == Rocks.NOT_IN_MEMORY) {
      throw WouldBlock.INSTANCE;
    }
    if (bytes == null) {
      return null;
    }
    KeyRecord record = KeyRecord.decode(bytes);
    cache.fill(key, record, stamp);
    return record;
  }

  private @Nullable KeyRecord inView(Key key, View moment) {
    byte[] bytes = engine.rocks().get(Column.RECORD, key.bytes(), moment);
    return bytes == null ? null : KeyRecord.decode(bytes);
  }

  private boolean isLocked(Key key) {
    return locks.holds(KeyLocks.stripeOf(key.hash()));
  }

  private void unpin() {
    if (view != null) {
      view.close();
      view = null;
    }
  }

  private void requireMayBlock() {
    if (mode == Mode.MEMORY_ONLY) {
      throw WouldBlock.INSTANCE;
    }
  }

  // ---- rows

  byte @Nullable [] readRow(byte[] rowKey) {
    requireMayBlock();
    byte[] changed = rows.get(rowKey);
    if (changed != null) {
      return changed == RowChanges.DELETED ? null : changed;
    }
    Rocks rocks = engine.rocks();
    return view == null ? rocks.get(Column.ROW, rowKey) : rocks.get(Column.ROW, rowKey, view);
  }

  void writeRow(byte[] rowKey, byte[] value) {
    rows.put(rowKey, value);
  }

  void deleteRow(byte[] rowKey) {
    rows.delete(rowKey);
  }

  Cursor walkRows(KeyRange range, Cursor.Direction direction) {
    requireMayBlock();
    Cursor committed = engine.rocks().cursor(Column.ROW, range, direction, view);
    return rows.over(committed, range, direction);
  }

  /**
   * Writes the rows of a value that is being created to the store before its header, when there are many. They are
   * garbage until the commit says otherwise: a garbage entry precedes them, and the commit removes it.
   */
  void writeAheadIfMany(byte[] prefix) {
    if (mode == Mode.MEMORY_ONLY || rows.sizeBytes() < WRITE_AHEAD_BYTES) {
      return;
    }
    Batch ahead = engine.rocks().batch();
    if (writtenAhead.stream().noneMatch(entry -> entry.prefix() == prefix)) {
      Garbage entry = new Garbage(engine.versions().next(), Garbage.Kind.ROWS, prefix);
      engine.unfinished().add(entry.id());
      entry.putInto(ahead);
      writtenAhead.add(entry);
    }
    rows.drain(KeyRange.ofPrefix(prefix), ahead);
    engine.rocks().write(ahead, Rocks.Durability.BUFFERED);
  }

  // ---- databases

  /** Empties a database at once: its number gets a new id, what is under the old one is garbage. Needs all locks. */
  void flush(int number) {
    int[] ids = renumberedIds();
    garbage.add(new Garbage(
        engine.versions().next(), Garbage.Kind.DATABASE, KeyFormat.databasePrefix(ids[number])));
    ids[number] = engine.databases().newId();
  }

  /** Exchanges two databases. Needs all locks. */
  void swap(int one, int other) {
    int[] ids = renumberedIds();
    int id = ids[one];
    ids[one] = ids[other];
    ids[other] = id;
  }

  private int[] renumberedIds() {
    if (!locks.holdsAll()) {
      throw new IllegalStateException("renumbering databases without all locks");
    }
    if (renumbered == null) {
      renumbered = new int[engine.databases().count()];
      for (int i = 0; i < renumbered.length; i++) {
        renumbered[i] = engine.databases().id(i);
      }
    }
    return renumbered;
  }

  // ---- the end

  /** Whether it holds locks; without them there is nothing to commit. */
  public boolean holdsLocks() {
    return locks.holdsAny();
  }

  /** Makes all changes durable as configured, tells the hook, and gives the locks back. May wait. */
  public void commit() {
    List<Change> effective = prepare();
    try {
      engine
          .rocks()
          .write(
              batch,
              engine.syncsEachCommit() ? Rocks.Durability.SYNCED : Rocks.Durability.BUFFERED);
    } catch (StorageException e) {
      abandon();
      throw e;
    }
    finish(effective);
  }

  /**
   * Commits unless that would have to wait for the disk or for RocksDB; false leaves everything as it is, locks included,
   * to be committed by a thread that may wait.
   */
  public boolean tryCommit() {
    List<Change> effective = prepare();
    if (batch.count() > 0) {
      Rocks rocks = engine.rocks();
      if (engine.syncsEachCommit() || rocks.writesMayStall() || !writeWithoutWaiting(rocks)) {
        batch.clear();
        return false;
      }
    }
    finish(effective);
    return true;
  }

  private boolean writeWithoutWaiting(Rocks rocks) {
    try {
      return rocks.writeWithoutWaiting(batch);
    } catch (StorageException e) {
      abandon();
      throw e;
    }
  }

  /** Forgets all uncommitted changes and gives the locks back. */
  public void abandon() {
    for (Change change : ordered) {
      engine.cache().changed(change.key(), null);
    }
    clear();
  }

  @Override
  public void close() {
    abandon();
  }

  /** Fills the batch and announces the changes to the record cache. */
  private List<Change> prepare() {
    if (ordered.isEmpty() && garbage.isEmpty() && renumbered == null && rows.isEmpty()) {
      return List.of();
    }
    List<Change> effective = new ArrayList<>(ordered.size());
    for (Change change : ordered) {
      if (!change.isNothing()) {
        engine.cache().willChange(change.key());
        put(change);
        effective.add(change);
      }
    }
    rows.putInto(batch);
    for (Garbage entry : garbage) {
      entry.putInto(batch);
    }
    for (Garbage entry : writtenAhead) {
      entry.deleteFrom(batch);
    }
    tally = tally();
    tally.putInto(batch);
    if (renumbered != null) {
      engine.databases().putInto(batch, renumbered);
    }
    return effective;
  }

  private void put(Change change) {
    Key key = change.key();
    KeyRecord before = change.before();
    KeyRecord after = change.after();
    KeyFormat format = engine.format();
    if (after == null) {
      batch.delete(Column.RECORD, key.bytes());
      batch.delete(Column.SCAN, format.scanKey(key));
    } else {
      batch.put(Column.RECORD, key.bytes(), after.bytes());
      if (before == null) {
        batch.put(Column.SCAN, format.scanKey(key), new byte[0]);
      }
    }
    long oldDeadline = before == null ? KeyRecord.NEVER : before.expireAtMs();
    long newDeadline = after == null ? KeyRecord.NEVER : after.expireAtMs();
    if (oldDeadline != newDeadline) {
      if (oldDeadline != KeyRecord.NEVER) {
        batch.delete(Column.EXPIRY, format.expiryKey(oldDeadline, key));
      }
      if (newDeadline != KeyRecord.NEVER) {
        batch.put(Column.EXPIRY, format.expiryKey(newDeadline, key), new byte[0]);
      }
    }
  }

  private Databases.Tally tally() {
    Databases.Tally tally = engine.databases().new Tally();
    for (Change change : ordered) {
      tally.count(
          change.key().databaseId(),
          presence(change.after()) - presence(change.before()),
          deadlines(change.after()) - deadlines(change.before()));
    }
    return tally;
  }

  private static int presence(@Nullable KeyRecord record) {
    return record == null ? 0 : 1;
  }

  private static int deadlines(@Nullable KeyRecord record) {
    return record == null || record.expireAtMs() == KeyRecord.NEVER ? 0 : 1;
  }

  /** What is on disk now becomes what everybody sees. */
  private void finish(List<Change> effective) {
    if (tally != null) {
      tally.apply();
    }
    for (Change change : effective) {
      KeyRecord after = change.after();
      engine.cache().changed(change.key(), after);
      if (after != null && after.expireAtMs() != KeyRecord.NEVER) {
        engine.deadlineAdded(after.expireAtMs());
      }
      if (change.cause() == Change.Cause.EXPIRED) {
        engine.expired().increment();
      }
    }
    if (renumbered != null) {
      renumber(renumbered);
    }
    if (batch.count() > 0) {
      engine.committed();
    }
    if (!effective.isEmpty()) {
      engine.hook().committed(effective);
    }
    clear();
  }

  private void renumber(int[] ids) {
    Databases databases = engine.databases();
    List<Integer> old = new ArrayList<>();
    for (int number = 0; number < ids.length; number++) {
      if (databases.id(number) != ids[number]) {
        old.add(databases.id(number));
        databases.renumber(number, ids[number]);
      }
    }
    for (int number = 0; number < ids.length; number++) {
      old.remove((Integer) ids[number]);
    }
    old.forEach(databases::forget);
  }

  private void clear() {
    engine.hits().add(hits);
    engine.misses().add(misses);
    hits = 0;
    misses = 0;
    for (Garbage entry : writtenAhead) {
      engine.unfinished().remove(entry.id());
    }
    writtenAhead.clear();
    changes.clear();
    ordered.clear();
    rows.clear();
    garbage.clear();
    undo.clear();
    batch.clear();
    renumbered = null;
    tally = null;
    unpin();
    locks.releaseAll();
  }
}
