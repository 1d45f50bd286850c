package pika.storage.key;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import pika.storage.rocks.Column;
import pika.storage.rocks.Rocks;

/**
 * What all units of work of one store share. Safe for many threads.
 */
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
   * Starts on an open database.
   *
   * @param slots whether keys carry their hash slot
   * @param databases how many numbered databases there are
   * @param cacheBytes bound of the record cache
   * @param startedAtMs the present moment; what is known of no use is taken for unused since then
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

  /** Writes ahead what units of work on a loop must not wait for; to be called every second. */
  public void reserveVersions() {
    versions.reserveAhead();
  }

  /** Begins a unit of work, confined to the calling thread until it is handed on as a whole. */
  public UnitOfWork begin(UnitOfWork.Mode mode) {
    return new UnitOfWork(this, mode);
  }

  /** Whether commits reach the disk before they are acknowledged (appendfsync always). */
  public void syncEachCommit(boolean sync) {
    syncEachCommit = sync;
  }

  /** How many databases there are. */
  public int databaseCount() {
    return databases.count();
  }

  /** Exact number of keys of a database, expired ones that nobody has touched yet included. */
  public long keyCount(int database) {
    return databases.keys(databases.id(database));
  }

  /** What a user's key is in the store, as long as no database is emptied or exchanged. */
  public Key key(int database, byte[] userKey) {
    return format.key(databases.id(database), userKey);
  }

  /** Whether something that has not expired by {@code nowMs} is stored under a key. May wait. */
  public boolean isLive(Key key, long nowMs) {
    byte[] stored = rocks.get(Column.RECORD, key.bytes());
    return stored != null && !KeyRecord.decode(stored).isExpired(nowMs);
  }

  /** How many keys of a database have a deadline. */
  public long expiryCount(int database) {
    return databases.expires(databases.id(database));
  }

  /** Lookups that found a live key since the start. */
  public LongAdder hits() {
    return hits;
  }

  /** Lookups that found none since the start. */
  public LongAdder misses() {
    return misses;
  }

  /** Has expired keys left where they are for as long as {@code condition} holds; nobody sees them any more even so. */
  public void leaveExpiredWhile(BooleanSupplier condition) {
    leavesExpired = condition;
  }

  /** Whether expired keys are left where they are at present. */
  public boolean leavesExpired() {
    return leavesExpired.getAsBoolean();
  }

  /** Keys removed because their time was over, since the start. */
  public LongAdder expired() {
    return expired;
  }

  /** Keys that commits have changed, since the start. */
  public LongAdder changes() {
    return changes;
  }

  /** Entries in the record cache. */
  public long cachedRecords() {
    return cache.entries();
  }

  /** Estimated heap bytes of the record cache. */
  public long cacheBytes() {
    return cache.sizeBytes();
  }

  /** Changes the bound of the record cache. */
  public void cacheBytes(long maximumBytes) {
    cache.resize(maximumBytes);
  }

  /** Empties the record cache: what is read next comes from RocksDB. */
  public void forgetCached() {
    cache.clear();
  }

  /** Whether keys can be there whose time is over at {@code nowMs}; false is certain. */
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

  /** Whether a garbage entry belongs to a value that is still being written; the reaper leaves it alone. */
  public boolean isUnfinished(long garbageId) {
    return unfinished.contains(garbageId);
  }

  Set<Long> unfinished() {
    return unfinished;
  }

  /** Tells whether garbage may have been left since the last call. */
  public boolean takeGarbageAdded() {
    boolean was = garbageAdded;
    garbageAdded = false;
    return was;
  }

  void garbageAdded() {
    garbageAdded = true;
  }

  /** Brings what was committed since the last call to the disk; what fails is tried again by the next call. */
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
