package pika.tools.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import pika.tools.load.Loader;
import pika.tools.load.Values;

/** What must lie in the server before a row is measured, under the names its commands use. */
enum Fill {
  /** The row makes its own data. */
  NOTHING,
  /** {@code key:000000000000} and on, redis-benchmark's own names, one value each. */
  STRINGS,
  /** {@code hash:000000000000} and on, {@link #FIELDS} fields each: as many values as strings. */
  HASHES,
  /** One list named {@code list} of {@link #LIST_ELEMENTS} elements. */
  LIST;

  static final int FIELDS = 10;
  static final int LIST_ELEMENTS = 1000;

  /** The same data in every server and every run. */
  private static final long SEED = 1;

  private static final byte[] SET = bytes("SET");
  private static final byte[] HSET = bytes("HSET");
  private static final byte[] RPUSH = bytes("RPUSH");

  /** How many keys there are when the dataset is {@code keys} values: the range of random keys. */
  long keyCount(long keys) {
    return switch (this) {
      case NOTHING, STRINGS -> keys;
      case HASHES -> Math.max(1, keys / FIELDS);
      case LIST -> 1;
    };
  }

  /** @throws IOException if the connection breaks or a command is refused */
  void into(Loader loader, Dataset dataset) throws IOException {
    Values values = new Values(dataset.valueBytes(), SEED);
    switch (this) {
      case NOTHING -> {}
      case STRINGS -> {
        for (long i = 0; i < dataset.keys(); i++) {
          loader.send(SET, key("key:", i), values.next());
        }
      }
      case HASHES -> {
        for (long i = 0; i < keyCount(dataset.keys()); i++) {
          loader.send(hash(i, values));
        }
      }
      case LIST -> {
        for (int i = 0; i < LIST_ELEMENTS; i++) {
          loader.send(RPUSH, bytes("list"), values.next());
        }
      }
    }
    loader.finish();
  }

  private static byte[][] hash(long number, Values values) {
    byte[][] command = new byte[2 + 2 * FIELDS][];
    command[0] = HSET;
    command[1] = key("hash:", number);
    for (int field = 0; field < FIELDS; field++) {
      command[2 + 2 * field] = bytes("field:" + field);
      command[3 + 2 * field] = values.next();
    }
    return command;
  }

  private static byte[] key(String prefix, long number) {
    return Loader.key(bytes(prefix), number);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
