package pika.storage.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static pika.storage.key.TestEngine.bytes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.storage.Seeds;
import pika.storage.bytes.Slice;
import pika.storage.element.Elements;
import pika.storage.key.Deadlines;
import pika.storage.key.ExpireCondition;
import pika.storage.key.KeyRecord;
import pika.storage.key.Keyspace;
import pika.storage.key.ModelUnits;
import pika.storage.key.TestEngine;
import pika.storage.keys.Keys;
import pika.storage.keys.Target;
import pika.storage.packed.PackedLimits;
import pika.storage.string.Expiry;

/**
 * Random operations on a few hashes, compared with {@link PlainHashes}. Limits are so low that
 * hashes are converted to rows all the time; some commands are rolled back; time passes, and fields
 * are swept or found expired by operations.
 */
class HashesModelTest implements ModelUnits.Subject<PlainHashes> {
  private static final PackedLimits TINY = new PackedLimits(4, 8, 60);
  private static final String[] KEYS = {"a", "b", "c"};
  private static final int UNITS = 1500;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path directory;

  private PlainHashes model = new PlainHashes();
  private Random random = new Random();

  @Test
  void hashesAreMapsOfFields() throws Exception {
    Seeds.run(seeded -> {
      random = seeded;
      try (TestEngine engine = TestEngine.in(directory.resolve("db"))) {
        for (int i = 0; i < UNITS; i++) {
          runUnit(engine);
        }
        engine.pass(1000);
        model.expire(engine.nowMs());
        sweep(engine);
        engine.audit();
      }
    });
  }

  private void runUnit(TestEngine engine) {
    if (random.nextInt(5) == 0) {
      engine.pass(random.nextInt(30));
      model.expire(engine.nowMs());
    }
    if (random.nextInt(5) == 0) {
      sweep(engine);
    }
    ModelUnits.run(engine, random, this);
  }

  @Override
  public PlainHashes remember() {
    return new PlainHashes(model);
  }

  @Override
  public void restore(PlainHashes before) {
    model = before;
  }

  @Override
  public void run(Keyspace keyspace) {
    runOne(keyspace);
    model.tidy();
  }

  private void sweep(TestEngine engine) {
    Deadlines deadlines =
        new Deadlines(engine.engine(), (keys, key) -> new FieldExpiry(keys, TINY).removeDead(key));
    while (deadlines.sweep(engine.nowMs(), 2) > 0) {
      // Until nothing is due.
    }
    assertThat(engine.engine().keyCount(0)).isEqualTo(model.tidy());
  }

  @Override
  public void check(Keyspace keyspace) {
    Hashes hashes = new Hashes(keyspace, TINY);
    FieldExpiry expiry = new FieldExpiry(keyspace, TINY);
    for (String key : KEYS) {
      Map<String, String> expected = new TreeMap<>();
      model.fields(key).forEach((name, field) -> expected.put(name, field.value()));
      Map<String, String> actual = new TreeMap<>();
      hashes.forEach(bytes(key), (field, value) -> actual.put(text(field), text(value)) == null);
      assertThat(actual).isEqualTo(expected);
      assertThat(hashes.size(bytes(key))).isEqualTo(expected.size());
      for (String field : expected.keySet()) {
        PlainHashes.Field wanted = model.field(key, field);
        assertThat(expiry.deadlines(bytes(key), List.of(bytes(field))))
            .containsExactly(wanted == null ? -2 : wanted.deadlineMs());
      }
      model.tidy();
    }
  }

  private void runOne(Keyspace keyspace) {
    Hashes hashes = new Hashes(keyspace, TINY);
    FieldExpiry expiry = new FieldExpiry(keyspace, TINY);
    switch (random.nextInt(13)) {
      case 0, 1, 2 -> set(hashes);
      case 3 -> setIfAbsent(hashes);
      case 4, 5 -> remove(hashes);
      case 6 -> increment(hashes);
      case 7 -> draw(hashes);
      case 8, 9 -> expire(expiry, keyspace.nowMs());
      case 10 -> persist(expiry);
      case 11 -> setWithExpiry(expiry, keyspace.nowMs());
      default -> moveOrDelete(keyspace);
    }
  }

  private void set(Hashes hashes) {
    String key = key();
    List<byte[]> pairs = new ArrayList<>();
    int added = 0;
    for (int i = random.nextInt(3); i >= 0; i--) {
      String field = field();
      String value = value();
      pairs.add(bytes(field));
      pairs.add(bytes(value));
      PlainHashes.Field plain = new PlainHashes.Field(value, KeyRecord.NEVER);
      added += model.fields(key).put(field, plain) == null ? 1 : 0;
    }
    assertThat(hashes.set(bytes(key), pairs)).isEqualTo(added);
  }

  private void setIfAbsent(Hashes hashes) {
    String key = key();
    String field = field();
    String value = value();
    PlainHashes.Field plain = new PlainHashes.Field(value, KeyRecord.NEVER);
    boolean isNew = model.fields(key).putIfAbsent(field, plain) == null;
    assertThat(hashes.setIfAbsent(bytes(key), bytes(field), bytes(value))).isEqualTo(isNew);
  }

  private void remove(Hashes hashes) {
    String key = key();
    String field = field();
    String other = field();
    int removed = model.fields(key).remove(field) == null ? 0 : 1;
    removed += model.fields(key).remove(other) == null ? 0 : 1;
    assertThat(hashes.remove(bytes(key), List.of(bytes(field), bytes(other)))).isEqualTo(removed);
  }

  private void increment(Hashes hashes) {
    String key = key();
    PlainHashes.Field present = model.field(key, "n");
    long sum = (present == null ? 0 : Long.parseLong(present.value())) + 7;
    long deadlineMs = present == null ? KeyRecord.NEVER : present.deadlineMs();
    model.fields(key).put("n", new PlainHashes.Field("" + sum, deadlineMs));
    assertThat(hashes.increment(bytes(key), bytes("n"), 7)).isEqualTo(sum);
  }

  private void draw(Hashes hashes) {
    String key = key();
    int count = random.nextInt(8);
    Set<String> drawn = new HashSet<>();
    hashes
        .drawDistinct(bytes(key), count, random)
        .forEach(field -> drawn.add(text(field.name()) + "=" + text(field.value())));
    assertThat(drawn).hasSize(Math.min(count, model.fields(key).size()));
    assertThat(fieldsOf(key)).containsAll(drawn);
    assertThat(hashes.drawRepeatedly(bytes(key), count, random))
        .hasSize(model.fields(key).isEmpty() ? 0 : count);
    Set<String> paged = new HashSet<>();
    long position = Elements.START;
    do {
      position = hashes.page(
          bytes(key), position, 2, (field, value) -> paged.add(text(field) + "=" + text(value)));
    } while (position != Elements.START);
    assertThat(paged).isEqualTo(fieldsOf(key));
  }

  private Set<String> fieldsOf(String key) {
    Set<String> fields = new HashSet<>();
    model.fields(key).forEach((name, field) -> fields.add(name + "=" + field.value()));
    return fields;
  }

  private void expire(FieldExpiry expiry, long nowMs) {
    String key = key();
    String field = field();
    long atMs = nowMs + random.nextInt(100) - 10;
    ExpireCondition condition =
        random.nextBoolean() ? null : ExpireCondition.values()[random.nextInt(4)];
    FieldExpiry.Outcome expected = expireInModel(key, field, atMs, nowMs, condition);
    assertThat(expiry.expire(bytes(key), atMs, condition, List.of(bytes(field))))
        .containsExactly(expected);
  }

  private FieldExpiry.Outcome expireInModel(
      String key, String field, long atMs, long nowMs, @Nullable ExpireCondition condition) {
    PlainHashes.Field present = model.field(key, field);
    if (present == null) {
      return FieldExpiry.Outcome.NO_FIELD;
    }
    if (condition != null && !condition.holds(present.deadlineMs(), atMs)) {
      return FieldExpiry.Outcome.REFUSED;
    }
    if (atMs <= nowMs) {
      model.fields(key).remove(field);
      return FieldExpiry.Outcome.REMOVED;
    }
    model.fields(key).put(field, new PlainHashes.Field(present.value(), atMs));
    return FieldExpiry.Outcome.DONE;
  }

  private void persist(FieldExpiry expiry) {
    String key = key();
    String field = field();
    PlainHashes.Field present = model.field(key, field);
    FieldExpiry.Outcome expected = FieldExpiry.Outcome.NO_FIELD;
    if (present != null) {
      expected = present.deadlineMs() == KeyRecord.NEVER
          ? FieldExpiry.Outcome.NO_DEADLINE
          : FieldExpiry.Outcome.DONE;
      model.fields(key).put(field, new PlainHashes.Field(present.value(), KeyRecord.NEVER));
    }
    assertThat(expiry.persist(bytes(key), List.of(bytes(field)))).containsExactly(expected);
  }

  private void setWithExpiry(FieldExpiry expiry, long nowMs) {
    String key = key();
    String field = field();
    String value = value();
    long atMs = nowMs + random.nextInt(100) - 10;
    FieldCondition condition = FieldCondition.values()[random.nextInt(3)];
    boolean isThere = model.field(key, field) != null;
    boolean done = condition == FieldCondition.ALWAYS
        || isThere == (condition == FieldCondition.IF_ALL_ARE_THERE);
    if (done && atMs > nowMs) {
      model.fields(key).put(field, new PlainHashes.Field(value, atMs));
    } else if (done) {
      model.fields(key).remove(field);
    }
    List<byte[]> pair = List.of(bytes(field), bytes(value));
    assertThat(expiry.set(bytes(key), pair, condition, Expiry.at(atMs))).isEqualTo(done);
  }

  private void moveOrDelete(Keyspace keyspace) {
    String key = key();
    String other = key();
    if (model.fields(key).isEmpty()) {
      return;
    }
    Keys keys = new Keys(keyspace);
    switch (random.nextInt(3)) {
      case 0 -> {
        keys.rename(bytes(key), bytes(other), Target.MAY_BE_TAKEN);
        model.move(key, other);
      }
      case 1 -> {
        if (!key.equals(other)) {
          keys.copy(bytes(key), keyspace, bytes(other), Target.MAY_BE_TAKEN);
          model.copy(key, other);
        }
      }
      default -> {
        keys.delete(bytes(key));
        model.delete(key);
      }
    }
  }

  private String key() {
    return KEYS[random.nextInt(KEYS.length)];
  }

  private String field() {
    return "f" + random.nextInt(7);
  }

  private String value() {
    return random.nextInt(20) == 0 ? "v".repeat(100) : "" + random.nextInt(1000);
  }

  private static String text(Slice slice) {
    return TestEngine.text(slice.toByteArray());
  }
}
