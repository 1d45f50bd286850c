package pika.storage.stream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.storage.Store;
import pika.storage.StoreOptions;
import pika.storage.key.Keyspace;
import pika.storage.key.UnitOfWork;
import pika.storage.rocks.Cursor.Direction;

/**
 * Random operations on a few streams, compared with {@link PlainStream}. Units hold several
 * commands, of which some are rolled back, and some units are abandoned; the store is closed and
 * reopened in between.
 */
class StreamsModelTest {
  private static final long NOW_MS = 1_700_000_000_000L;
  private static final String[] KEYS = {"a", "b", "c"};
  private static final int UNITS = 2500;
  /** So few that what stays is often rewritten. */
  private static final int DELETED_ONE_BY_ONE = Trim.BLOCK_ENTRIES;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path directory;

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private Map<String, PlainStream> model = new TreeMap<>();
  private long now = NOW_MS;

  @Test
  void streamsAreWhatSortedMapsAre() {
    Store store = open();
    try {
      for (int i = 0; i < UNITS; i++) {
        now++;
        try {
          runUnit(store);
        } catch (RuntimeException | AssertionError e) {
          throw new AssertionError("seed " + seed + ", unit " + i, e);
        }
        if (random.nextInt(200) == 0) {
          store.close();
          store = open();
        }
      }
    } finally {
      store.close();
    }
  }

  private Store open() {
    return Store.open(StoreOptions.in(directory.resolve("db")).withClock(() -> 0L));
  }

  private void runUnit(Store store) {
    Map<String, PlainStream> committed = copy(model);
    try (UnitOfWork unit = store.begin(UnitOfWork.Mode.MAY_BLOCK)) {
      unit.awaitAllLocks();
      for (int i = random.nextInt(6); i >= 0; i--) {
        runCommand(unit);
      }
      if (random.nextInt(10) == 0) {
        model = committed;
        return;
      }
      unit.commit();
    }
    try (UnitOfWork unit = store.begin(UnitOfWork.Mode.MAY_BLOCK)) {
      unit.beginCommand(now);
      checkAll(unit.keyspace(0));
    }
  }

  private void runCommand(UnitOfWork unit) {
    unit.beginCommand(now);
    Map<String, PlainStream> before = copy(model);
    run(unit.keyspace(0));
    if (random.nextInt(6) == 0) {
      unit.rollbackCommand();
      model = before;
      unit.beginCommand(now);
      checkAll(unit.keyspace(0));
    }
  }

  private static Map<String, PlainStream> copy(Map<String, PlainStream> streams) {
    Map<String, PlainStream> copy = new TreeMap<>();
    streams.forEach((key, stream) -> copy.put(key, new PlainStream(stream)));
    return copy;
  }

  // ---- checking

  private void checkAll(Keyspace keyspace) {
    for (String key : KEYS) {
      PlainStream expected = model.get(key);
      Stream stream = streams(keyspace).find(bytes(key));
      assertThat(stream == null).isEqualTo(expected == null);
      if (stream != null && expected != null) {
        check(stream, expected);
      }
    }
    assertThat(keyspace.size()).isEqualTo(model.size());
  }

  private static void check(Stream stream, PlainStream expected) {
    StreamHeader header = stream.header();
    assertThat(header.length()).isEqualTo(expected.entries.size());
    assertThat(header.added()).isEqualTo(expected.added);
    assertThat(header.lastId()).isEqualTo(expected.last);
    assertThat(header.firstId()).isEqualTo(expected.first());
    assertThat(header.maxDeletedId()).isEqualTo(expected.maxDeleted);
    assertThat(text(stream.range(StreamId.ZERO, StreamId.MAX, Direction.FORWARD, 0)))
        .isEqualTo(text(expected.entries));
    assertThat(header.groups()).isEqualTo(expected.groups.size());
    assertThat(stream.groups().stream().map(group -> text(group.name())))
        .containsExactlyElementsOf(expected.groups.keySet());
    for (StreamGroup group : stream.groups()) {
      check(group, requireNonNull(expected.groups.get(text(group.name()))));
    }
  }

  private static void check(StreamGroup group, PlainStream.Group expected) {
    assertThat(group.lastDelivered()).isEqualTo(expected.read);
    assertThat(group.pending()).isEqualTo(expected.pending.size());
    List<String> pending = new ArrayList<>();
    expected.pending.forEach((id, p) -> pending.add(id + p.consumer() + p.deliveries()));
    assertThat(group.pending(StreamId.ZERO, StreamId.MAX, Long.MAX_VALUE).stream()
            .map(p -> p.id() + text(p.consumer()) + p.deliveries()))
        .containsExactlyElementsOf(pending);
    assertThat(group.consumerCount()).isEqualTo(expected.consumers.size());
    assertThat(group.consumers().stream().map(consumer -> text(consumer.name())))
        .containsExactlyInAnyOrderElementsOf(expected.consumers);
    for (StreamConsumer consumer : group.consumers()) {
      long count = expected.pendingOf(text(consumer.name()));
      assertThat(consumer.pending()).isEqualTo(count);
      assertThat(group.pendingOf(consumer.name(), StreamId.ZERO, StreamId.MAX, Long.MAX_VALUE))
          .hasSize((int) count);
    }
  }

  // ---- verbs

  private void run(Keyspace keyspace) {
    String key = KEYS[random.nextInt(KEYS.length)];
    PlainStream plain = model.get(key);
    Stream stream = streams(keyspace).find(bytes(key));
    if (plain == null || stream == null) {
      plain = new PlainStream();
      model.put(key, plain);
      streams(keyspace).create(bytes(key));
      return;
    }
    switch (random.nextInt(12)) {
      case 0, 1, 2 -> add(stream, plain);
      case 3 -> delete(stream, plain);
      case 4 -> trim(stream, plain);
      case 5 -> range(stream, plain);
      case 6 -> moveOrDelete(keyspace, key);
      case 7 -> changeGroups(stream, plain);
      default -> {
        String name = "g" + random.nextInt(3);
        PlainStream.Group expected = plain.groups.get(name);
        StreamGroup group = stream.group(bytes(name));
        assertThat(group == null).isEqualTo(expected == null);
        if (group != null && expected != null) {
          read(plain, group, expected);
        }
      }
    }
  }

  private void add(Stream stream, PlainStream plain) {
    for (int i = random.nextInt(random.nextInt(8) == 0 ? 400 : 5); i >= 0; i--) {
      StreamId id = requireNonNull(NewId.automatic().after(plain.last, now));
      String value = "v" + random.nextInt(1000);
      stream.append(id, List.of(bytes("field"), bytes(value)));
      plain.add(id, value);
    }
  }

  private void delete(Stream stream, PlainStream plain) {
    List<StreamId> ids = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      ids.add(anyId(plain));
    }
    assertThat(stream.delete(ids)).isEqualTo(plain.delete(ids));
  }

  private void trim(Stream stream, PlainStream plain) {
    int length = plain.entries.size();
    boolean toLength = random.nextBoolean();
    long maxLength = random.nextInt(length + 3);
    StreamId minId = anyId(plain);
    long mayGo = toLength
        ? Math.max(0, length - maxLength)
        : plain.entries.headMap(minId, false).size();
    boolean exact = random.nextBoolean();
    int block = exact ? Trim.EXACTLY : 1 + random.nextInt(2 * Trim.BLOCK_ENTRIES);
    long limit = exact || random.nextBoolean() ? 0 : random.nextInt(300);
    Trim trim = toLength ? Trim.toLength(maxLength, block, limit) : Trim.toId(minId, block, limit);
    int first = trim.firstBlock(stream.header());
    long gone = stream.trim(trim);
    if (exact) {
      assertThat(gone).isEqualTo(mayGo);
    } else {
      assertThat(gone).isIn(inBlocks(mayGo, length, limit, first, block), mayGo);
    }
    plain.cutOff(gone);
  }

  private static long inBlocks(long mayGo, long length, long limit, int first, int block) {
    if (mayGo == length && (limit == 0 || length <= limit)) {
      return length;
    }
    long most = limit == 0 ? mayGo : Math.min(mayGo, limit);
    return most < first ? 0 : first + (most - first) / block * block;
  }

  private void range(Stream stream, PlainStream plain) {
    StreamId from = anyId(plain);
    StreamId to = anyId(plain);
    int count = random.nextInt(10);
    Direction direction = random.nextBoolean() ? Direction.FORWARD : Direction.BACKWARD;
    List<String> expected = new ArrayList<>();
    if (!from.isBehind(to)) {
      var part = plain.entries.subMap(from, true, to, true);
      expected = text(direction == Direction.FORWARD ? part : part.descendingMap());
    }
    int size = count == 0 ? expected.size() : Math.min(count, expected.size());
    assertThat(text(stream.range(from, to, direction, count))).isEqualTo(expected.subList(0, size));
  }

  private void moveOrDelete(Keyspace keyspace, String key) {
    String other = KEYS[random.nextInt(KEYS.length)];
    PlainStream plain = requireNonNull(model.get(key));
    if (key.equals(other) || random.nextInt(3) == 0) {
      keyspace.delete(bytes(key));
      model.remove(key);
    } else if (random.nextBoolean()) {
      keyspace.rename(bytes(key), bytes(other));
      model.remove(key);
      model.put(other, plain);
    } else {
      keyspace.copy(bytes(key), keyspace, bytes(other));
      model.put(other, new PlainStream(plain));
    }
  }

  private void changeGroups(Stream stream, PlainStream plain) {
    String name = "g" + random.nextInt(3);
    if (!plain.groups.containsKey(name)) {
      StreamId read = random.nextBoolean() ? StreamId.ZERO : plain.last;
      stream.createGroup(bytes(name), read, StreamHeader.UNKNOWN);
      plain.groups.put(name, new PlainStream.Group(read));
    } else if (random.nextInt(3) == 0) {
      assertThat(stream.destroyGroup(bytes(name))).isTrue();
      plain.groups.remove(name);
    } else {
      StreamId read = anyId(plain);
      requireNonNull(stream.group(bytes(name))).setRead(read, StreamHeader.UNKNOWN);
      requireNonNull(plain.groups.get(name)).read = read;
    }
    assertThat(stream.destroyGroup(bytes("none"))).isFalse();
  }

  private void read(PlainStream plain, StreamGroup group, PlainStream.Group expected) {
    String consumer = "c" + random.nextInt(3);
    switch (random.nextInt(7)) {
      case 0, 1, 2 -> deliver(plain, group, expected, consumer);
      case 3 -> deliverAgain(plain, group, expected, consumer);
      case 4 -> acknowledge(group, expected, anyId(plain));
      case 5 -> claim(plain, group, expected, consumer);
      default -> {
        boolean created = !expected.consumers.contains(consumer);
        assertThat(group.createConsumer(bytes(consumer), now)).isEqualTo(created);
        expected.meet(consumer);
        if (random.nextBoolean()) {
          assertThat(group.deleteConsumer(bytes(consumer))).isEqualTo(expected.pendingOf(consumer));
          expected.pending.values().removeIf(p -> p.consumer().equals(consumer));
          expected.consumers.remove(consumer);
        }
      }
    }
  }

  private void deliver(
      PlainStream plain, StreamGroup group, PlainStream.Group expected, String consumer) {
    int count = random.nextInt(6);
    List<StreamId> ids =
        new ArrayList<>(plain.entries.tailMap(expected.read, false).keySet());
    ids = count == 0 ? ids : ids.subList(0, Math.min(count, ids.size()));
    boolean forGood = random.nextInt(4) == 0;
    List<StreamEntry> delivered = forGood
        ? group.deliverForGood(bytes(consumer), count, now)
        : group.deliver(bytes(consumer), count, now);
    assertThat(ids(delivered)).isEqualTo(ids);
    for (StreamId id : ids) {
      expected.meet(consumer);
      expected.read = id;
      if (!forGood) {
        expected.give(id, consumer, 1);
      }
    }
  }

  private void deliverAgain(
      PlainStream plain, StreamGroup group, PlainStream.Group expected, String consumer) {
    expected.meet(consumer);
    StreamId seen = anyId(plain);
    List<StreamId> ids = expected.pending.tailMap(seen, false).entrySet().stream()
        .filter(entry -> entry.getValue().consumer().equals(consumer))
        .map(Map.Entry::getKey)
        .toList();
    List<StreamEntry> again = group.deliverAgain(bytes(consumer), seen, 0, now);
    assertThat(ids(again)).isEqualTo(ids);
    for (StreamEntry entry : again) {
      boolean isThere = plain.entries.containsKey(entry.id());
      assertThat(entry.fields().isEmpty()).isNotEqualTo(isThere);
      if (isThere) {
        long before = requireNonNull(expected.pending.get(entry.id())).deliveries();
        expected.give(entry.id(), consumer, before + 1);
      }
    }
  }

  private static void acknowledge(StreamGroup group, PlainStream.Group expected, StreamId id) {
    long pending = expected.pending.remove(id) == null ? 0 : 1;
    assertThat(group.acknowledge(List.of(id, id))).isEqualTo(pending);
  }

  private void claim(
      PlainStream plain, StreamGroup group, PlainStream.Group expected, String consumer) {
    Claim claim = new Claim(0, now, Claim.ONE_MORE, Claim.Unclaimed.SKIPPED);
    StreamId from = anyId(plain);
    int count = 1 + random.nextInt(5);
    StreamGroup.Claimed claimed =
        group.claimFrom(bytes(consumer), from, count, 10L * count, claim, now);
    List<StreamId> ids =
        expected.pending.tailMap(from, true).keySet().stream().limit(count).toList();
    List<StreamId> both = new ArrayList<>(ids(claimed.entries()));
    both.addAll(claimed.deleted());
    assertThat(both).containsExactlyInAnyOrderElementsOf(ids);
    for (StreamEntry entry : claimed.entries()) {
      expected.meet(consumer);
      long before = requireNonNull(expected.pending.get(entry.id())).deliveries();
      expected.give(entry.id(), consumer, before + 1);
    }
    claimed.deleted().forEach(expected.pending::remove);
    StreamId next = ids.isEmpty() ? null : expected.pending.higherKey(ids.get(ids.size() - 1));
    assertThat(claimed.next()).isEqualTo(next == null ? StreamId.ZERO : next);
  }

  // ---- ids and texts

  private StreamId anyId(PlainStream plain) {
    @Nullable StreamId near = null;
    if (!plain.entries.isEmpty()) {
      List<StreamId> ids = new ArrayList<>(plain.entries.keySet());
      near = ids.get(random.nextInt(ids.size()));
    }
    return switch (random.nextInt(12)) {
      case 0 -> StreamId.ZERO;
      case 1 -> plain.last;
      case 2 -> new StreamId(now - random.nextInt(200), random.nextInt(5));
      default -> near == null ? StreamId.ZERO : near;
    };
  }

  private static Streams streams(Keyspace keyspace) {
    return new Streams(keyspace, DELETED_ONE_BY_ONE);
  }

  private static List<StreamId> ids(Collection<StreamEntry> entries) {
    return entries.stream().map(StreamEntry::id).toList();
  }

  private static List<String> text(List<StreamEntry> entries) {
    return entries.stream()
        .map(entry -> entry.id() + text(entry.fields().get(1).toByteArray()))
        .toList();
  }

  private static List<String> text(Map<StreamId, String> entries) {
    List<String> texts = new ArrayList<>();
    entries.forEach((id, value) -> texts.add(id + value));
    return texts;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
