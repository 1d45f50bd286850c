package pika.storage.string;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;
import pika.storage.Store;
import pika.storage.StoreOptions;
import pika.storage.bitmap.Bitmaps;
import pika.storage.key.Keyspace;
import pika.storage.key.UnitOfWork;

/** An open store with a manual clock, and the strings of its first database. */
public final class StringStore implements AutoCloseable {
  /** The time of every command until {@link #advance}. */
  public static final long START_MS = 1_700_000_000_000L;

  private final Path directory;
  private final StringLimits limits;
  private Store store;
  private long nowMs = START_MS;

  public StringStore(Path directory, StringLimits limits) {
    this.directory = directory;
    this.limits = limits;
    this.store = open();
  }

  /** Runs one command in a unit of its own that locks everything, and commits it. */
  public <T> T call(Function<Session, T> command) {
    try (UnitOfWork unit = store.begin(UnitOfWork.Mode.MAY_BLOCK)) {
      unit.awaitAllLocks();
      unit.beginCommand(nowMs);
      T result = command.apply(new Session(unit.keyspace(0), limits));
      unit.commit();
      return result;
    }
  }

  /** Like {@link #call}, for a command without a result. */
  public void run(Consumer<Session> command) {
    call(session -> {
      command.accept(session);
      return true;
    });
  }

  /** Runs a command in a unit that must not wait; nothing is committed. */
  public <T> T callInMemory(Function<Session, T> command) {
    try (UnitOfWork unit = store.begin(UnitOfWork.Mode.MEMORY_ONLY)) {
      unit.beginCommand(nowMs);
      unit.tryLock(bytes("key"));
      return command.apply(new Session(unit.keyspace(0), limits));
    }
  }

  public Store store() {
    return store;
  }

  public long nowMs() {
    return nowMs;
  }

  public void advance(long ms) {
    nowMs += ms;
  }

  public void reopen() {
    store.close();
    store = open();
  }

  @Override
  public void close() {
    store.close();
  }

  private Store open() {
    return Store.open(StoreOptions.in(directory).withClock(() -> 0L));
  }

  /** The strings of one unit of work. */
  public record Session(Keyspace keys, Strings strings, Bitmaps bitmaps) {
    public Session(Keyspace keyspace, StringLimits limits) {
      this(keyspace, new Strings(keyspace, limits));
    }

    private Session(Keyspace keyspace, Strings strings) {
      this(keyspace, strings, new Bitmaps(keyspace, strings));
    }

    /** Returns the string as text, "(nil)" when there is none. */
    public String text(String key) {
      var value = strings.get(bytes(key));
      return value == null ? "(nil)" : StringStore.text(value.toByteArray());
    }

    public void set(String key, String value) {
      strings.set(bytes(key), bytes(value));
    }

    public String encoding(String key) {
      var value = strings.find(bytes(key));
      return value == null ? "(nil)" : StringEncoding.redisName(value.record());
    }
  }

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  public static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
