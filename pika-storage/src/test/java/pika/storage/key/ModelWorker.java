package pika.storage.key;

import static org.assertj.core.api.Assertions.assertThat;
import static pika.storage.key.TestEngine.bytes;
import static pika.storage.key.TestEngine.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import pika.storage.key.Model.Place;
import pika.storage.key.Model.Value;

/**
 * One of several threads that change the store and the model at random: many commands in one unit
 * of work, some rolled back, some units abandoned, some databases flushed or swapped. Before each
 * command it compares the store with the model.
 */
final class ModelWorker {
  static final int DATABASES = 3;
  private static final int KEYS = 40;
  private static final int MOST_COMMANDS_IN_UNIT = 8;

  private final Random random;
  private final Model model;
  private final AtomicLong clock;
  private final UnitOfWork unit;
  /** The unit's uncommitted changes. */
  private Map<Place, Optional<Value>> uncommitted = new HashMap<>();

  private long nowMs;

  ModelWorker(Random random, Model model, AtomicLong clock, Engine engine) {
    this.random = random;
    this.model = model;
    this.clock = clock;
    this.unit = engine.begin(UnitOfWork.Mode.MAY_BLOCK);
  }

  void run(int units) {
    try (unit) {
      for (int i = 0; i < units; i++) {
        if (random.nextInt(60) == 0) {
          renumber();
        } else {
          change();
        }
      }
    }
  }

  /** Called by the commit hook, while the locks are still held. */
  void publish() {
    uncommitted.forEach((place, value) -> model.put(place, value.orElse(null)));
    uncommitted.clear();
  }

  private void change() {
    for (int left = 1 + random.nextInt(MOST_COMMANDS_IN_UNIT); left > 0; left--) {
      Place place = randomPlace();
      Place other = randomPlace();
      lock(place, other);
      nowMs = clock.addAndGet(random.nextInt(3));
      unit.beginCommand(nowMs);
      Map<Place, Optional<Value>> before = new HashMap<>(uncommitted);
      check(place);
      check(other);
      command(place, other);
      if (random.nextInt(6) == 0) {
        unit.rollbackCommand();
        uncommitted = before;
        unit.beginCommand(nowMs);
      }
      check(place);
      check(other);
    }
    end();
  }

  private void end() {
    if (random.nextInt(8) == 0) {
      unit.abandon();
      uncommitted.clear();
    } else {
      commit();
    }
  }

  private void commit() {
    if (random.nextBoolean() || !unit.tryCommit()) {
      unit.commit();
    }
    uncommitted.clear();
  }

  private void lock(Place place, Place other) {
    LockPlan plan = LockPlan.of(List.of(bytes(place.key()), bytes(other.key())), List.of());
    if (!unit.tryLock(plan)) {
      commit();
      unit.awaitLocks(plan);
    }
  }

  private void renumber() {
    unit.awaitAllLocks();
    unit.beginCommand(clock.get());
    int database = random.nextInt(DATABASES);
    if (random.nextInt(3) == 0) {
      unit.keyspace(database).flush();
      model.flush(database);
    } else {
      int other = random.nextInt(DATABASES);
      unit.keyspace(database).swap(other);
      model.swap(database, other);
    }
    unit.commit();
  }

  private void command(Place place, Place other) {
    Keyspace keyspace = keyspace(place);
    byte[] key = bytes(place.key());
    Value present = live(place);
    switch (random.nextInt(12)) {
      case 0, 1, 2 -> putPlain(place);
      case 3 -> putRows(place);
      case 4 -> {
        assertThat(keyspace.delete(key)).isEqualTo(present != null);
        expect(place, null);
      }
      case 5, 6 -> changeRows(place, present);
      case 7 -> {
        if (present != null) {
          long deadline = randomDeadline();
          keyspace.put(key, record(keyspace, key).withExpiry(deadline));
          expect(place, present.withExpiry(deadline));
        }
      }
      case 8, 9 -> {
        if (present != null && place.database() == other.database() && !place.equals(other)) {
          keyspace.rename(key, bytes(other.key()));
          expect(place, null);
          expect(other, present);
        }
      }
      case 10 -> {
        if (present != null && !place.equals(other)) {
          keyspace.copy(key, keyspace(other), bytes(other.key()));
          expect(other, present);
        }
      }
      default -> {
        Value physical = expected(place);
        boolean due = physical != null && !physical.isLive(nowMs);
        assertThat(unit.records().expireIfDue(keyspace.key(key))).isEqualTo(due);
        if (due) {
          expect(place, null);
        }
      }
    }
  }

  private void putPlain(Place place) {
    String text = "plain" + random.nextInt(1000) + "x".repeat(random.nextInt(100));
    long deadline = randomDeadline();
    keyspace(place).put(bytes(place.key()), TestEngine.record(text, deadline));
    expect(place, new Value(text, deadline, null));
  }

  private void putRows(Place place) {
    boolean large = random.nextInt(100) == 0;
    Map<String, String> rows = new TreeMap<>();
    for (int i = large ? 50 : random.nextInt(8); i > 0; i--) {
      String filling = large ? "x".repeat(100_000) : "";
      rows.put("row" + random.nextInt(1000), "new" + random.nextInt(1000) + filling);
    }
    Value value = Value.ofRows(rows, randomDeadline());
    Keyspace keyspace = keyspace(place);
    Rows written = keyspace.newRows(bytes(place.key()));
    rows.forEach((name, row) -> written.putNew(bytes(name), bytes(row)));
    putHeader(place, written, value);
  }

  private void changeRows(Place place, @Nullable Value present) {
    if (present == null || present.rows() == null) {
      return;
    }
    Keyspace keyspace = keyspace(place);
    byte[] key = bytes(place.key());
    Rows rows = keyspace.rows(key, record(keyspace, key));
    Map<String, String> changed = new TreeMap<>(present.rows());
    for (int i = random.nextInt(4); i > 0; i--) {
      String name = "row" + random.nextInt(1000);
      rows.put(bytes(name), bytes("changed" + i));
      changed.put(name, "changed" + i);
    }
    if (!changed.isEmpty() && random.nextBoolean()) {
      String first = changed.keySet().iterator().next();
      rows.delete(bytes(first));
      changed.remove(first);
    }
    putHeader(place, rows, Value.ofRows(changed, present.expireAtMs()));
  }

  private void putHeader(Place place, Rows rows, Value value) {
    keyspace(place)
        .put(
            bytes(place.key()),
            rows.header(DataType.HASH, 1, value.expireAtMs(), bytes(value.text())));
    expect(place, value);
  }

  private void check(Place place) {
    Keyspace keyspace = keyspace(place);
    Value wanted = live(place);
    KeyRecord found = keyspace.get(bytes(place.key()));
    assertThat(found == null).as("%s is absent", place).isEqualTo(wanted == null);
    if (found == null || wanted == null) {
      // A unit that finds an expired key and may change it removes it.
      expect(place, null);
      return;
    }
    assertThat(text(found.payload())).as("%s", place).isEqualTo(wanted.text());
    assertThat(found.expireAtMs()).as("deadline of %s", place).isEqualTo(wanted.expireAtMs());
    if (random.nextInt(4) == 0) {
      assertThat(RowValue.get(keyspace, place.key())).isEqualTo(wanted.rows());
    }
  }

  private static KeyRecord record(Keyspace keyspace, byte[] key) {
    KeyRecord record = keyspace.get(key);
    assertThat(record).isNotNull();
    return record;
  }

  private void expect(Place place, @Nullable Value value) {
    uncommitted.put(place, Optional.ofNullable(value));
  }

  private @Nullable Value expected(Place place) {
    Optional<Value> changed = uncommitted.get(place);
    return changed == null ? model.get(place) : changed.orElse(null);
  }

  private @Nullable Value live(Place place) {
    Value value = expected(place);
    return value == null || !value.isLive(nowMs) ? null : value;
  }

  private Keyspace keyspace(Place place) {
    return unit.keyspace(place.database());
  }

  private long randomDeadline() {
    return random.nextInt(3) > 0 ? KeyRecord.NEVER : clock.get() + 1 + random.nextInt(2000);
  }

  private Place randomPlace() {
    return new Place(random.nextInt(DATABASES), randomKey(random));
  }

  static String randomKey(Random random) {
    return "key" + random.nextInt(KEYS);
  }
}
