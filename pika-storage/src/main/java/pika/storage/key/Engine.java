package pika.storage.key;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import pika.storage.rocks.Column;
import pika.storage.rocks.Rocks;

/** The state that all units of work of one store share. Thread-safe. */
public final class Engine {
  private final Rocks rocks;
  private final KeyFormat format;
  private final RecordCache cache;
  private final Databases databases;
  private final Versions versions;
  private final long startedAtMs;
  private final CommitHook hook;
  private final KeyLocks locks = new KeyLocks();
  private final DeadlineBound deadlines = new DeadlineBound();
  private final Set<Long> unfinished = ConcurrentHashMap.newKeySet();
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder changes = new LongAdder();
  private final LongAdder expired = new LongAdder();
  private volatile boolean syncEachCommit;
  private volatile boolean unsynced;
  private volatile boolean garbageAdded = true;
  private volatile BooleanSupplier leavesExpired = () -> false;

  /**
   * Creates the engine on an open database.
   *
   * @param slots whether keys carry their hash slot
   * @param databases how many numbered databases there are
   * @param cacheBytes bound of the record cache
   * @param startedAtMs the current time; records with no known access time count as idle since then
   */
  public Engine(
      Rocks rocks,
      boolean slots,
      int databases,
      long cacheBytes,
      long startedAtMs,
      CommitHook hook) {
    this.rocks = rocks;
    this.format = slots ? KeyFormat.slotted() : KeyFormat.plain();
    this.cache = new RecordCache(cacheBytes);
    this.databases = new Databases(rocks, databases);
    this.versions = new Versions(rocks);
    this.startedAtMs = startedAtMs;
    this.hook = hook;
  }

  /**
   * Reserves version numbers on disk ahead of use, so that units on a loop need not wait for it.
   * Call every second.
   */
  public void reserveVersions() {
    versions.reserveAhead();
  }

  /** Begins a unit of work, confined to one thread at a time; it may be handed on as a whole. */
  public UnitOfWork begin(UnitOfWork.Mode mode) {
    return new UnitOfWork(this, mode);
  }

  /** Sets whether commits are synced before they are acknowledged (appendfsync always). */
  public void syncEachCommit(boolean sync) {
    syncEachCommit = sync;
  }

  /** Returns how many databases there are. */
  public int databaseCount() {
    return databases.count();
  }

  /** Returns the exact number of keys of a database, including expired ones not yet removed. */
  public long keyCount(int database) {
    return databases.keys(databases.id(database));
  }

  /** Returns the stored form of a user's key, valid until a database is flushed or swapped. */
  public Key key(int database, byte[] userKey) {
    return format.key(databases.id(database), userKey);
  }

  /** Returns whether a key is stored and not expired at {@code nowMs}. May block. */
  public boolean isLive(Key key, long nowMs) {
    byte[] stored = rocks.get(Column.RECORD, key.bytes());
    return stored != null && !KeyRecord.decode(stored).isExpired(nowMs);
  }

  /** Returns how many keys of a database have a deadline. */
  public long expiryCount(int database) {
    return databases.expires(databases.id(database));
  }

  /** Lookups that found a live key, since the start. */
  public LongAdder hits() {
    return hits;
  }

  /** Lookups that found none, since the start. */
  public LongAdder misses() {
    return misses;
  }

  /** Leaves expired keys in the store, though nobody sees them, while {@code condition} holds. */
  public void leaveExpiredWhile(BooleanSupplier condition) {
    leavesExpired = condition;
  }

  /** Returns whether expired keys are left in the store at present. */
  public boolean leavesExpired() {
    return leavesExpired.getAsBoolean();
  }

  /** Keys removed by expiry, since the start. */
  public LongAdder expired() {
    return expired;
  }

  /** Keys changed by commits, since the start. */
  public LongAdder changes() {
    return changes;
  }

  /** Returns how often lookups in the record cache succeed. */
  public CacheFigures cacheFigures() {
    return cache.figures();
  }

  /** Returns the number of entries in the record cache. */
  public long cachedRecords() {
    return cache.entries();
  }

  /** Returns the estimated heap bytes of the record cache. */
  public long cacheBytes() {
    return cache.sizeBytes();
  }

  /** Changes the bound of the record cache. */
  public void cacheBytes(long maximumBytes) {
    cache.resize(maximumBytes);
  }

  /** Empties the record cache, so that the next reads go to RocksDB. */
  public void forgetCached() {
    cache.clear();
  }

  /** Returns whether there may be expired keys at {@code nowMs}; false is certain. */
  public boolean mayHoldExpired(int database, long nowMs) {
    return deadlines.get() <= nowMs && expiryCount(database) > 0;
  }

  /** The database underneath. */
  public Rocks rocks() {
    return rocks;
  }

  long startedAtMs() {
    return startedAtMs;
  }

  KeyFormat format() {
    return format;
  }

  RecordCache cache() {
    return cache;
  }

  Databases databases() {
    return databases;
  }

  Versions versions() {
    return versions;
  }

  KeyLocks locks() {
    return locks;
  }

  DeadlineBound deadlines() {
    return deadlines;
  }

  CommitHook hook() {
    return hook;
  }

  boolean syncsEachCommit() {
    return syncEachCommit;
  }

  /**
   * Returns whether a garbage entry belongs to a value still being written, which the reaper must
   * leave alone.
   */
  public boolean isUnfinished(long garbageId) {
    return unfinished.contains(garbageId);
  }

  Set<Long> unfinished() {
    return unfinished;
  }

  /** Returns whether garbage may have been added since the last call, and resets the flag. */
  public boolean takeGarbageAdded() {
    boolean was = garbageAdded;
    garbageAdded = false;
    return was;
  }

  void garbageAdded() {
    garbageAdded = true;
  }

  /** Syncs what was committed since the last call to disk; if that fails, the next call retries. */
  public void syncCommits() {
    if (!unsynced) {
      return;
    }
    unsynced = false;
    try {
      rocks.syncWal();
    } catch (RuntimeException e) {
      unsynced = true;
      throw e;
    }
  }

  void committed() {
    if (!unsynced) {
      unsynced = true;
    }
  }
}
