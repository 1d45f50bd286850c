package pika.storage.stream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static pika.storage.key.TestEngine.bytes;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.storage.key.DataType;
import pika.storage.key.KeyRecord;
import pika.storage.key.TestEngine;

/** The cost of trimming a long stream. */
class StreamTrimTest {
  private static final byte[] KEY = bytes("x");
  private static final int ENTRIES = 1000;
  private static final int DELETED_ONE_BY_ONE = Trim.BLOCK_ENTRIES;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path directory;

  @Test
  void whatStaysIsWrittenAnewOnlyWhereMoreGoes() {
    try (TestEngine engine = TestEngine.in(directory.resolve("db"))) {
      engine.run(keyspace -> fill(new Streams(keyspace).create(KEY)));
      byte[] rows = rowsOf(engine);

      assertThat(trim(engine, Trim.toLength(ENTRIES - 300, Trim.EXACTLY, 0))).isEqualTo(300);
      assertThat(rowsOf(engine)).isEqualTo(rows);
      assertThat(trim(engine, Trim.toId(new StreamId(500, 0), Trim.EXACTLY, 0))).isEqualTo(199);
      assertThat(rowsOf(engine)).isEqualTo(rows);
      StreamId first = onStream(engine, stream -> requireNonNull(stream.first()).id());
      assertThat(first).isEqualTo(new StreamId(500, 0));

      assertThat(trim(engine, Trim.toLength(7, Trim.EXACTLY, 0))).isEqualTo(494);
      assertThat(rowsOf(engine)).isNotEqualTo(rows);
      long left = onStream(engine, stream -> stream.header().length());
      assertThat(left).isEqualTo(7);
    }
  }

  private static void fill(Stream stream) {
    for (int i = 1; i <= ENTRIES; i++) {
      stream.append(new StreamId(i, 0), List.of(bytes("f"), bytes("v")));
    }
  }

  private static long trim(TestEngine engine, Trim trim) {
    return onStream(engine, stream -> stream.trim(trim));
  }

  private static <T> T onStream(TestEngine engine, Function<Stream, T> verb) {
    return engine.ask(keyspace -> {
      Streams streams = new Streams(keyspace, DELETED_ONE_BY_ONE);
      return verb.apply(requireNonNull(streams.find(KEY)));
    });
  }

  /** Identifies the stream's rows. */
  private static byte[] rowsOf(TestEngine engine) {
    return engine.ask(keyspace -> {
      KeyRecord record = requireNonNull(keyspace.get(KEY));
      return keyspace
          .rows(KEY, record)
          .header(DataType.STREAM, StreamFormat.ROWS, KeyRecord.NEVER, new byte[0])
          .array();
    });
  }
}
