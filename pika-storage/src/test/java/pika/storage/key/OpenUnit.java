package pika.storage.key;

import static org.assertj.core.api.Assertions.assertThat;
import static pika.storage.key.TestEngine.bytes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * Base of tests of a unit of work: an empty store and a unit that may wait. What is left in the
 * store is audited.
 */
abstract class OpenUnit {
  @TempDir
  Path directory;

  /** Changes reported by commits. */
  final List<Change> told = new ArrayList<>();

  TestEngine store;
  UnitOfWork unit;
  Keyspace keyspace;

  @BeforeEach
  void open() {
    store = TestEngine.in(directory, 1 << 20, told::addAll);
    unit = store.engine().begin(UnitOfWork.Mode.MAY_BLOCK);
    keyspace = unit.keyspace(0);
  }

  @AfterEach
  void close() {
    unit.close();
    store.audit();
    store.close();
  }

  /** Begins a command that may change these keys. */
  void begin(String... keys) {
    for (String key : keys) {
      assertThat(unit.tryLock(bytes(key))).isTrue();
    }
    unit.beginCommand(store.nowMs());
  }

  /** Returns the record that the unit sees under a key; there must be one. */
  KeyRecord live(String key) {
    KeyRecord record = keyspace.get(bytes(key));
    assertThat(record).isNotNull();
    return record;
  }

  /** Returns the text under a key as {@code keyspace} sees it, null when there is none. */
  static @Nullable String value(Keyspace keyspace, String key) {
    KeyRecord record = keyspace.get(bytes(key));
    return record == null ? null : TestEngine.text(record.payload());
  }
}
