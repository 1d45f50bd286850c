package pika.storage.key;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import pika.storage.rocks.StorageException;
import pika.storage.rocks.View;

/**
 * The only way to read and write data: a transaction of one or more steps, each made of one or more
 * commands.
 *
 * <p>Commands read and write through it; it sees its own uncommitted changes, nobody else does.
 * {@link #commit} writes all of them in one RocksDB batch. Everything that has to change along with
 * a record (scan index, expiry index, counters, record cache) is derived there from what the record
 * was before and is after, so that no command can forget it.
 *
 * <p>Life cycle: for each command {@link #beginCommand}, locks, reads and writes, and on failure
 * {@link #rollbackCommand}; then {@link #commit}, which releases the locks and leaves the unit
 * ready for more.
 *
 * <p>A command begins a step. Further commands may belong to the same step ({@link #nextCommand}):
 * those of EXEC or of a script. Each of them can be rolled back alone, and all of them together
 * ({@link #rollbackStep}).
 *
 * <p>Locks: to change a key, a unit holds its write lock from before the first read until the
 * commit. Reading one record needs none. Reading a value that has rows without holding its lock
 * pins a {@link View} for the rest of the command.
 *
 * <p>Confined to one thread at a time; it may be handed on as a whole between commands.
 */
public final class UnitOfWork implements AutoCloseable {
  /** What a unit may do to its thread. */
  public enum Mode {
    /** Never waits and never reads from disk: throws {@link WouldBlock} instead. */
    MEMORY_ONLY,
    /**
     * May wait for the disk and for locks, for commands that finish soon: where it can, it locks
     * the large values it reads, so that rows it fetches can be cached.
     */
    MAY_BLOCK_BRIEFLY,
    /** May wait for the disk and for locks. Long reads must not keep others from writing. */
    MAY_BLOCK
  }

  private final Engine engine;
  private final Mode mode;
  private final HeldLocks locks;
  private final Committed committed;
  private final Uncommitted uncommitted;
  private final UnitRecords records;
  private final UnitRows rows;
  private final Hints hints;
  private final Commit commit;

  private boolean flushed;
  private boolean refusesRows;
  private long nowMs;
  /** The last one asked for: a command needs its key several times, and so may the next command. */
  private @Nullable Key lastKey;

  private @Nullable Keyspace lastKeyspace;
  private @Nullable Rows lastRows;

  UnitOfWork(Engine engine, Mode mode) {
    this.engine = engine;
    this.mode = mode;
    this.locks = new HeldLocks(engine.locks());
    this.committed = new Committed(engine, mode);
    this.uncommitted = new Uncommitted(engine);
    this.records = new UnitRecords(engine, mode, locks, committed, uncommitted);
    this.rows = new UnitRows(engine, mode, records, committed, uncommitted);
    this.hints = new Hints(engine, committed);
    this.commit = new Commit(engine, uncommitted);
  }

  /** Returns whether the unit may wait for the disk and for locks. */
  public boolean mayBlock() {
    return mode != Mode.MEMORY_ONLY;
  }

  /**
   * Begins a step with its first command.
   *
   * @param nowMs the time for all commands of the step, in milliseconds since 1970
   */
  public void beginCommand(long nowMs) {
    this.nowMs = nowMs;
    records.beginStep(nowMs);
    refusesRows = false;
    flushed = false;
    uncommitted.beginStep();
    committed.unpin();
  }

  /** Begins another command of the same step, which sees what those before it have done. */
  public void nextCommand() {
    flushed = false;
    uncommitted.nextCommand();
    committed.unpin();
  }

  /** Keeps the current step from updating access times (CLIENT NO-TOUCH). */
  public void keepAccessTimes() {
    records.accessTimes().keep();
  }

  /**
   * Lets the current step go on only while all values it reads are whole in their records: asking for
   * rows, even new ones, throws {@link WouldBlock}.
   */
  public void refuseRows() {
    refusesRows = true;
  }

  void requireRows() {
    if (refusesRows) {
      throw WouldBlock.INSTANCE;
    }
  }

  /**
   * Hides the current command's changes to existing values from WATCH and client-side caching: what
   * Redis keeps beside a value, such as a stream's groups, is not the value.
   */
  public void changeQuietly() {
    uncommitted.changes().beQuiet();
  }

  /** Returns whether the current command {@linkplain #changeQuietly changes quietly}. */
  public boolean commandIsQuiet() {
    return uncommitted.changes().isQuiet();
  }

  /**
   * Hides all further changes of the current command from WATCH and client-side caching, those of keys
   * it creates included.
   */
  public void changeSilently() {
    uncommitted.changes().beSilent();
  }

  /**
   * Keeps the current command's lookups out of the statistics: finding what is to be changed is
   * neither a hit nor a miss.
   */
  public void countNoLookUps() {
    uncommitted.lookUps().pause();
  }

  /** Returns the time of the current step, in milliseconds since 1970. */
  public long nowMs() {
    return nowMs;
  }

  /** Undoes the current command's changes. Its locks are held until the commit. */
  public void rollbackCommand() {
    uncommitted.rollbackCommand();
    flushed = false;
    committed.unpin();
  }

  /**
   * Undoes the changes of all commands of the current step. Their locks are held until the commit.
   */
  public void rollbackStep() {
    uncommitted.rollbackStep();
    flushed = false;
    committed.unpin();
  }

  /**
   * Returns the keys the current command has written, changed or not, in the order of their first
   * write.
   */
  public List<KeyChange> commandChanges() {
    return uncommitted.commandChanges(nowMs);
  }

  /** Passes on the keys the current command has removed. */
  void forEachRemoved(ExpiryListener each) {
    uncommitted.forEachRemoved(each);
  }

  /** Returns whether the current command has flushed a database. */
  public boolean commandFlushed() {
    return flushed;
  }

  /** Returns how often the current command has looked up a key that does not exist. */
  public long commandMisses() {
    return uncommitted.lookUps().commandMisses();
  }

  /**
   * Records that the current command has looked up a missing key that is not among its arguments.
   */
  public void tellMiss(byte[] userKey) {
    uncommitted.lookUps().tellMiss(userKey);
  }

  /** Returns the keys passed to {@link #tellMiss}, in order. */
  public List<byte[]> toldMisses() {
    return uncommitted.lookUps().toldMisses();
  }

  /**
   * Runs {@code sequel} after the commit, on the committing thread, before the locks are released,
   * so that others learn of several changes to a key in their order. It must be quick and must not
   * throw. It is discarded if the current command is rolled back or the commit fails.
   */
  public void afterCommit(Runnable sequel) {
    uncommitted.sequels().add(sequel);
  }

  /** Returns one of the numbered databases, as this unit sees it. */
  public Keyspace keyspace(int database) {
    Keyspace keyspace = lastKeyspace;
    if (keyspace == null || keyspace.number() != database) {
      keyspace = new Keyspace(this, database);
      lastKeyspace = keyspace;
    }
    return keyspace;
  }

  // ---- locks

  /** Locks one key for writing if that needs no waiting. */
  public boolean tryLock(byte[] userKey) {
    return locks.tryLock(LockPlan.forWriting(userKey));
  }

  /**
   * Acquires all locks of a plan if that needs no waiting; on failure, those acquired are held
   * until the commit.
   */
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
    awaitLocks(plan, () -> false);
  }

  /**
   * Like {@link #awaitLocks(LockPlan)}, but gives up, holding nothing, when {@code givesUp}, which
   * is polled, returns true.
   *
   * @return whether the locks are held
   */
  public boolean awaitLocks(LockPlan plan, BooleanSupplier givesUp) {
    return locks.await(plan.wanted(), givesUp);
  }

  /**
   * Waits until no other unit can change anything. Nothing may be locked or uncommitted: commit
   * first.
   */
  public void awaitAllLocks() {
    awaitAllLocks(() -> false);
  }

  /**
   * Like {@link #awaitAllLocks()}, giving up as {@link #awaitLocks(LockPlan, BooleanSupplier)}
   * does.
   */
  public boolean awaitAllLocks(BooleanSupplier givesUp) {
    return locks.awaitAll(givesUp);
  }

  /** Returns whether it keeps every other unit from changing anything. */
  public boolean holdsAllLocks() {
    return locks.holdsAll();
  }

  /** Returns whether it holds locks; without them there is nothing to commit. */
  public boolean holdsLocks() {
    return locks.holdsAny();
  }

  /** Returns whether the current step has written a key that matches {@code concerns}. */
  public boolean stepChanged(Predicate<Key> concerns) {
    return uncommitted.changes().stepChanged(concerns);
  }

  /** Returns whether the unit's version of a key differs from the committed one, or did meanwhile. */
  public boolean hasChanged(Key key) {
    return uncommitted.changes(key);
  }

  // ---- data

  Engine engine() {
    return engine;
  }

  /** Returns the id of a numbered database, as this unit has left it. */
  int databaseId(int number) {
    return uncommitted.renumbering().id(number);
  }

  /** Returns the stored form of a user's key, as this unit sees the databases. */
  public Key key(int number, byte[] userKey) {
    int databaseId = databaseId(number);
    Key key = lastKey;
    if (key == null || !key.is(databaseId, userKey)) {
      key = engine.format().key(databaseId, userKey);
      lastKey = key;
    }
    return key;
  }

  /** Returns the rows of the value that has this record. */
  Rows rows(Key owner, KeyRecord record) {
    Rows rows = lastRows;
    if (rows == null || !rows.areOf(owner, record)) {
      KeyRecord.RowsId id = record.rows();
      if (id == null) {
        throw new IllegalArgumentException("a record without rows");
      }
      rows = new Rows(this, owner, id);
      lastRows = rows;
    }
    return rows;
  }

  /**
   * Reads the records of several keys into the record cache, up to some megabytes, for the commands
   * that follow. Only a hint: it never fails.
   */
  public void prefetch(int number, List<byte[]> userKeys) {
    hints.prefetch(databaseId(number), userKeys);
  }

  /**
   * Pulls what the record cache holds of these keys into the processor's cache, for commands that
   * follow immediately. Only a hint, and cheap enough to be given for arguments that may not be
   * keys.
   */
  public void warm(int number, List<byte[]> userKeys) {
    hints.warm(databaseId(number), userKeys);
  }

  /** Returns what takes hints about the commands that follow. */
  Hints hints() {
    return hints;
  }

  /** Returns the records, as this unit sees and changes them. */
  UnitRecords records() {
    return records;
  }

  /** Returns the rows of large values, as this unit sees and changes them. */
  UnitRows rows() {
    return rows;
  }

  // ---- databases

  /**
   * Empties a database in O(1): its number gets a new id, and everything under the old id is
   * garbage. Needs all locks.
   */
  void flush(int number) {
    requireAllLocks();
    uncommitted.garbage().drop(Garbage.Kind.DATABASE, KeyFormat.databasePrefix(databaseId(number)));
    uncommitted.renumbering().renew(number);
    flushed = true;
  }

  /** Exchanges two databases. Needs all locks. */
  void swap(int one, int other) {
    requireAllLocks();
    uncommitted.renumbering().swap(one, other);
  }

  private void requireAllLocks() {
    if (!locks.holdsAll()) {
      throw new IllegalStateException("changing the whole store without all locks");
    }
  }

  // ---- functions

  /**
   * Replaces all function libraries; they are stored, and synced, by the commit. Needs all locks.
   */
  public void replaceFunctions(FunctionLibraries libraries) {
    requireAllLocks();
    uncommitted.functions().replace(libraries);
  }

  /** Returns the unit's replacement of the function libraries, or null. */
  public @Nullable FunctionLibraries replacedFunctions() {
    return uncommitted.functions().libraries();
  }

  // ---- the end

  /**
   * Commits all changes as durably as configured, runs the hook, and releases the locks. May block.
   *
   * @throws StorageException for any failure, including out of memory: whoever has to answer for
   *     the commit need not know more
   */
  public void commit() {
    try {
      commit.write(nowMs);
    } catch (RuntimeException | Error e) {
      throw failure(e);
    } finally {
      clear();
    }
  }

  /**
   * Commits if that needs no waiting for the disk or RocksDB. Otherwise returns false and leaves
   * everything as it is, locks included, to be committed by a thread that may wait. Fails as
   * {@link #commit} does.
   */
  public boolean tryCommit() {
    boolean ended = true;
    try {
      ended = commit.tryWrite(nowMs);
    } catch (RuntimeException | Error e) {
      throw failure(e);
    } finally {
      if (ended) {
        clear();
      }
    }
    return ended;
  }

  /** Discards all uncommitted changes and releases the locks. */
  public void abandon() {
    clear();
  }

  @Override
  public void close() {
    abandon();
  }

  private static StorageException failure(Throwable e) {
    return e instanceof StorageException known
        ? known
        : new StorageException("committing failed: " + e, e);
  }

  private void clear() {
    try {
      lastKey = null;
      lastRows = null;
      uncommitted.clear();
      committed.end();
    } finally {
      locks.releaseAll();
    }
  }
}
