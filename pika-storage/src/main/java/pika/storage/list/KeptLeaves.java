package pika.storage.list;

import pika.storage.bytes.Slice;
import pika.storage.key.LatePayload;
import pika.storage.key.Rows;
import pika.storage.rank.Directory;
import pika.storage.rank.Fanout;
import pika.storage.rank.KeptDirectory;
import pika.storage.rank.NumberedRows;
import pika.storage.rank.Run;

/**
 * The leaves of a large list, and the directory that counts them, kept open from one command of a
 * unit of work to the next: a leaf to which many commands push is written once. Leaves may be
 * replaced, but neither come nor go; a command that needs more continues in what it {@linkplain
 * #own has for itself}. Changes are taken back when their command is rolled back.
 *
 * <p>Confined to the thread that runs the unit.
 */
final class KeptLeaves implements LatePayload {
  private static final NumberedRows.Codec<Leaf> CODEC = new NumberedRows.Codec<>() {
    @Override
    public Leaf decode(byte[] bytes) {
      return Leaf.decode(bytes);
    }

    @Override
    public byte[] encode(Leaf leaf) {
      return leaf.encode();
    }
  };

  /** How many replaced leaves are held. A list that is changed at both ends has two. */
  private static final int MOST_LEAVES = 8;

  private final Rows rows;
  private final KeptDirectory directory;
  private final NumberedRows<Leaf> leaves;

  private KeptLeaves(Rows rows, KeptDirectory directory) {
    this.rows = rows;
    this.directory = directory;
    this.leaves = NumberedRows.completing(rows, ListFormat.LEAF_SPACE, CODEC);
  }

  /** Opens what {@link Directory#save} returned as {@code saved}. */
  static KeptLeaves open(Rows rows, Fanout fanout, Slice saved) {
    return new KeptLeaves(rows, KeptDirectory.open(rows, ListFormat.NODE_SPACE, fanout, saved));
  }

  /** Returns access to leaves for one command, which may change them in every way. */
  static NumberedRows<Leaf> leavesOf(Rows rows) {
    return new NumberedRows<>(rows, ListFormat.LEAF_SPACE, CODEC);
  }

  /** Returns the directory, only to look things up in it. */
  Directory directory() {
    return directory.directory();
  }

  /** Returns the leaves, only to read them. */
  NumberedRows<Leaf> leaves() {
    return leaves;
  }

  /** Returns whether counts differ from what was opened. */
  boolean isChanged() {
    return directory.version() > 0;
  }

  /** Returns whether another leaf can be replaced. */
  boolean hasRoomFor(Run run) {
    return leaves.known(run.id()) != null || leaves.countKnown() < MOST_LEAVES;
  }

  /** Replaces a leaf by one that is not empty. */
  void put(Run run, Leaf before, Leaf after) {
    // First: a change that the undo log has no room for must not stay.
    rows.onRollback(() -> leaves.put(run.id(), before));
    leaves.put(run.id(), after);
    if (after.count() != run.count()) {
      directory.add(run, after.count() - run.count());
    }
  }

  /** Returns a directory in the same state, for one command, which may change everything in it. */
  Directory own() {
    saveLeaves();
    return directory.own();
  }

  @Override
  public int version() {
    return directory.version();
  }

  @Override
  public byte[] encode(int wanted) {
    saveLeaves();
    return directory.encode(wanted);
  }

  private void saveLeaves() {
    rows.onRollback(leaves::unsave);
    leaves.save();
  }
}
