package pika.storage.list;

import java.util.ArrayList;
import java.util.List;
import pika.storage.bytes.Slice;
import pika.storage.key.KeyRecord;
import pika.storage.rank.Run;

/** A list packed into its record: a single leaf. */
final class PackedLeaves extends Leaves {
  private static final byte[] NO_SEPARATOR = new byte[0];

  private final ListKey key;
  private final long expireAtMs;
  private Leaf leaf;

  private PackedLeaves(ListKey key, long expireAtMs, Leaf leaf) {
    this.key = key;
    this.expireAtMs = expireAtMs;
    this.leaf = leaf;
  }

  /** Returns an empty list, which exists only once it is saved with elements. */
  static PackedLeaves ofNew(ListKey key) {
    return new PackedLeaves(key, KeyRecord.NEVER, Leaf.EMPTY);
  }

  static PackedLeaves of(ListKey key, KeyRecord record) {
    return new PackedLeaves(key, record.expireAtMs(), Leaf.decode(ListFormat.payload(record)));
  }

  /** Returns a list of these elements, in either representation. */
  static Leaves of(ListKey key, long expireAtMs, List<Slice> elements) {
    PackedLeaves empty = new PackedLeaves(key, expireAtMs, Leaf.EMPTY);
    return elements.isEmpty() ? empty : empty.splice(empty.at(0), 0, 0, elements);
  }

  @Override
  long size() {
    return leaf.count();
  }

  @Override
  Run at(long index) {
    return new Run(0, 0, leaf.count(), NO_SEPARATOR);
  }

  @Override
  Leaf read(Run run) {
    return leaf;
  }

  @Override
  Leaves splice(Run run, int from, int to, List<Slice> inserted) {
    long count = leaf.count() - (to - from) + (long) inserted.size();
    if (inserted.isEmpty() || key.limits().packed().allowsPacked(count, Leaf.totalOf(inserted))) {
      Leaf changed = leaf.splice(from, to, inserted);
      if (inserted.isEmpty()
          || key.limits().packed().allowsPacked(changed.count(), changed.sizeBytes())) {
        leaf = changed;
        return this;
      }
    }
    return inRows(from, to, inserted);
  }

  /** Converts the list, which has outgrown its record. */
  private Leaves inRows(int from, int to, List<Slice> inserted) {
    List<Slice> all = new ArrayList<>();
    leaf.addTo(all, 0, from);
    all.addAll(inserted);
    leaf.addTo(all, to, leaf.count());
    return RowLeaves.ofNew(key, expireAtMs, all, fill(from, leaf.count()));
  }

  @Override
  void shrink(Run run, Leaf before, Leaf left) {
    leaf = left;
  }

  @Override
  Leaves renewed(List<Slice> elements) {
    return of(key, expireAtMs, elements);
  }

  @Override
  void save() {
    key.put(leaf, expireAtMs);
  }
}
