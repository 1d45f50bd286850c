package pika.storage.key;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.KeyRange;
import pika.storage.rocks.Column;
import pika.storage.rocks.Cursor;
import pika.storage.rocks.Rocks;
import pika.storage.rocks.RocksSettings;

/** An engine without maintenance threads, with a manual clock. */
public final class TestEngine implements AutoCloseable {
  /** The number of databases. */
  public static final int DATABASES = 4;

  private static final long START_MS = 1_000_000_000_000L;

  private final Rocks rocks;
  private final Engine engine;
  private long nowMs = START_MS;

  private TestEngine(Path directory, boolean slots, long cacheBytes, CommitHook hook) {
    this.rocks = Rocks.open(directory, RocksSettings.withBlockCache(8 << 20));
    this.engine = new Engine(rocks, slots, DATABASES, cacheBytes, START_MS, hook);
  }

  /** Opens the database in {@code directory}, creating it if necessary. */
  public static TestEngine in(Path directory) {
    return new TestEngine(directory, false, 1 << 20, changes -> {});
  }

  /** Opens it with a commit hook and a given size of the record cache. */
  static TestEngine in(Path directory, long cacheBytes, CommitHook hook) {
    return new TestEngine(directory, false, cacheBytes, hook);
  }

  /** Opens it with hash slots in its keys. */
  public static TestEngine slotted(Path directory) {
    return new TestEngine(directory, true, 1 << 20, changes -> {});
  }

  /** Returns the engine. */
  public Engine engine() {
    return engine;
  }

  /** Returns the database underneath. */
  public Rocks rocks() {
    return rocks;
  }

  /** Returns the current time. */
  public long nowMs() {
    return nowMs;
  }

  /** Advances the clock. */
  public void pass(long ms) {
    nowMs += ms;
  }

  /** Runs one command on database 0 in a unit of work of its own and commits it. */
  public void run(Consumer<Keyspace> command) {
    ask(keyspace -> {
      command.accept(keyspace);
      return 0;
    });
  }

  /** Like {@link #run}, with a result. */
  public <T> T ask(Function<Keyspace, T> command) {
    try (UnitOfWork unit = engine.begin(UnitOfWork.Mode.MAY_BLOCK)) {
      unit.awaitAllLocks();
      unit.beginCommand(nowMs);
      T answer = command.apply(unit.keyspace(0));
      unit.commit();
      return answer;
    }
  }

  /** Runs one read-only command without locks. */
  public void look(Consumer<Keyspace> command) {
    try (UnitOfWork unit = engine.begin(UnitOfWork.Mode.MAY_BLOCK)) {
      unit.beginCommand(nowMs);
      command.accept(unit.keyspace(0));
    }
  }

  /** Like {@link #run}, with a result that may be null. */
  public <T> @Nullable T find(Function<Keyspace, @Nullable T> command) {
    List<T> answer = new ArrayList<>();
    run(keyspace -> {
      T found = command.apply(keyspace);
      if (found != null) {
        answer.add(found);
      }
    });
    return answer.isEmpty() ? null : answer.get(0);
  }

  /** Returns how many entries a column has. */
  public int count(Column column) {
    int count = 0;
    try (Cursor cursor = rocks.cursor(column, KeyRange.all(), Cursor.Direction.FORWARD, null)) {
      for (; cursor.valid(); cursor.next()) {
        count++;
      }
    }
    return count;
  }

  /** Checks all invariants between the columns, the counters and the cache. */
  public void audit() {
    new Audit(engine).check();
  }

  @Override
  public void close() {
    int forgotten = rocks.openCursors();
    rocks.close();
    if (forgotten > 0) {
      throw new AssertionError(forgotten + " cursors were never closed");
    }
  }

  /** Encodes one byte per character. */
  public static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  /** Decodes one character per byte. */
  public static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  /** Returns a record with a text that doesn't expire. */
  public static KeyRecord record(String text) {
    return record(text, KeyRecord.NEVER);
  }

  /** Returns a record with a text. */
  public static KeyRecord record(String text, long expireAtMs) {
    return KeyRecord.of(DataType.STRING, 0, expireAtMs, bytes(text));
  }
}
