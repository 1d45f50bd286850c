package pika.storage.list;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.Slice;
import pika.storage.key.KeyRecord;
import pika.storage.key.Rows;
import pika.storage.rank.Directory;
import pika.storage.rank.NumberedRows;
import pika.storage.rank.Run;

/** A large list: each leaf is a row, located through a directory of counts. */
final class RowLeaves extends Leaves {
  /**
   * How many leaves a loop may look at, which takes microseconds when they are in memory; longer
   * searches move to other threads.
   */
  private static final int MOST_STEPS_ON_LOOP = 16;

  private final ListKey key;
  private final long expireAtMs;
  private final Rows rows;
  /** The kept one, or this command's own; and so are the leaves. */
  private Directory directory;

  private NumberedRows<Leaf> leaves;
  /** What several commands share; null once this one needed its own. */
  private @Nullable KeptLeaves kept;

  private boolean countsChanged;
  private int steps;

  private RowLeaves(
      ListKey key, long expireAtMs, Rows rows, Directory directory, NumberedRows<Leaf> leaves) {
    this.key = key;
    this.expireAtMs = expireAtMs;
    this.rows = rows;
    this.directory = directory;
    this.leaves = leaves;
  }

  static RowLeaves of(ListKey key, KeyRecord record) {
    Rows rows = key.keyspace().rows(key.userKey(), record);
    KeptLeaves kept = record.late() instanceof KeptLeaves open
        ? open
        : KeptLeaves.open(rows, key.limits().fanout(), ListFormat.payload(record));
    RowLeaves opened =
        new RowLeaves(key, record.expireAtMs(), rows, kept.directory(), kept.leaves());
    opened.kept = kept;
    return opened;
  }

  /** Creates a large list of these elements. */
  static RowLeaves ofNew(ListKey key, long expireAtMs, List<Slice> elements, Fill fill) {
    Rows rows = key.newRows();
    Directory directory = Directory.create(
        rows, ListFormat.NODE_SPACE, key.limits().fanout(), Directory.Search.BY_INDEX);
    RowLeaves made = new RowLeaves(key, expireAtMs, rows, directory, KeptLeaves.leavesOf(rows));
    made.insert(0, Leaf.pack(elements, key.limits().leaf(), fill));
    return made;
  }

  @Override
  long size() {
    return directory.size();
  }

  @Override
  Run at(long index) {
    return directory.at(index);
  }

  /** Searches come here as well, so leaves that are only read are not kept. */
  @Override
  Leaf read(Run run) {
    step();
    return leaves.peek(run.id());
  }

  private void step() {
    if (++steps > MOST_STEPS_ON_LOOP) {
      key.requireMayBlock();
    }
  }

  // ---- changes

  @Override
  Leaves splice(Run run, int from, int to, List<Slice> inserted) {
    if (inserted.isEmpty()) {
      cut(run, from, to);
      return this;
    }
    Leaf leaf = read(run);
    long count = leaf.count() - (to - from) + (long) inserted.size();
    LeafLimits limits = key.limits().leaf();
    if (limits.allow(count, Leaf.totalOf(inserted))) {
      Leaf changed = leaf.splice(from, to, inserted);
      if (limits.allow(changed.count(), changed.sizeBytes())) {
        put(run, leaf, changed);
        if (changed.sizeBytes() < leaf.sizeBytes()) {
          joinIfSmall(run, changed);
        }
        return this;
      }
    }
    spread(run, leaf, from, to, inserted);
    return this;
  }

  private void cut(Run run, int from, int to) {
    if (to - from == run.count()) {
      remove(run);
    } else {
      Leaf leaf = read(run);
      shrink(run, leaf, leaf.splice(from, to, List.of()));
    }
  }

  @Override
  void shrink(Run run, Leaf leaf, Leaf left) {
    if (left.count() == 0) {
      remove(run);
      return;
    }
    put(run, leaf, left);
    joinIfSmall(run, left);
  }

  private void put(Run run, Leaf before, Leaf after) {
    boolean changesCount = after.count() != run.count();
    countsChanged |= changesCount;
    // Without a changed count the header need not be written, unless it has to be anyway.
    if (kept != null && (changesCount || kept.isChanged()) && kept.hasRoomFor(run)) {
      kept.put(run, before, after);
      return;
    }
    takeOwn();
    leaves.put(run.id(), after);
    if (changesCount) {
      directory.add(run, after.count() - run.count());
    }
  }

  /** From here on this command changes more than what is kept for others can take. */
  private void takeOwn() {
    if (kept != null) {
      countsChanged |= kept.isChanged();
      directory = kept.own();
      leaves = KeptLeaves.leavesOf(rows);
      kept = null;
    }
  }

  private void remove(Run run) {
    step();
    takeOwn();
    leaves.remove(run.id());
    directory.add(run, -run.count());
    countsChanged = true;
  }

  /** Splits a leaf that has become too large. */
  private void spread(Run run, Leaf leaf, int from, int to, List<Slice> inserted) {
    List<Slice> all = new ArrayList<>();
    leaf.addTo(all, 0, from);
    all.addAll(inserted);
    leaf.addTo(all, to, leaf.count());
    Fill fill = from == to ? fill(run.start() + from, size()) : Fill.EVENLY;
    List<Leaf> pieces = Leaf.pack(all, key.limits().leaf(), fill);
    int last = pieces.size() - 1;
    takeOwn();
    if (fill == Fill.FROM_TAIL) {
      put(run, leaf, pieces.get(last));
      insert(run.start(), pieces.subList(0, last));
    } else {
      put(run, leaf, pieces.get(0));
      insert(run.start() + pieces.get(0).count(), pieces.subList(1, last + 1));
    }
  }

  /** Adds leaves at a leaf boundary, to a directory of this command's own. */
  private void insert(long index, List<Leaf> added) {
    long at = index;
    for (Leaf leaf : added) {
      Run run = directory.insert(at, leaf.count());
      leaves.put(run.id(), leaf);
      at = run.end();
    }
    countsChanged = true;
  }

  // ---- small leaves

  /**
   * Merges a leaf that has become small with a neighbour if the result has room, so that removing
   * and inserting can't leave one leaf per element. The first and the last leaf of many are exempt:
   * they grow and shrink all the time.
   */
  private void joinIfSmall(Run changed, Leaf leaf) {
    if (!key.limits().leaf().isSmall(leaf)) {
      return;
    }
    Run run = directory.at(changed.start());
    Run previous = directory.previous(run);
    Run next = directory.next(run);
    if (next != null && (previous != null || next.end() == size())) {
      Leaf right = beside(next, leaf);
      if (right != null && joined(run, leaf, next, right)) {
        return;
      }
    }
    if (previous != null && (next != null || previous.start() == 0)) {
      Leaf left = beside(previous, leaf);
      if (left != null) {
        joined(previous, left, run, leaf);
      }
    }
  }

  /**
   * Returns the leaf beside a small one, null when the counts alone show that they don't fit
   * together.
   */
  private @Nullable Leaf beside(Run run, Leaf small) {
    return key.limits().leaf().allowJoined(run.count() + small.count()) ? read(run) : null;
  }

  private boolean joined(Run left, Leaf leftLeaf, Run right, Leaf rightLeaf) {
    if (!key.limits().leaf().allowJoined(leftLeaf, rightLeaf)) {
      return false;
    }
    takeOwn();
    leaves.put(left.id(), leftLeaf.plus(rightLeaf));
    leaves.remove(right.id());
    directory.join(left);
    countsChanged = true;
    return true;
  }

  // ---- the end

  @Override
  Leaves renewed(List<Slice> elements) {
    return PackedLeaves.of(key, expireAtMs, elements);
  }

  @Override
  void save() {
    Leaf only = onlyLeaf();
    if (only != null) {
      // The rows become garbage with their header.
      key.put(only, expireAtMs);
      return;
    }
    if (kept != null) {
      key.putLateHeader(rows, expireAtMs, kept);
      return;
    }
    leaves.save();
    if (countsChanged) {
      key.putHeader(rows, expireAtMs, directory.save());
    }
  }

  /**
   * Returns the last leaf if it belongs into the record; null when the list stays large, or the
   * leaf has not been read.
   */
  private @Nullable Leaf onlyLeaf() {
    if (!countsChanged || !directory.hasOneRunAtMost()) {
      return null;
    }
    Run run = directory.first();
    if (run == null) {
      return Leaf.EMPTY;
    }
    Leaf leaf = leaves.known(run.id());
    return leaf != null && key.limits().allowPackedAgain(leaf) ? leaf : null;
  }
}
