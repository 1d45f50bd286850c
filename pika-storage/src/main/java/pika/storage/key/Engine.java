package pika.storage.key;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
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
  private final CommitHook hook;
  private final KeyLocks locks = new KeyLocks();
  private final Set<Long> unfinished = ConcurrentHashMap.newKeySet();
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder expired = new LongAdder();
  private volatile boolean syncEachCommit;
  private volatile boolean unsynced;
  private volatile long nextDeadlineMs;

  /** Starts on an open database. {@code slots} tells whether keys carry their hash slot. */
  public Engine(Rocks rocks, boolean slots, int databases, long cacheBytes, CommitHook hook) {
    this.rocks = rocks;
    this.format = slots ? KeyFormat.slotted() : KeyFormat.plain();
    this.cache = new RecordCache(cacheBytes);
    this.databases = new Databases(rocks, databases);
    this.versions = new Versions(rocks);
    this.hook = hook;
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

  /** Keys removed because their time was over, since the start. */
  public LongAdder expired() {
    return expired;
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

  /** No deadline lies before this moment, in milliseconds since 1970. */
  public long nextDeadlineMs() {
    return nextDeadlineMs;
  }

  /** Lowers the bound for a deadline that was just committed. */
  public void deadlineAdded(long deadlineMs) {
    if (deadlineMs < nextDeadlineMs) {
      synchronized (this) {
        nextDeadlineMs = Math.min(nextDeadlineMs, deadlineMs);
      }
    }
  }

  /**
   * Forgets the bound, to be called before a sweep. Commits lower it again from here on, and the sweep does with {@link
   * #deadlineAdded} for the nearest deadline it leaves.
   */
  public synchronized void forgetDeadlines() {
    nextDeadlineMs = Long.MAX_VALUE;
  }

  /** The database underneath. */
  public Rocks rocks() {
    return rocks;
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

  /** Tells whether something was committed since the last call: whether the log needs syncing. */
  public boolean takeUnsynced() {
    boolean was = unsynced;
    unsynced = false;
    return was;
  }

  void committed() {
    if (!unsynced) {
      unsynced = true;
    }
  }
}
