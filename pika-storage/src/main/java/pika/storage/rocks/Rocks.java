package pika.storage.rocks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.CompactRangeOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.Range;
import org.rocksdb.ReadOptions;
import org.rocksdb.ReadTier;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SizeApproximationFlag;
import org.rocksdb.Slice;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pika.storage.bytes.KeyRange;

/**
 * The open database: one RocksDB instance with all {@link Column}s. Thread-safe until
 * {@link #close()}, which must come after the last use. Failures are {@link StorageException}s.
 */
public final class Rocks implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Rocks.class);

  /** The result of {@link #getFromMemory} when only a disk read can tell. Compare by identity. */
  public static final byte[] NOT_IN_MEMORY = new byte[0];

  /** How durable a write is when it returns. */
  public enum Durability {
    /** In the operating system's buffers: survives the death of this process. */
    BUFFERED,
    /** On disk: survives the death of the machine. */
    SYNCED
  }

  private final RocksDB db;
  private final ColumnFamilyHandle[] columns;
  private final int[] columnIds;
  private final Tuning tuning;
  private final StallListener stalls;
  private final FlushGuard flushes;
  private final RocksFigures figures;
  private final Readers readers = new Readers(System::nanoTime);
  private final AtomicInteger openCursors = new AtomicInteger();
  private final RunningCompactions compactions = new RunningCompactions();
  private final WalSync walSync;
  private final OpenTables openTables;
  private final ReadOptions readAll = new ReadOptions();
  private final ReadOptions readMemory = new ReadOptions().setReadTier(ReadTier.BLOCK_CACHE_TIER);
  private final WriteOptions buffered = new WriteOptions();
  private final WriteOptions synced = new WriteOptions().setSync(true);
  private final WriteOptions unstalled = new WriteOptions().setNoSlowdown(true);
  private final WriteFailure writeFailure = new WriteFailure();
  private volatile WriteListener listener = WriteListener.NONE;

  private Rocks(
      RocksDB db,
      WalSync walSync,
      OpenTables openTables,
      List<ColumnFamilyHandle> handles,
      Tuning tuning,
      StallListener stalls) {
    this.db = db;
    this.walSync = walSync;
    this.openTables = openTables;
    this.columns = handles.toArray(ColumnFamilyHandle[]::new);
    this.columnIds = Arrays.stream(columns).mapToInt(ColumnFamilyHandle::getID).toArray();
    this.tuning = tuning;
    this.stalls = stalls;
    this.flushes = new FlushGuard(db);
    this.figures = new RocksFigures(db, columns, tuning.blockCache());
  }

  /**
   * Opens the database in {@code directory}, creating it if it does not exist.
   *
   * @throws StorageException if it is damaged or can't be used; its files are left as they were
   */
  public static Rocks open(Path directory, RocksSettings settings) {
    boolean present = DatabaseFiles.arePresent(directory);
    OpenTables openTables = new OpenTables(directory, settings.tables());
    RocksDB.loadLibrary();
    Tuning tuning = new Tuning(settings);
    StallListener stalls = new StallListener();
    try {
      List<ColumnFamilyDescriptor> families = new ArrayList<>();
      for (Column column : Column.values()) {
        families.add(tuning.family(column));
      }
      List<ColumnFamilyHandle> handles = new ArrayList<>();
      DBOptions options = tuning.database(stalls, openTables.kept()).setCreateIfMissing(!present);
      RocksDB db = RocksDB.open(options, directory.toString(), families, handles);
      return new Rocks(db, new WalSync(db, directory), openTables, handles, tuning, stalls);
    } catch (RocksDBException e) {
      tuning.close();
      stalls.close();
      throw cannotOpen(directory, e);
    }
  }

  private static StorageException cannotOpen(Path directory, RocksDBException e) {
    String why = String.valueOf(e.getMessage());
    Status status = e.getStatus();
    return status != null && status.getCode() == Status.Code.Corruption
        ? DatabaseFiles.damaged(directory, why)
        : new StorageException("can't open the database in " + directory + ": " + why, e);
  }

  /** Sets who is told from now on how long writes take. */
  public void onWrites(WriteListener whoIsTold) {
    listener = whoIsTold;
    stalls.listener(whoIsTold);
  }

  /** Returns the value under {@code key}, null when there is none. May read from disk. */
  public byte @Nullable [] get(Column column, byte[] key) {
    return get(column, key, readAll);
  }

  /**
   * Returns the value under {@code key} as of {@code view}, null when there was none. May read from
   * disk.
   */
  public byte @Nullable [] get(Column column, byte[] key, View view) {
    return get(column, key, view.readOptions());
  }

  /**
   * Returns the value under {@code key} if memtables, filters and block cache suffice: null when it
   * certainly does not exist, {@link #NOT_IN_MEMORY} when a disk read would be needed.
   */
  public byte @Nullable [] getFromMemory(Column column, byte[] key) {
    try {
      return db.get(columns[column.index()], readMemory, key);
    } catch (RocksDBException e) {
      Status status = e.getStatus();
      if (status != null && status.getCode() == Status.Code.Incomplete) {
        return NOT_IN_MEMORY;
      }
      throw failure("reading", e);
    }
  }

  /**
   * Returns the values under {@code keys}, in order, null where there is none <em>or reading it
   * fails</em>: RocksDB's Java API does not distinguish the two, so where it matters, read a null
   * again with {@link #get}. May read from disk, then with several threads in parallel.
   */
  public List<byte @Nullable []> multiGet(Column column, List<byte[]> keys) {
    return readers.read(keys, some -> readAll(column, some));
  }

  private List<byte @Nullable []> readAll(Column column, List<byte[]> keys) {
    try {
      List<ColumnFamilyHandle> sameColumn =
          java.util.Collections.nCopies(keys.size(), columns[column.index()]);
      return db.multiGetAsList(readAll, sameColumn, keys);
    } catch (RocksDBException e) {
      throw failure("reading", e);
    }
  }

  /** Iterates over {@code range} as of now, or as of {@code view}. */
  public Cursor cursor(
      Column column, KeyRange range, Cursor.Direction direction, @Nullable View view) {
    return cursor(column, range, direction, view, RocksCursor.Caching.FILLS);
  }

  /**
   * Iterates over {@code range} as of now without reading from disk. Opening it and each step throw
   * {@link NotInMemoryException} where a disk read would be needed.
   */
  public Cursor cursorInMemory(Column column, KeyRange range, Cursor.Direction direction) {
    return cursor(column, range, direction, null, RocksCursor.Caching.SUFFICES);
  }

  /** Iterates over much of a column without filling the block cache. */
  public Cursor longWalk(Column column, KeyRange range, Cursor.Direction direction) {
    return cursor(column, range, direction, null, RocksCursor.Caching.LEAVES);
  }

  private Cursor cursor(
      Column column,
      KeyRange range,
      Cursor.Direction direction,
      @Nullable View view,
      RocksCursor.Caching caching) {
    ColumnFamilyHandle handle = columns[column.index()];
    return new RocksCursor(
        options -> db.newIterator(handle, options), openCursors, range, direction, view, caching);
  }

  /**
   * Prefetches the first {@code most} entries of a range in the background, if a thread is free.
   */
  public void readAhead(Column column, KeyRange range, int most) {
    readers.readAhead(() -> {
      try (Cursor cursor = cursor(column, range, Cursor.Direction.FORWARD, null)) {
        for (int i = 0; i < most && cursor.valid(); i++) {
          cursor.next();
        }
      }
    });
  }

  /** Returns how many cursors are open. */
  public int openCursors() {
    return openCursors.get();
  }

  /** Returns a view of this moment. */
  public View view() {
    return new View(db);
  }

  /** Returns the sequence number of the last applied change. */
  public long sequence() {
    return db.getLatestSequenceNumber();
  }

  /**
   * Returns the sequence number of the oldest open view; {@link Long#MAX_VALUE} when none is open.
   */
  public long oldestViewSequence() {
    return figures.property(Column.META, "rocksdb.num-snapshots") == 0
        ? Long.MAX_VALUE
        : figures.property(Column.META, "rocksdb.oldest-snapshot-sequence");
  }

  /** Returns an empty batch for this database. */
  public Batch batch() {
    return new Batch(columns, columnIds);
  }

  /** Applies {@code batch} atomically; blocks while RocksDB delays or stops writers. */
  public void write(Batch batch, Durability durability) {
    try {
      write(batch, durability == Durability.SYNCED ? synced : buffered);
    } catch (RocksDBException e) {
      throw failedToWrite("writing", e);
    }
  }

  /** Applies {@code batch} atomically unless that would block; returns whether it was applied. */
  public boolean writeWithoutWaiting(Batch batch) {
    try {
      write(batch, unstalled);
      return true;
    } catch (RocksDBException e) {
      Status status = e.getStatus();
      if (status != null && status.getCode() == Status.Code.Incomplete) {
        return false;
      }
      throw failedToWrite("writing", e);
    }
  }

  /** Returns whether RocksDB currently delays or stops writers. */
  public boolean writesMayStall() {
    if (!stalls.writesMayStall()) {
      return false;
    }
    if (isDelayedOrStopped()) {
      return true;
    }
    stalls.forget();
    return false;
  }

  private boolean isDelayedOrStopped() {
    try {
      return db.getLongProperty("rocksdb.actual-delayed-write-rate") != 0
          || db.getLongProperty("rocksdb.is-write-stopped") != 0;
    } catch (RocksDBException e) {
      throw failure("reading a property", e);
    }
  }

  /**
   * Returns why the last write failed, empty when it succeeded. After a disk failure RocksDB
   * rejects all writes; it recovers from a full disk on its own, trying every few seconds.
   */
  public String writeFailure() {
    return writeFailure.reason();
  }

  /**
   * Syncs everything written so far from the operating system's buffers to disk.
   *
   * <p>Fails without syncing while RocksDB rejects writes, for the reason given at {@link WalSync}.
   */
  public void syncWal() {
    long start = System.nanoTime();
    try {
      tryWritingAgain();
      walSync.run();
      listener.synced(System.nanoTime() - start);
    } catch (RocksDBException e) {
      throw failedToWrite("syncing the write-ahead log", e);
    }
  }

  /** After a failed write, probes with an empty one whether RocksDB accepts writes again. */
  private void tryWritingAgain() throws RocksDBException {
    if (!writeFailure.reason().isEmpty()) {
      try (WriteBatch nothing = new WriteBatch()) {
        db.write(buffered, nothing);
      }
      writeFailure.isOver();
    }
  }

  /** Sets how many table and blob files may be open; see {@link #limitOpenTables}. */
  public void roomForOpenTables(int files) {
    openTables.room(files);
  }

  /**
   * Keeps the number of open files within the room for them while the database grows. Call every
   * few seconds.
   */
  public void limitOpenTables() {
    try {
      openTables.adjust(db);
    } catch (RocksDBException e) {
      throw failure("limiting the number of open files", e);
    }
  }

  /** Flushes the memtables of {@code column} to table files, and waits for that. */
  public void flush(Column column) {
    try (FlushOptions options = new FlushOptions().setWaitForFlush(true)) {
      ColumnFamilyHandle flushed = columns[column.index()];
      flushes.run(List.of(flushed), () -> db.flush(options, flushed));
    } catch (RocksDBException e) {
      throw failure("flushing", e);
    }
  }

  /** Deletes the files that lie wholly inside {@code range}; keys near its edges stay. */
  public void dropFiles(Column column, KeyRange range) {
    byte[] to = range.to();
    if (to == null) {
      throw new IllegalArgumentException("range without an end");
    }
    try {
      db.deleteFilesInRanges(columns[column.index()], List.of(range.from(), to), false);
    } catch (RocksDBException e) {
      throw failure("dropping files", e);
    }
  }

  /**
   * Compacts {@code range} on the calling thread, which may take long. Returns false if
   * {@link #stopCompacting} cut it short.
   */
  public boolean compact(Column column, KeyRange range) {
    try (CompactRangeOptions options = new CompactRangeOptions()
        .setExclusiveManualCompaction(false)
        .setBottommostLevelCompaction(
            CompactRangeOptions.BottommostLevelCompaction.kForceOptimized)) {
      compactions.begin(options);
      try {
        byte[] from = range.from().length == 0 ? null : range.from();
        ColumnFamilyHandle compacted = columns[column.index()];
        flushes.run(
            List.of(compacted), () -> db.compactRange(compacted, from, range.to(), options));
      } finally {
        compactions.end(options);
      }
    } catch (RocksDBException e) {
      if (!compactions.areStopped()) {
        throw failure("compacting", e);
      }
    }
    return !compactions.areStopped();
  }

  /**
   * Makes running calls of {@link #compact} return soon and later ones immediately; call before
   * closing.
   */
  public void stopCompacting() {
    compactions.stop();
  }

  /**
   * Creates in {@code directory}, which must not exist, a database of its own with all data of this
   * moment.
   */
  public void checkpoint(Path directory) {
    try (Checkpoint checkpoint = Checkpoint.create(db)) {
      flushes.run(List.of(columns), () -> checkpoint.createCheckpoint(directory.toString()));
    } catch (RocksDBException e) {
      throw failure("creating a checkpoint", e);
    }
  }

  /**
   * Returns roughly how many bytes the keys of a range take, in files and memtables.
   *
   * @throws IllegalArgumentException if the range has no end
   */
  public long estimatedBytes(Column column, KeyRange range) {
    byte[] to = range.to();
    if (to == null) {
      throw new IllegalArgumentException("range without an end");
    }
    try (Slice from = new Slice(range.from());
        Slice end = new Slice(to)) {
      return db.getApproximateSizes(
              columns[column.index()],
              List.of(new Range(from, end)),
              SizeApproximationFlag.INCLUDE_FILES,
              SizeApproximationFlag.INCLUDE_MEMTABLES)[0];
    }
  }

  /** Returns the database itself. */
  RocksDB db() {
    return db;
  }

  /** Returns what RocksDB reports about itself. */
  public RocksFigures figures() {
    return figures;
  }

  /**
   * Closes the database, unless a read hangs because the disk does not respond: closing it under
   * that read would crash the process.
   */
  @Override
  public void close() {
    flushes.close();
    if (!readers.end()) {
      LOG.warn("not closing RocksDB, because the disk has not answered a read for"
          + " seconds; the next start recovers from the write-ahead log");
      return;
    }
    for (ColumnFamilyHandle column : columns) {
      column.close();
    }
    readAll.close();
    readMemory.close();
    buffered.close();
    synced.close();
    unstalled.close();
    walSync.close();
    try {
      db.closeE();
    } catch (RocksDBException e) {
      throw failure("closing RocksDB", e);
    } finally {
      tuning.close();
      stalls.close();
    }
  }

  private void write(Batch batch, WriteOptions options) throws RocksDBException {
    if (batch.isEmpty()) {
      return;
    }
    long start = System.nanoTime();
    try (WriteBatch nativeBatch = batch.take()) {
      db.write(options, nativeBatch);
      listener.wrote(System.nanoTime() - start);
    } catch (OutOfMemoryError e) {
      throw new StorageException("out of memory, the write is too large", e);
    }
    writeFailure.isOver();
  }

  private byte @Nullable [] get(Column column, byte[] key, ReadOptions options) {
    try {
      return db.get(columns[column.index()], options, key);
    } catch (RocksDBException e) {
      throw failure("reading", e);
    }
  }

  private StorageException failedToWrite(String what, RocksDBException e) {
    StorageException failure = failure(what, e);
    writeFailure.is(failure, e.getStatus());
    return failure;
  }

  private static StorageException failure(String what, RocksDBException e) {
    return new StorageException(what + " failed: " + e.getMessage(), e);
  }
}
