package pika.storage.rdb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import pika.storage.bytes.ByteWriter;
import pika.storage.bytes.Slice;
import pika.storage.stream.StreamEntry;
import pika.storage.stream.StreamId;

/**
 * Some consecutive entries of a stream.
 *
 * <pre>
 * node   := string(master-id) string(listpack)         master-id: ms:u64 sequence:u64, big-endian
 * listpack := count deleted n field*n 0 entry*         the master's fields, which most entries share
 * entry  := flags ms-difference sequence-difference values elements
 * values := value*n                                    if flags has SAME_FIELDS
 *         | m (field value)*m
 * </pre>
 *
 * <p>{@code elements} is the number of preceding elements of the entry, for reading backwards.
 */
final class StreamNode {
  private static final int DELETED = 1;
  private static final int SAME_FIELDS = 2;

  /** Elements of an entry besides its values. */
  private static final int HEAD_ELEMENTS = 3;

  private static final int MAX_ENTRIES = 100;
  private static final int MAX_BYTES = 4096;

  private StreamNode() {}

  // ---- writing

  /** Splits entries into nonempty portions that fit one node each. */
  static List<List<StreamEntry>> cut(List<StreamEntry> entries) {
    List<List<StreamEntry>> nodes = new ArrayList<>();
    int start = 0;
    long bytes = 0;
    for (int i = 0; i < entries.size(); i++) {
      bytes += entries.get(i).fields().stream().mapToLong(Slice::length).sum();
      if (i + 1 == entries.size() || i + 1 - start == MAX_ENTRIES || bytes >= MAX_BYTES) {
        nodes.add(entries.subList(start, i + 1));
        start = i + 1;
        bytes = 0;
      }
    }
    return nodes;
  }

  static void write(List<StreamEntry> entries, RdbOutput out) {
    StreamEntry master = entries.get(0);
    List<byte[]> names = names(master);
    ListpackWriter listpack = new ListpackWriter();
    listpack.putLong(entries.size());
    listpack.putLong(0);
    listpack.putLong(names.size());
    names.forEach(name -> listpack.putString(Slice.of(name)));
    listpack.putLong(0);
    for (StreamEntry entry : entries) {
      write(entry, master.id(), names, listpack);
    }
    out.putString(id(master.id())).putString(listpack.toByteArray());
  }

  private static void write(
      StreamEntry entry, StreamId master, List<byte[]> masterNames, ListpackWriter out) {
    boolean same = haveSame(names(entry), masterNames);
    List<Slice> fields = entry.fields();
    out.putLong(same ? SAME_FIELDS : 0);
    out.putLong(entry.id().ms() - master.ms());
    out.putLong(entry.id().sequence() - master.sequence());
    if (!same) {
      out.putLong(fields.size() / 2);
    }
    for (int i = same ? 1 : 0; i < fields.size(); i += same ? 2 : 1) {
      out.putString(fields.get(i));
    }
    out.putLong(HEAD_ELEMENTS + (same ? fields.size() / 2 : fields.size() + 1));
  }

  private static List<byte[]> names(StreamEntry entry) {
    List<byte[]> names = new ArrayList<>();
    for (int i = 0; i < entry.fields().size(); i += 2) {
      names.add(entry.fields().get(i).toByteArray());
    }
    return names;
  }

  private static boolean haveSame(List<byte[]> names, List<byte[]> others) {
    if (names.size() != others.size()) {
      return false;
    }
    for (int i = 0; i < names.size(); i++) {
      if (!Arrays.equals(names.get(i), others.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Returns the sixteen bytes of an id. */
  static byte[] id(StreamId id) {
    return new ByteWriter(2 * Long.BYTES)
        .putLong(id.ms())
        .putLong(id.sequence())
        .toByteArray();
  }

  // ---- reading

  /** Receives the entries of a node one by one. */
  @FunctionalInterface
  interface Receiver {
    /** Receives an entry; {@code fields} are alternating names and values. */
    void entry(StreamId id, List<byte[]> fields);
  }

  static void read(RdbInput in, Receiver receiver) {
    RdbInput key = new RdbInput(in.takeString());
    StreamId master = takeId(key);
    Listpack listpack = new Listpack(in.takeString());
    long entries = listpack.nextLong() + listpack.nextLong();
    List<byte[]> names = take(listpack, listpack.nextLong());
    listpack.nextLong();
    for (; entries > 0; entries--) {
      readEntry(listpack, master, names, receiver);
    }
    if (listpack.hasNext()) {
      throw new RdbException("more entries than the node says");
    }
  }

  private static void readEntry(
      Listpack listpack, StreamId master, List<byte[]> names, Receiver receiver) {
    long flags = listpack.nextLong();
    StreamId id =
        new StreamId(master.ms() + listpack.nextLong(), master.sequence() + listpack.nextLong());
    List<byte[]> fields = (flags & SAME_FIELDS) != 0
        ? joined(names, take(listpack, names.size()))
        : take(listpack, 2 * listpack.nextLong());
    listpack.nextLong();
    if ((flags & DELETED) == 0) {
      receiver.entry(id, fields);
    }
  }

  private static List<byte[]> joined(List<byte[]> names, List<byte[]> values) {
    List<byte[]> fields = new ArrayList<>(2 * names.size());
    for (int i = 0; i < names.size(); i++) {
      fields.add(names.get(i));
      fields.add(values.get(i));
    }
    return fields;
  }

  private static List<byte[]> take(Listpack listpack, long count) {
    List<byte[]> taken = new ArrayList<>();
    for (long left = count; left > 0; left--) {
      taken.add(listpack.next());
    }
    return taken;
  }

  static StreamId takeId(RdbInput in) {
    long ms = Long.reverseBytes(in.takeLong());
    return new StreamId(ms, Long.reverseBytes(in.takeLong()));
  }
}
