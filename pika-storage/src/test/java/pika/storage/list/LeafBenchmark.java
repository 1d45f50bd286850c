package pika.storage.list;

import static pika.storage.key.TestEngine.bytes;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import pika.storage.Draws;
import pika.storage.Timed;
import pika.storage.bytes.Slice;
import pika.storage.key.DataType;
import pika.storage.key.KeyRecord;

/**
 * The cost of one element of a short list, starting from the record and, for changes, ending with
 * one.
 */
public class LeafBenchmark extends Timed {
  private static final List<Slice> NONE = List.of();

  @Param({"10", "100"})
  private int elements;

  private KeyRecord record;
  private List<Slice> added;
  private Draws<Integer> positions;
  private Draws<byte[]> present;

  @Setup
  public void make() {
    List<Slice> all = new ArrayList<>();
    for (int i = 0; i < elements; i++) {
      all.add(Slice.of(element(i)));
    }
    record = record(Leaf.of(all));
    added = List.of(Slice.of(element(elements)));
    positions = new Draws<>(elements, i -> i);
    present = new Draws<>(elements, LeafBenchmark::element);
  }

  private static byte[] element(int number) {
    return bytes("element:" + (1000 + number));
  }

  private static KeyRecord record(Leaf leaf) {
    return KeyRecord.of(DataType.LIST, 0, KeyRecord.NEVER, leaf.encode());
  }

  private Leaf open() {
    return Leaf.decode(ListFormat.payload(record));
  }

  /** As LINDEX does. */
  @Benchmark
  public Slice get() {
    return open().get(positions.next());
  }

  /** As LPOS does. */
  @Benchmark
  public int find() {
    Leaf leaf = open();
    byte[] wanted = present.next();
    int at = 0;
    while (at < leaf.count() && !leaf.has(at, wanted)) {
      at++;
    }
    return at;
  }

  @Benchmark
  public KeyRecord addAtHead() {
    return record(open().splice(0, 0, added));
  }

  @Benchmark
  public KeyRecord addAtTail() {
    return record(open().splice(elements, elements, added));
  }

  @Benchmark
  public KeyRecord removeAtHead() {
    return record(open().splice(0, 1, NONE));
  }

  @Benchmark
  public KeyRecord removeAtTail() {
    return record(open().splice(elements - 1, elements, NONE));
  }

  /** As LREM does once it has found the element. */
  @Benchmark
  public KeyRecord removeAnywhere() {
    int at = positions.next();
    return record(open().splice(at, at + 1, NONE));
  }
}
