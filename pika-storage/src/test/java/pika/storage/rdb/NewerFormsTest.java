package pika.storage.rdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pika.storage.Store;
import pika.storage.StoreOptions;
import pika.storage.TypeLimits;
import pika.storage.bytes.Slice;
import pika.storage.hash.FieldExpiry;
import pika.storage.hash.Hashes;
import pika.storage.key.KeyRecord;
import pika.storage.key.Keyspace;
import pika.storage.key.UnitOfWork;
import pika.storage.packed.PackedLimits;
import pika.storage.rocks.Cursor;
import pika.storage.stream.PendingEntry;
import pika.storage.stream.Stream;
import pika.storage.stream.StreamConsumer;
import pika.storage.stream.StreamGroup;
import pika.storage.stream.StreamId;
import pika.storage.stream.Streams;

/** Encodings that only other versions of Redis write, assembled here by the rules of the format. */
final class NewerFormsTest {
  private static final TypeLimits LIMITS = TypeLimits.DEFAULT;
  private static final PackedLimits HASHES = LIMITS.hashes();
  private static final byte[] KEY = bytes("key");
  private static final int VERSION = 12;

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

  // ---- hashes whose fields have deadlines

  @ParameterizedTest
  @ValueSource(ints = {22, 23, 24, 25})
  void fieldsKeepTheirDeadlines(int type) {
    long soon = store.nowMs() + 100_000;
    Map<String, Long> deadlines = new TreeMap<>(Map.of("a", 0L, "b", soon, "c", soon + 77));
    restore(hash(type, deadlines));
    assertThat(fields()).containsExactlyInAnyOrder("a=value of a", "b=value of b", "c=value of c");
    assertThat(deadlines("a", "b", "c", "d"))
        .containsExactly(FieldExpiry.NO_DEADLINE, soon, soon + 77, FieldExpiry.NO_FIELD);
  }

  @ParameterizedTest
  @ValueSource(ints = {22, 23, 24, 25})
  void manyFieldsGoIntoRows(int type) {
    long soon = store.nowMs() + 100_000;
    Map<String, Long> deadlines = new TreeMap<>();
    for (int i = 0; i < 2000; i++) {
      deadlines.put("field " + i, i % 3 == 0 ? 0L : soon + i);
    }
    restore(hash(type, deadlines));
    assertThat(fields()).hasSize(2000).contains("field 1234=value of field 1234");
    assertThat(deadlines("field 1234")).containsExactly(soon + 1234);
  }

  @ParameterizedTest
  @ValueSource(ints = {22, 23, 24, 25})
  void fieldsWhoseTimeIsOverAreLeftOut(int type) {
    Map<String, Long> deadlines = new TreeMap<>(Map.of("a", 0L, "b", store.nowMs() - 1));
    restore(hash(type, deadlines));
    assertThat(fields()).containsExactly("a=value of a");
  }

  @ParameterizedTest
  @ValueSource(ints = {22, 23, 24, 25})
  void aHashOfWhichAllIsOverIsNone(int type) {
    assertRefused(hash(type, Map.of("a", store.nowMs() - 1)));
  }

  @ParameterizedTest
  @ValueSource(ints = {23, 25})
  void everyFieldNeedsADeadlineInItsPlace(int type) {
    ListpackWriter listpack = new ListpackWriter();
    listpack.putString(Slice.of(bytes("a")));
    listpack.putString(Slice.of(bytes("value")));
    RdbOutput out = output(type);
    if (type == 25) {
      out.putLong(0);
    }
    assertRefused(out.putString(listpack.toByteArray()));
  }

  @Test
  void aPayloadOfALaterVersionIsNotTouched() {
    RdbOutput out = output(24).putLong(0).putLength(0);
    assertThat(Dumps.isIntact(sealed(out, VERSION))).isTrue();
    RdbOutput same = output(24).putLong(0).putLength(0);
    assertThat(Dumps.isIntact(sealed(same, VERSION + 1))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 7, 8, 26, 255})
  void anUnknownFormIsRefused(int type) {
    assertRefused(output(type).putLength(0));
  }

  private static RdbOutput hash(int type, Map<String, Long> deadlines) {
    RdbOutput out = output(type);
    long nearest =
        deadlines.values().stream().filter(at -> at > 0).min(Long::compare).orElse(0L);
    if (type >= 24) {
      out.putLong(nearest);
    }
    boolean isListpack = type == 23 || type == 25;
    if (isListpack) {
      ListpackWriter listpack = new ListpackWriter();
      deadlines.forEach((field, at) -> {
        listpack.putString(Slice.of(bytes(field)));
        listpack.putString(Slice.of(bytes("value of " + field)));
        listpack.putLong(at);
      });
      return out.putString(listpack.toByteArray());
    }
    out.putLength(deadlines.size());
    deadlines.forEach((field, at) -> {
      out.putLength(type == 24 && at > 0 ? at - nearest + 1 : at);
      out.putString(bytes(field)).putString(bytes("value of " + field));
    });
    return out;
  }

  private List<Long> deadlines(String... fields) {
    List<byte[]> names = Arrays.stream(fields).map(NewerFormsTest::bytes).toList();
    return ask(keyspace -> new FieldExpiry(keyspace, HASHES).deadlines(KEY, names));
  }

  private List<String> fields() {
    return ask(keyspace -> {
      List<String> fields = new ArrayList<>();
      new Hashes(keyspace, HASHES)
          .forEach(KEY, (field, value) -> fields.add(text(field) + "=" + text(value)));
      return fields;
    });
  }

  // ---- streams, from Redis 5 to the one that knows when consumers were active

  @ParameterizedTest
  @ValueSource(ints = {15, 19, 21})
  void streamsComeWithTheirGroups(int type) {
    restore(stream(type));
    run(keyspace -> {
      Stream stream = new Streams(keyspace).find(KEY);
      assertThat(stream).isNotNull();
      assertThat(stream.range(StreamId.ZERO, StreamId.MAX, Cursor.Direction.FORWARD, 10))
          .extracting(entry -> entry.id() + " " + text(entry.fields().get(1)))
          .containsExactly("5-1 one", "6-0 two");
      assertThat(stream.header().lastId()).isEqualTo(new StreamId(7, 0));
      assertThat(stream.header().added()).isEqualTo(type == 15 ? 2 : 3);
      StreamGroup group = stream.group(bytes("group"));
      assertThat(group).isNotNull();
      assertThat(group.lastDelivered()).isEqualTo(new StreamId(5, 1));
      assertThat(group.pending(StreamId.ZERO, StreamId.MAX, 10))
          .extracting(PendingEntry::id, PendingEntry::deliveredMs, PendingEntry::deliveries)
          .containsExactly(tuple(new StreamId(5, 1), 1111L, 4L));
      StreamConsumer consumer = group.consumer(bytes("consumer"));
      assertThat(consumer).isNotNull();
      assertThat(consumer.pending()).isEqualTo(1);
      assertThat(consumer.seenMs()).isEqualTo(2222);
      assertThat(consumer.activeMs()).isEqualTo(type == 21 ? 3333 : 2222);
    });
  }

  /**
   * Two entries, of which the first is pending for the only consumer of the only group, and one
   * that was deleted.
   */
  private static RdbOutput stream(int type) {
    RdbOutput out = output(type).putLength(1);
    ListpackWriter node = new ListpackWriter();
    // Two entries, none deleted, whose master has one field.
    for (long number : new long[] {2, 0, 1}) {
      node.putLong(number);
    }
    node.putString(Slice.of(bytes("field")));
    node.putLong(0);
    entry(node, 0, 0, "one");
    entry(node, 1, -1, "two");
    out.putString(StreamNode.id(new StreamId(5, 1))).putString(node.toByteArray());
    out.putLength(2).putLength(7).putLength(0);
    if (type > 15) {
      // The first entry, the last that was deleted, and how many there ever were.
      out.putLength(5).putLength(1).putLength(7).putLength(0).putLength(3);
    }
    out.putLength(1).putString(bytes("group")).putLength(5).putLength(1);
    if (type > 15) {
      out.putLength(1);
    }
    byte[] pending = StreamNode.id(new StreamId(5, 1));
    out.putLength(1).putBytes(pending).putLong(1111).putLength(4);
    out.putLength(1).putString(bytes("consumer")).putLong(2222);
    if (type == 21) {
      out.putLong(3333);
    }
    return out.putLength(1).putBytes(pending);
  }

  /**
   * With the fields of its master: flags, how far its id is from the master's, the value, elements.
   */
  private static void entry(ListpackWriter node, long ms, long sequence, String value) {
    node.putLong(2);
    node.putLong(ms);
    node.putLong(sequence);
    node.putString(Slice.of(bytes(value)));
    node.putLong(4);
  }

  // ---- all

  private static RdbOutput output(int type) {
    return new RdbOutput(Integer.MAX_VALUE).putByte(type);
  }

  private static byte[] sealed(RdbOutput value, int version) {
    return DumpPayload.seal(value, version).toByteArray();
  }

  private void restore(RdbOutput value) {
    run(keyspace ->
        new Dumps(keyspace, LIMITS).restore(KEY, sealed(value, VERSION), KeyRecord.NEVER));
  }

  private void assertRefused(RdbOutput value) {
    assertThatThrownBy(() -> restore(value)).isInstanceOf(RdbException.class);
    assertThat(ask(Keyspace::size)).isZero();
  }

  private void run(Consumer<Keyspace> command) {
    ask(keyspace -> {
      command.accept(keyspace);
      return 0;
    });
  }

  private <T> T ask(Function<Keyspace, T> command) {
    try (UnitOfWork unit = store.begin(UnitOfWork.Mode.MAY_BLOCK)) {
      unit.awaitAllLocks();
      unit.beginCommand(store.nowMs());
      T answer = command.apply(unit.keyspace(0));
      unit.commit();
      return answer;
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(Slice bytes) {
    return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
  }
}
