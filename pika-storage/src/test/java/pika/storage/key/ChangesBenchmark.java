package pika.storage.key;

import static pika.storage.key.TestEngine.bytes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import pika.storage.ScratchDirectory;
import pika.storage.Timed;
import pika.storage.rocks.Batch;
import pika.storage.rocks.Rocks;
import pika.storage.rocks.RocksSettings;

/**
 * The cost of adding a changed key to a commit's batch: its record, and its index entries where
 * they change.
 */
public class ChangesBenchmark extends Timed {
  private static final int KEYS = 100;
  private static final int VALUE_BYTES = 100;
  private static final long DEADLINE_MS = 2_000_000_000_000L;

  private final KeyFormat format = KeyFormat.plain();
  private final List<Change> created = new ArrayList<>();
  private final List<Change> replaced = new ArrayList<>();
  private final List<Change> postponed = new ArrayList<>();
  private final List<Change> deleted = new ArrayList<>();
  private Path directory;
  private Rocks rocks;
  private Batch batch;

  @Setup
  public void make() throws IOException {
    directory = ScratchDirectory.create();
    rocks = Rocks.open(directory, RocksSettings.withBlockCache(8 << 20));
    batch = rocks.batch();
    byte[] value = new byte[VALUE_BYTES];
    new Random(1).nextBytes(value);
    KeyRecord record = KeyRecord.of(DataType.STRING, 0, KeyRecord.NEVER, value);
    KeyRecord other = KeyRecord.of(DataType.STRING, 0, KeyRecord.NEVER, value);
    for (int i = 0; i < KEYS; i++) {
      Key key = format.key(0, bytes(String.format("key:%012d", i)));
      created.add(change(key, null, record));
      replaced.add(change(key, record, other));
      postponed.add(
          change(key, record.withExpiry(DEADLINE_MS), record.withExpiry(DEADLINE_MS + i + 1)));
      deleted.add(change(key, record, null));
    }
  }

  private static Change change(Key key, @Nullable KeyRecord before, @Nullable KeyRecord after) {
    Change change = new Change(key, before);
    change.become(after, Change.Cause.COMMAND, false, true, true);
    return change;
  }

  @TearDown
  public void close() throws IOException {
    rocks.close();
    ScratchDirectory.delete(directory);
  }

  @Benchmark
  @OperationsPerInvocation(KEYS)
  public Batch create() {
    return putAll(created);
  }

  @Benchmark
  @OperationsPerInvocation(KEYS)
  public Batch replace() {
    return putAll(replaced);
  }

  @Benchmark
  @OperationsPerInvocation(KEYS)
  public Batch moveDeadline() {
    return putAll(postponed);
  }

  @Benchmark
  @OperationsPerInvocation(KEYS)
  public Batch delete() {
    return putAll(deleted);
  }

  private Batch putAll(List<Change> changes) {
    batch.clear();
    for (Change change : changes) {
      Changes.putInto(batch, format, change);
    }
    return batch;
  }
}
