package pika.storage.key;

import static pika.storage.key.TestEngine.bytes;

import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import pika.storage.Draws;
import pika.storage.Timed;

/**
 * The cost of lookups and changes in the record cache, both within the processor's caches and far
 * beyond them.
 */
public class RecordTableBenchmark extends Timed {
  private static final long PLENTY_BYTES = 256L << 20;
  private static final int VALUE_BYTES = 100;

  @Param({"1000", "500000"})
  private int entries;

  private final KeyFormat format = KeyFormat.plain();
  private final RecordTable table = new RecordTable(PLENTY_BYTES);
  private final byte[] value = new byte[VALUE_BYTES];
  private KeyRecord record;
  private Draws<Key> present;
  private Draws<Key> absent;
  private Draws<byte[]> rows;

  @Setup
  public void fill() {
    new Random(1).nextBytes(value);
    record = KeyRecord.of(DataType.STRING, 0, KeyRecord.NEVER, value);
    present = new Draws<>(entries, i -> put(key("key:", i)));
    absent = new Draws<>(entries, i -> key("gone:", i));
    rows = new Draws<>(entries, this::putRow);
  }

  private Key put(Key key) {
    table.put(key, record);
    return key;
  }

  private byte[] putRow(int number) {
    byte[] row = format.rowPrefix(0, bytes("home:" + number), number);
    table.putRow(row, value);
    return row;
  }

  private Key key(String space, int number) {
    return format.key(0, bytes(space + number));
  }

  @Benchmark
  public @Nullable KeyRecord get() {
    return table.get(present.next());
  }

  @Benchmark
  public @Nullable KeyRecord getAbsent() {
    return table.get(absent.next());
  }

  @Benchmark
  public void putOverOther() {
    table.put(present.next(), record);
  }

  @Benchmark
  public byte @Nullable [] row() {
    return table.getRow(rows.next());
  }

  @Benchmark
  public void putRowOverOther() {
    table.putRow(rows.next(), value);
  }

  /** The results assume that everything is cached: evictions would turn hits into misses. */
  @TearDown(Level.Trial)
  public void check() {
    if (table.entries() < entries * 1.99) {
      throw new IllegalStateException("only " + table.entries() + " entries are left");
    }
  }
}
