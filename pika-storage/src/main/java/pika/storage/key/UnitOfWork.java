package pika.storage.key;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
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
 * #rollbackCommand}; then {@link #commit}, which gives the locks back and leaves the unit ready for more.
 *
 * <p>A command begins a step. Further commands may belong to the same step ({@link #nextCommand}): those of EXEC, those of a
 * script. Each of them can be taken back by itself, and all of them together ({@link #rollbackStep}).
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
    /**
     * May wait for the disk and for locks, for commands that are soon done: where it can, it locks large values that it
     * reads, so that rows it had to fetch are remembered.
     */
    MAY_BLOCK_BRIEFLY,
    /** May wait for the disk and for locks. What it reads for long must not keep others from writing. */
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
  private long nowMs;

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

  /** Whether the unit may wait for the disk and for locks. */
  public boolean mayBlock() {
    return mode != Mode.MEMORY_ONLY;
  }

  /** Begins a step with its first command. For all its commands it is {@code nowMs} from beginning to end. */
  public void beginCommand(long nowMs) {
    this.nowMs = nowMs;
    records.beginStep(nowMs);
    flushed = false;
    uncommitted.beginStep();
    committed.unpin();
  }

  /** Goes on with another command of the same step, which sees what those before it have done. */
  public void nextCommand() {
    flushed = false;
    uncommitted.nextCommand();
    committed.unpin();
  }

  /** Lets the present step read without counting as a use of what it reads (CLIENT NO-TOUCH). */
  public void keepAccessTimes() {
    records.accessTimes().keep();
  }

  /**
   * Has what the present command makes of values that stay under their keys count as no change for those who watch them: what
   * Redis keeps beside a value, such as a stream's groups, is not the value.
   */
  public void changeQuietly() {
    uncommitted.changes().beQuiet();
  }

  /** Whether the present command {@link #changeQuietly changes quietly}. */
  public boolean commandIsQuiet() {
    return uncommitted.changes().isQuiet();
  }

  /**
   * Has nobody told of what the present command makes of keys from now on, not even of keys it makes: neither those who watch
   * them nor those who cache them.
   */
  public void changeSilently() {
    uncommitted.changes().beSilent();
  }

  /** The moment at which the present step runs, in milliseconds since 1970. */
  public long nowMs() {
    return nowMs;
  }

  /** Takes back what the present command has changed. Its locks stay held until the commit. */
  public void rollbackCommand() {
    uncommitted.rollbackCommand();
    flushed = false;
    committed.unpin();
  }

  /** Takes back what the commands of the present step have changed. Their locks stay held until the commit. */
  public void rollbackStep() {
    uncommitted.rollbackStep();
    flushed = false;
    committed.unpin();
  }

  /**
   * The keys that the present command has written, be it with what stood there before, in the order in which it came to
   * them.
   */
  public List<KeyChange> commandChanges() {
    return uncommitted.commandChanges(nowMs);
  }

  /** The keys that the present command has removed. */
  void forEachRemoved(ExpiryListener each) {
    uncommitted.forEachRemoved(each);
  }

  /** Whether the present command has emptied a database. */
  public boolean commandFlushed() {
    return flushed;
  }

  /** How often the present command has looked for a key that was not there. */
  public long commandMisses() {
    return uncommitted.lookUps().commandMisses();
  }

  /** Notes that the present command has looked in vain for a key that none of its arguments names. */
  public void tellMiss(byte[] userKey) {
    uncommitted.lookUps().tellMiss(userKey);
  }

  /** The keys of {@link #tellMiss}, in the order of the looks. */
  public List<byte[]> toldMisses() {
    return uncommitted.lookUps().toldMisses();
  }

  /**
   * Has something done after the commit, on the thread that commits, before the locks are given back:
   * what is told to others of several changes of a key is told in their order. It must be quick and
   * must not throw. If the present command is taken back, or the commit fails, it is not done.
   */
  public void afterCommit(Runnable sequel) {
    uncommitted.sequels().add(sequel);
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
    awaitLocks(plan, () -> false);
  }

  /**
   * The same, but gives up, holding nothing, when {@code givesUp} says so, which is asked now and then.
   *
   * @return whether it holds the locks
   */
  public boolean awaitLocks(LockPlan plan, BooleanSupplier givesUp) {
    return locks.await(plan.wanted(), givesUp);
  }

  /** Keeps every other unit from changing anything. Nothing may be locked or uncommitted: commit first. */
  public void awaitAllLocks() {
    awaitAllLocks(() -> false);
  }

  /** The same, with giving up as in {@link #awaitLocks(LockPlan, BooleanSupplier)}. */
  public boolean awaitAllLocks(BooleanSupplier givesUp) {
    return locks.awaitAll(givesUp);
  }

  /** Whether it keeps every other unit from changing anything. */
  public boolean holdsAllLocks() {
    return locks.holdsAll();
  }

  /** Whether it holds locks; without them there is nothing to commit. */
  public boolean holdsLocks() {
    return locks.holdsAny();
  }

  /** Whether the present step has changed a key that {@code concerns} somebody. */
  public boolean stepChanged(Predicate<Key> concerns) {
    return uncommitted.changes().stepChanged(concerns);
  }

  /** Whether the unit has made another of a key than is committed, if only for a while. */
  public boolean hasChanged(Key key) {
    return uncommitted.changes(key);
  }

  // ---- data

  Engine engine() {
    return engine;
  }

  /** The id of a numbered database, as this unit has left it. */
  int databaseId(int number) {
    return uncommitted.renumbering().id(number);
  }

  /** What a user's key is in the store, as this unit sees the databases. */
  public Key key(int number, byte[] userKey) {
    return engine.format().key(databaseId(number), userKey);
  }

  /**
   * Reads the records of several keys into the record cache, up to some megabytes, so that the commands that follow find
   * them there. Only a hint: nothing depends on it, and it doesn't fail.
   */
  public void prefetch(int number, List<byte[]> userKeys) {
    hints.prefetch(databaseId(number), userKeys);
  }

  /**
   * Brings what the record cache holds of these keys closer to the processor, for commands that follow at once. Only a
   * hint, and cheap enough to be given for arguments that may not be keys.
   */
  public void warm(int number, List<byte[]> userKeys) {
    hints.warm(databaseId(number), userKeys);
  }

  /** The records, as this unit sees and changes them. */
  UnitRecords records() {
    return records;
  }

  /** The rows of large values, as this unit sees and changes them. */
  UnitRows rows() {
    return rows;
  }

  // ---- databases

  /** Empties a database at once: its number gets a new id, what is under the old one is garbage. Needs all locks. */
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

  /** Replaces all libraries of functions; they are on the disk after the commit. Needs all locks. */
  public void replaceFunctions(FunctionLibraries libraries) {
    requireAllLocks();
    uncommitted.functions().replace(libraries);
  }

  /** The libraries that the unit has replaced others by; null if it has left them as they are. */
  public @Nullable FunctionLibraries replacedFunctions() {
    return uncommitted.functions().libraries();
  }

  // ---- the end

  /**
   * Makes all changes durable as configured, tells the hook, and gives the locks back. May wait.
   *
   * @throws StorageException whatever goes wrong, running out of memory included: whoever has to answer for the commit
   *     need not know more
   */
  public void commit() {
    try {
      commit.write();
    } catch (RuntimeException | Error e) {
      throw failure(e);
    } finally {
      clear();
    }
  }

  /**
   * Commits unless that would have to wait for the disk or for RocksDB; false leaves everything as it is, locks included,
   * to be committed by a thread that may wait. Fails as {@link #commit} does.
   */
  public boolean tryCommit() {
    boolean ended = true;
    try {
      ended = commit.tryWrite();
    } catch (RuntimeException | Error e) {
      throw failure(e);
    } finally {
      if (ended) {
        clear();
      }
    }
    return ended;
  }

  /** Forgets all uncommitted changes and gives the locks back. */
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
        : new StorageException("a commit has failed: " + e, e);
  }

  private void clear() {
    try {
      uncommitted.clear();
      committed.unpin();
    } finally {
      locks.releaseAll();
    }
  }
}
