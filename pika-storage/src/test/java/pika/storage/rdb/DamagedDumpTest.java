package pika.storage.rdb;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.storage.Seeds;
import pika.storage.Store;
import pika.storage.StoreOptions;
import pika.storage.TypeLimits;
import pika.storage.bytes.Slice;
import pika.storage.hash.FieldCondition;
import pika.storage.hash.FieldExpiry;
import pika.storage.hash.Hashes;
import pika.storage.key.KeyRecord;
import pika.storage.key.Keyspace;
import pika.storage.key.UnitOfWork;
import pika.storage.list.End;
import pika.storage.list.Lists;
import pika.storage.set.SetLimits;
import pika.storage.set.Sets;
import pika.storage.stream.Stream;
import pika.storage.stream.StreamGroup;
import pika.storage.stream.StreamId;
import pika.storage.stream.Streams;
import pika.storage.string.Expiry;
import pika.storage.string.Strings;
import pika.storage.zset.AddRule;
import pika.storage.zset.ScoredMember;
import pika.storage.zset.SortedSets;

/** Any payload with a valid checksum is either restored or rejected. */
final class DamagedDumpTest {
  private static final TypeLimits LIMITS = TypeLimits.DEFAULT;
  private static final int ROUNDS = 4000;

  @TempDir
  private Path directory;

  private Store store;

  @BeforeEach
  void open() {
    store = Store.open(StoreOptions.in(directory));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void damageIsRefusedOrHarmless() throws Exception {
    Seeds.run(this::damage);
  }

  private void damage(Random random) {
    List<byte[]> values = values();
    int refused = 0;
    for (int i = 0; i < ROUNDS; i++) {
      byte[] value = values.get(random.nextInt(values.size())).clone();
      for (int n = 1 + random.nextInt(3); n > 0; n--) {
        value[random.nextInt(value.length)] = (byte) random.nextInt(256);
      }
      int length = random.nextInt(4) == 0 ? 1 + random.nextInt(value.length) : value.length;
      if (!restores(Arrays.copyOf(value, length))) {
        refused++;
      }
    }
    assertThat(refused).isBetween(ROUNDS / 10, ROUNDS - 1);
  }

  @Test
  void anUndamagedValueComesBackAsTheSameDump() {
    for (byte[] value : values()) {
      try (UnitOfWork unit = begin()) {
        Dumps dumps = new Dumps(unit.keyspace(0), LIMITS);
        byte[] payload = sealed(value);
        dumps.restore(key("copy"), payload, KeyRecord.NEVER);
        byte[] again = requireNonNull(dumps.dump(key("copy"))).toByteArray();
        assertThat(again).startsWith(value[0]).hasSize(payload.length);
      }
    }
  }

  private boolean restores(byte[] value) {
    try (UnitOfWork unit = begin()) {
      new Dumps(unit.keyspace(0), LIMITS).restore(key("damaged"), sealed(value), KeyRecord.NEVER);
      return true;
    } catch (RdbException e) {
      return false;
    }
  }

  private static byte[] sealed(byte[] value) {
    return DumpPayload.seal(new RdbOutput(Integer.MAX_VALUE).putBytes(value), 10)
        .toByteArray();
  }

  /** Returns a value of every type and encoding that we write, without footers. */
  private List<byte[]> values() {
    List<byte[]> values = new ArrayList<>();
    try (UnitOfWork unit = begin()) {
      Keyspace keyspace = unit.keyspace(0);
      new Strings(keyspace).set(key("string"), key("some text"));
      new Lists(keyspace, LIMITS.lists())
          .push(key("list"), End.TAIL, List.of(Slice.of(key("a")), Slice.of(key("17"))));
      new Sets(keyspace, new SetLimits(LIMITS.sets().packed(), 10))
          .add(key("set"), List.of(key("a"), key("b")));
      new SortedSets(keyspace, LIMITS.zsets())
          .add(
              key("zset"),
              List.of(new ScoredMember(1, key("a")), new ScoredMember(2.5, key("b"))),
              AddRule.SET);
      Hashes hashes = new Hashes(keyspace, LIMITS.hashes());
      hashes.set(key("hash"), List.of(key("a"), key("1"), key("b"), key("2")));
      hashes.set(key("expiring"), List.of(key("a"), key("1")));
      new FieldExpiry(keyspace, LIMITS.hashes())
          .set(
              key("expiring"),
              List.of(key("b"), key("2")),
              FieldCondition.ALWAYS,
              Expiry.at(store.nowMs() + 1_000_000));
      makeStream(new Streams(keyspace).create(key("stream")));
      Dumps dumps = new Dumps(keyspace, LIMITS);
      for (String name : List.of("string", "list", "set", "zset", "hash", "expiring", "stream")) {
        byte[] payload = requireNonNull(dumps.dump(key(name))).toByteArray();
        values.add(Arrays.copyOf(payload, payload.length - 10));
      }
    }
    return values;
  }

  private static void makeStream(Stream stream) {
    for (int i = 1; i < 4; i++) {
      stream.append(new StreamId(i, 5), List.of(key("field"), key("value " + i)));
    }
    stream.append(new StreamId(9, 0), List.of(key("other"), key("x"), key("more"), key("y")));
    StreamGroup group = stream.createGroup(key("group"), StreamId.ZERO, 0);
    group.deliver(key("consumer"), 2, 1000);
  }

  private UnitOfWork begin() {
    UnitOfWork unit = store.begin(UnitOfWork.Mode.MAY_BLOCK);
    unit.awaitAllLocks();
    unit.beginCommand(store.nowMs());
    return unit;
  }

  private static byte[] key(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
