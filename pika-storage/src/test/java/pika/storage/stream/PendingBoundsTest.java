package pika.storage.stream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static pika.storage.key.TestEngine.bytes;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pika.storage.key.KeyRecord;
import pika.storage.key.TestEngine;
import pika.storage.rocks.Cursor;

/** The bounds of pending ids in a group that has acknowledged many entries. */
class PendingBoundsTest {
  private static final byte[] KEY = bytes("x");
  private static final byte[] GROUP = bytes("g");
  private static final byte[] CONSUMER = bytes("c");
  private static final int ENTRIES = 1000;
  private static final int LEFT = 900;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path directory;

  @Test
  void walksDontBeginWhereAllIsAcknowledged() {
    try (TestEngine engine = TestEngine.in(directory.resolve("db"))) {
      engine.run(keyspace -> fill(new Streams(keyspace).create(KEY), PendingBoundsTest::id));
      onGroup(engine, group -> group.deliver(CONSUMER, 0, 0));
      assertThat(pending(engine).least()).isEqualTo(id(1));
      assertThat(pending(engine).greatest()).isEqualTo(id(ENTRIES));

      for (int i = 1; i <= ENTRIES; i++) {
        StreamId done = id(i);
        if (i != LEFT) {
          onGroup(engine, group -> group.acknowledge(List.of(done)));
        }
      }
      assertThat(pending(engine).least()).isBetween(id(LEFT - 200), id(LEFT));
      onGroup(engine, group -> {
        assertThat(group.firstPending(Cursor.Direction.FORWARD)).isEqualTo(id(LEFT));
        assertThat(group.firstPending(Cursor.Direction.BACKWARD)).isEqualTo(id(LEFT));
        assertThat(group.pending(StreamId.ZERO, StreamId.MAX, 10)).hasSize(1);
      });

      // What was read long ago becomes pending again.
      onGroup(engine, group -> {
        group.setRead(StreamId.ZERO, 0);
        group.deliver(CONSUMER, 2, 0);
        assertThat(group.pending(StreamId.ZERO, StreamId.MAX, 10)).hasSize(3);
      });
      assertThat(pending(engine).least()).isEqualTo(id(1));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 1000, 128 * 1000, 1L << 32, 128L << 32})
  void boundsAreNarrowedHoweverRegularIdsAre(long stepMs) {
    LongFunction<StreamId> ids = i -> new StreamId(1_760_000_000_001L + i * stepMs, 0);
    try (TestEngine engine = TestEngine.in(directory.resolve("db"))) {
      engine.run(keyspace -> fill(new Streams(keyspace).create(KEY), ids));
      onGroup(engine, group -> {
        group.deliver(CONSUMER, 0, 0);
        for (int i = 1; i < ENTRIES; i++) {
          group.acknowledge(List.of(ids.apply(i)));
        }
      });
      assertThat(pending(engine).least()).isGreaterThan(ids.apply(ENTRIES / 2));
    }
  }

  @Test
  void aConsumerIsDeletedWithItsTombstones() {
    try (TestEngine engine = TestEngine.in(directory.resolve("db"))) {
      engine.run(keyspace -> fill(new Streams(keyspace).create(KEY), PendingBoundsTest::id));
      onGroup(engine, group -> {
        group.deliver(CONSUMER, LEFT - 1, 0);
        group.deliver(bytes("other"), 1, 0);
        group.deliver(CONSUMER, 0, 0);
      });

      onGroup(engine, group -> assertThat(group.deleteConsumer(CONSUMER)).isEqualTo(ENTRIES - 1));

      assertThat(pending(engine).least()).isEqualTo(id(LEFT));
      assertThat(pending(engine).greatest()).isEqualTo(id(LEFT));
    }
  }

  @Test
  void groupsWrittenWithoutBoundsAreRead() {
    GroupState state = GroupState.of(GROUP, 7, id(3), 2)
        .withPending(PendingIds.NONE.with(id(3)))
        .withConsumers(1);
    byte[] written = StreamFormat.group(state);
    byte[] before = Arrays.copyOf(written, written.length - 2 * StreamId.BYTES);
    assertThat(StreamFormat.group(GROUP, before))
        .isEqualTo(state.withPending(new PendingIds(1, StreamId.ZERO, StreamId.MAX)));
  }

  private static void fill(Stream stream, LongFunction<StreamId> ids) {
    for (int i = 1; i <= ENTRIES; i++) {
      stream.append(ids.apply(i), List.of(bytes("f"), bytes("v")));
    }
    stream.createGroup(GROUP, StreamId.ZERO, 0);
  }

  private static void onGroup(TestEngine engine, Consumer<StreamGroup> verb) {
    engine.run(keyspace -> {
      Stream stream = requireNonNull(new Streams(keyspace).find(KEY));
      verb.accept(requireNonNull(stream.group(GROUP)));
    });
  }

  private static PendingIds pending(TestEngine engine) {
    return engine.ask(keyspace -> {
      KeyRecord record = requireNonNull(keyspace.get(KEY));
      byte[] row = keyspace.rows(KEY, record).get(StreamFormat.groupRow(GROUP));
      return StreamFormat.group(GROUP, requireNonNull(row)).pending();
    });
  }

  private static StreamId id(long ms) {
    return new StreamId(ms, 0);
  }
}
