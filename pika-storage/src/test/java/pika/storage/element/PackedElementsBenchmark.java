package pika.storage.element;

import static pika.storage.key.TestEngine.bytes;

import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import pika.storage.Draws;
import pika.storage.Timed;
import pika.storage.bytes.Slice;
import pika.storage.key.DataType;
import pika.storage.key.KeyRecord;

/**
 * The cost of one element of a small hash ({@code PAIRS}) or set ({@code NAMES}, {@code INTEGERS}),
 * starting from the record and, for changes, ending with one.
 */
public class PackedElementsBenchmark extends Timed {
  private static final byte[] NO_VALUE = {};

  @Param({"PAIRS", "NAMES", "INTEGERS"})
  private Packing packing = Packing.PAIRS;

  @Param({"10", "100"})
  private int elements;

  private byte[] value;
  private byte[] otherValue;
  private KeyRecord record;
  private Draws<byte[]> present;
  private Draws<byte[]> absent;

  @Setup
  public void make() {
    Random random = new Random(1);
    value = value(random);
    otherValue = value(random);
    PackedElements all = PackedElements.empty(packing);
    for (int i = 0; i < elements; i++) {
      all.add(name(2 * i), value);
    }
    record = record(all);
    present = new Draws<>(elements, i -> name(2 * i));
    absent = new Draws<>(elements, i -> name(2 * i + 1));
  }

  private byte[] value(Random random) {
    if (!packing.hasValues()) {
      return NO_VALUE;
    }
    byte[] made = new byte[20];
    random.nextBytes(made);
    return made;
  }

  /** All names have the same length, so that length alone never distinguishes two. */
  private byte[] name(int number) {
    return bytes((packing == Packing.INTEGERS ? "" : "field:") + (1_000_000 + number));
  }

  private static KeyRecord record(PackedElements elements) {
    return KeyRecord.of(DataType.HASH, 0, KeyRecord.NEVER, elements.payload());
  }

  private PackedElements open() {
    return PackedElements.of(record, packing);
  }

  @Benchmark
  public @Nullable Slice find() {
    return open().get(present.next());
  }

  @Benchmark
  public @Nullable Slice findAbsent() {
    return open().get(absent.next());
  }

  @Benchmark
  public KeyRecord add() {
    PackedElements changed = open();
    changed.put(absent.next(), value);
    return record(changed);
  }

  /** In a set the element exists already: nothing changes except that a record is made. */
  @Benchmark
  public KeyRecord replace() {
    PackedElements changed = open();
    changed.put(present.next(), otherValue);
    return record(changed);
  }

  @Benchmark
  public KeyRecord remove() {
    PackedElements changed = open();
    changed.remove(present.next());
    return record(changed);
  }
}
