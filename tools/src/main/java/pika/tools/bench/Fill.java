package pika.tools.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import pika.tools.load.Loader;
import pika.tools.load.Values;

/**
 * The data a row needs in the server before it is measured, under the names its commands use. Where
 * there are many keys or elements, their names end in twelve digits, like redis-benchmark's random
 * numbers. There are many small collections, with {@link #FEW} elements each and together as many
 * elements as there are strings; of each kind of large collection there is one.
 */
enum Fill {
  /** The row creates its own data. */
  NOTHING(Kind.NOTHING, "", 0),
  /** {@code key:000000000000} and on, redis-benchmark's names. */
  STRINGS(Kind.STRING, "key:", 1),
  /** {@code hash:000000000000} and on, with {@code field:000000000000} and on. */
  HASHES(Kind.HASH, "hash:", Fill.FEW),
  /** {@code hash100:000000000000} and on. */
  HASHES_100(Kind.HASH, "hash100:", 100),
  /** One hash named {@code hash10000}. */
  HASH_10000(Kind.HASH, "hash10000", 10_000),
  /** One hash named {@code largehash}. */
  LARGE_HASH(Kind.HASH, "largehash", Fill.MANY),
  /** {@code list:000000000000} and on. */
  LISTS(Kind.LIST, "list:", Fill.FEW),
  /** One list named {@code list}. */
  LIST(Kind.LIST, "list", 1000),
  /** One list named {@code longlist}. */
  LONG_LIST(Kind.LIST, "longlist", Fill.MANY),
  /** {@code set:000000000000} and on, with {@code member:000000000000} and on. */
  SETS(Kind.SET, "set:", Fill.FEW),
  /** One set named {@code largeset}. */
  LARGE_SET(Kind.SET, "largeset", Fill.MANY),
  /**
   * {@code zset:000000000000} and on, with {@code member:000000000000} and on; their scores are
   * their numbers.
   */
  SORTED_SETS(Kind.SORTED_SET, "zset:", Fill.FEW),
  /** One sorted set named {@code largezset}. */
  LARGE_SORTED_SET(Kind.SORTED_SET, "largezset", Fill.MANY);

  static final int FEW = 10;
  /** Enough that a row that pops does not use it up in a run of some seconds without pipelining. */
  static final int MANY = 1_000_000;

  /** Gives every server the same data in every run. */
  private static final long SEED = 1;

  private static final int ELEMENTS_IN_COMMAND = 100;

  /** The words of one element in the command that adds it. */
  private enum Kind {
    NOTHING(""),
    STRING("SET") {
      @Override
      void add(List<byte[]> command, long element, Values values) {
        command.add(values.next());
      }
    },
    HASH("HSET") {
      @Override
      void add(List<byte[]> command, long element, Values values) {
        command.add(numbered("field:", element));
        command.add(values.next());
      }
    },
    LIST("RPUSH") {
      @Override
      void add(List<byte[]> command, long element, Values values) {
        command.add(values.next());
      }
    },
    SET("SADD") {
      @Override
      void add(List<byte[]> command, long element, Values values) {
        command.add(numbered("member:", element));
      }
    },
    SORTED_SET("ZADD") {
      @Override
      void add(List<byte[]> command, long element, Values values) {
        command.add(bytes(Long.toString(element)));
        command.add(numbered("member:", element));
      }
    };

    final byte[] command;

    Kind(String command) {
      this.command = bytes(command);
    }

    void add(List<byte[]> command, long element, Values values) {
      // No data, no command.
    }
  }

  private final Kind kind;
  private final String key;
  private final int elements;

  Fill(Kind kind, String key, int elements) {
    this.kind = kind;
    this.key = key;
    this.elements = elements;
  }

  /**
   * The range of random numbers: of keys if the dataset has {@code keys}, or of elements of a
   * single key.
   */
  long keyCount(long keys) {
    if (this == NOTHING) {
      return keys;
    }
    return isOne() ? elements : collections(keys);
  }

  /** @throws IOException if the connection breaks or a command fails */
  void into(Loader loader, Dataset dataset) throws IOException {
    if (this != NOTHING) {
      Values values = new Values(dataset.valueBytes(), SEED);
      for (long number = 0; number < collections(dataset.keys()); number++) {
        fill(loader, isOne() ? bytes(key) : numbered(key, number), values);
      }
    }
    loader.finish();
  }

  private void fill(Loader loader, byte[] name, Values values) throws IOException {
    for (int from = 0; from < elements; from += ELEMENTS_IN_COMMAND) {
      List<byte[]> command = new ArrayList<>();
      command.add(kind.command);
      command.add(name);
      for (int i = from; i < Math.min(elements, from + ELEMENTS_IN_COMMAND); i++) {
        kind.add(command, i, values);
      }
      loader.send(command.toArray(byte[][]::new));
    }
  }

  private long collections(long keys) {
    return isOne() ? 1 : Math.max(1, keys / elements);
  }

  private boolean isOne() {
    return !key.endsWith(":");
  }

  private static byte[] numbered(String prefix, long number) {
    return Loader.key(bytes(prefix), number);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
