package pika.storage.rank;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.ByteWriter;
import pika.storage.bytes.Slice;
import pika.storage.key.Rows;
import pika.storage.packed.VarintReader;
import pika.storage.rocks.StorageException;

/**
 * Finds the element at an index, or of a key, in a large ordered value without scanning the value.
 *
 * <p>The owner keeps its elements in consecutive <em>runs</em>: a list's run is one row (a leaf), a
 * sorted set's run is a range of rows. For each run the directory stores its id, its number of
 * elements and, optionally, a separator between it and the run before; it never looks at the
 * elements. It is a B+-tree whose entries carry the number of elements below them, so finding,
 * adding and removing a run or changing its count take time logarithmic in the number of runs:
 *
 * <pre>
 *   root, in the header's payload      (node 7: 600) (node 9: 420)
 *                                        /               \
 *   nodes, each a row         (run 1: 250) (run 3: 350)   (run 2: 200) (run 8: 220)
 *
 *   payload := flags:u8 levels:u8 next-id:varint bounds node    the root, see {@link Node}; {@link KeyBounds}
 *   row     := space:u8 id:u64 -> node                          every other node
 *   flags   := 0x01 SEPARATED: entries have separators | those of the bounds
 * </pre>
 *
 * <p>Usage: open it, ask for a run, change the run's elements, and report the change through
 * {@link #add}, {@link #insert}, {@link #split} or {@link #join}. Finally call {@link #save}, which
 * writes the changed nodes to the rows, and store what it returns in the header's payload. Changes
 * that are not saved are lost. Runs are never empty: a run whose count drops to 0 is removed. The
 * owner decides how long a run may get.
 *
 * <p>Separators: a key belongs to the last run whose separator is not greater than the key, or to
 * the first run if there is none. So a separator is any key that is greater than all keys of the
 * run before and not greater than the first key of its own run; {@link #separator} finds a short
 * one, which keeps nodes small. It stays valid when the run's first element is removed. Lists need
 * no separators.
 *
 * <p>An instance belongs to one command of one unit of work; the next command opens its own, unless
 * a {@link KeptDirectory} keeps it open. In a unit that must not wait, every method throws
 * {@link pika.storage.key.WouldBlock} when it needs a node that is not in memory; after any
 * exception the instance must not be used again, except when it comes from a search or from an
 * {@link #add} that leaves elements in its run, which change nothing then.
 */
public final class Directory {
  private static final int SEPARATED = 0x01;
  private static final byte[] NO_SEPARATOR = new byte[0];

  /** How runs can be found. */
  public enum Search {
    /** By the index of an element. */
    BY_INDEX,
    /** By the index of an element, or by key through separators. */
    BY_INDEX_AND_KEY
  }

  /** How many elements the run {@code id} has, none if it is gone. */
  public record Count(long id, long elements) {}

  private final NumberedRows<Node> nodes;
  private final Fanout fanout;
  private final boolean separated;
  private KeyBounds bounds = new KeyBounds();
  private Node root;
  private int levels = 1;
  private long nextId;
  private long size;

  private Directory(NumberedRows.Bytes rows, int space, Fanout fanout, boolean separated) {
    this.nodes = new NumberedRows<>(rows, space, Node.codec(separated));
    this.fanout = fanout;
    this.separated = separated;
    this.root = Node.empty(separated);
  }

  // ---- from and to the disk

  /** Creates a directory without runs, whose nodes will be rows under the byte {@code space}. */
  public static Directory create(Rows rows, int space, Fanout fanout, Search search) {
    return create(NumberedRows.bytesOf(rows), space, fanout, search);
  }

  static Directory create(NumberedRows.Bytes rows, int space, Fanout fanout, Search search) {
    return new Directory(rows, space, fanout, search == Search.BY_INDEX_AND_KEY);
  }

  /** Opens what {@link #save} returned as {@code saved}, over the same rows and the same space. */
  public static Directory open(Rows rows, int space, Fanout fanout, Slice saved) {
    return open(NumberedRows.bytesOf(rows), space, fanout, saved);
  }

  static Directory open(NumberedRows.Bytes rows, int space, Fanout fanout, Slice saved) {
    VarintReader in = reader(saved);
    int flags = in.takeByte();
    if ((flags & ~(SEPARATED | KeyBounds.FLAGS)) != 0) {
      throw new StorageException("damaged value: unknown format of its directory");
    }
    Directory directory = new Directory(rows, space, fanout, (flags & SEPARATED) != 0);
    directory.levels = in.takeByte();
    directory.nextId = in.takeVarlong();
    directory.bounds = KeyBounds.take(flags, in);
    directory.root = Node.decode(rest(in, saved), directory.separated);
    directory.size = directory.root.total();
    return directory;
  }

  /** Returns the size of a saved directory without opening it. */
  public static long sizeOf(Slice saved) {
    VarintReader in = reader(saved);
    int flags = in.takeByte();
    in.takeByte();
    in.takeVarlong();
    KeyBounds.skip(flags, in);
    return Node.decode(rest(in, saved), (flags & SEPARATED) != 0).total();
  }

  /**
   * Writes the changed nodes to their rows. Returns what must be stored in the header's payload.
   */
  public byte[] save() {
    nodes.save();
    int headBytes = 2 + ByteWriter.varlongBytes(nextId);
    ByteWriter out = new ByteWriter(headBytes + bounds.sizeBytes() + root.sizeBytes());
    out.putByte((separated ? SEPARATED : 0) | bounds.flags()).putByte(levels).putVarlong(nextId);
    bounds.putInto(out);
    root.encodeInto(out);
    return out.finish();
  }

  /** Takes what {@link #save} has written for not written: the rows were rolled back. */
  void unsave() {
    nodes.unsave();
  }

  // ---- finding runs

  /** Returns the total number of elements. */
  public long size() {
    return size;
  }

  /** Returns whether there is at most one run. */
  public boolean hasOneRunAtMost() {
    return levels == 1 && root.size() <= 1;
  }

  /** Returns a lower bound of all keys, inclusive; empty when none is known. */
  public byte[] least() {
    return bounds.least();
  }

  /** Returns an upper bound of all keys, exclusive; null when none is known. */
  public byte @Nullable [] end() {
    return bounds.end();
  }

  /** Returns the first run; null when there is none. */
  public @Nullable Run first() {
    return size == 0 ? null : pathTo(0).run();
  }

  /** Returns the last run; null when there is none. */
  public @Nullable Run last() {
    return size == 0 ? null : pathTo(size - 1).run();
  }

  /**
   * Returns the run with the element at {@code index}, which must be at least 0 and below
   * {@link #size}.
   */
  public Run at(long index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException("no element " + index + " of " + size);
    }
    return pathTo(index).run();
  }

  /**
   * Returns the run to which a key belongs, whether or not the key exists; null when there are no
   * runs.
   */
  public @Nullable Run of(byte[] key) {
    if (size == 0) {
      return null;
    }
    return pathTo(key).run();
  }

  /** Returns the run after {@code run}; null when that is the last one. */
  public @Nullable Run next(Run run) {
    return run.end() >= size ? null : at(run.end());
  }

  /** Returns the run before {@code run}; null when that is the first one. */
  public @Nullable Run previous(Run run) {
    return run.start() == 0 ? null : at(run.start() - 1);
  }

  // ---- changing runs

  /**
   * Adds {@code delta}, which may be negative, to a run's count; a run that becomes empty is
   * removed.
   */
  public void add(Run run, long delta) {
    Path path = pathTo(run);
    if (run.count() + delta < 0) {
      throw new IllegalArgumentException("fewer than no elements in a run");
    }
    if (delta > 0) {
      bounds.forget();
    }
    addInBounds(path, delta);
  }

  /**
   * Like {@link #add(Run, long)}, for the run to which {@code key} belongs; there must be at least
   * one run. Cheaper, because the run's start is not computed, and the key bounds survive: when
   * {@code delta} is positive it must be 1 and {@code key} the added key. Returns the run's id and
   * its new count.
   */
  public Count add(byte[] key, long delta) {
    Count run = addWithin(key, delta, 0, Long.MAX_VALUE);
    if (run == null) {
      throw new IllegalArgumentException("fewer than no elements in a run");
    }
    return run;
  }

  /**
   * Like {@link #add(byte[], long)}, but does nothing and returns null if the run would have fewer
   * than {@code least} or more than {@code most} elements. If {@code least} is positive, nothing
   * but counts changes.
   */
  @Nullable
  Count addWithin(byte[] key, long delta, long least, long most) {
    if (delta > 1) {
      throw new IllegalArgumentException("elements with keys are added one by one");
    }
    Path path = pathTo(key);
    long id = path.lowest().id(path.lowestPosition());
    long elements = path.lowest().count(path.lowestPosition()) + delta;
    if (elements < least || elements > most) {
      return null;
    }
    if (delta > 0) {
      bounds.include(key);
    }
    addInBounds(path, delta);
    return new Count(id, elements);
  }

  /**
   * Like {@link #add(Path, long)}, for a change that leaves all keys within the bounds; narrows
   * them when the first or last run is removed.
   */
  private void addInBounds(Path path, long delta) {
    boolean goes = path.lowest().count(path.lowestPosition()) + delta == 0;
    if (!goes || !separated) {
      add(path, delta);
      return;
    }
    Run run = path.run();
    boolean isLast = run.end() == size;
    add(path, delta);
    if (size == 0) {
      bounds.forget();
    } else if (run.start() == 0) {
      bounds.startAt(pathTo(0).run().separator());
    } else if (isLast) {
      bounds.endAt(run.separator());
    }
  }

  private void add(Path path, long delta) {
    size += delta;
    if (path.lowest().count(path.lowestPosition()) + delta == 0) {
      path.lowest().remove(path.lowestPosition());
      settle(path, Change.REMOVED);
      return;
    }
    for (int level = 0; level < path.depth(); level++) {
      path.node(level).add(path.position(level), delta);
      if (level > 0) {
        nodes.put(path.node(level - 1).id(path.position(level - 1)), path.node(level));
      }
    }
  }

  /** Like {@link #insert(long, long, byte[])}, in a directory without separators. */
  public Run insert(long index, long count) {
    return insert(index, count, NO_SEPARATOR);
  }

  /**
   * Adds a run of {@code count} elements whose first one gets {@code index}: before the run that
   * starts there now, or at the end. Later elements move up.
   */
  public Run insert(long index, long count, byte[] separator) {
    bounds.forget();
    return insertWithin(index, count, separator);
  }

  private Run insertWithin(long index, long count, byte[] separator) {
    if (count <= 0) {
      throw new IllegalArgumentException("a run without elements");
    }
    Path path = pathTo(index);
    int at = path.lowestPosition();
    if (index == size) {
      at++;
    } else if (path.before() != index) {
      throw new IllegalArgumentException("no run starts at " + index);
    }
    Run run = new Run(nextId++, index, count, separator);
    path.lowest().insert(at, run.id(), count, separator);
    Change change =
        index == 0 ? Change.INSERTED_FIRST : index == size ? Change.INSERTED_LAST : Change.INSERTED;
    size += count;
    settle(path, change);
    return run;
  }

  /**
   * Splits a run: the first {@code kept} elements stay in it, the others move to a new run after
   * it, which is returned.
   *
   * @param separator the separator between the two; empty in a directory without separators
   */
  public Run split(Run run, long kept, byte[] separator) {
    if (kept <= 0 || kept >= run.count()) {
      throw new IllegalArgumentException("a run without elements");
    }
    add(pathTo(run), kept - run.count());
    return insertWithin(run.start() + kept, run.count() - kept, separator);
  }

  /** Merges the run after {@code run} into {@code run}; returns the merged run. */
  public Run join(Run run) {
    Run next = next(run);
    if (next == null) {
      throw new IllegalArgumentException("nothing to join");
    }
    add(pathTo(next), -next.count());
    add(pathTo(run), next.count());
    return new Run(run.id(), run.start(), run.count() + next.count(), run.separator());
  }

  /**
   * Returns a short separator between two neighbouring keys: the shortest prefix of {@code first}
   * that is greater than {@code lastBefore}.
   */
  public static byte[] separator(byte[] lastBefore, byte[] first) {
    int common = Arrays.mismatch(lastBefore, first);
    if (common < 0 || common == first.length) {
      throw new IllegalArgumentException("keys are not in order");
    }
    return Arrays.copyOf(first, common + 1);
  }

  // ---- the tree

  private enum Change {
    REMOVED,
    INSERTED,
    INSERTED_FIRST,
    INSERTED_LAST
  }

  private Path pathTo(Run run) {
    Path path = pathTo(run.start());
    if (size == 0 || path.run().id() != run.id()) {
      throw new IllegalStateException("the run is not there any more");
    }
    return path;
  }

  /**
   * Returns the path to the entry that holds {@code index}, or to the last entry if {@code index}
   * is beyond the end.
   */
  private Path pathTo(long index) {
    Path path = new Path(levels);
    Node node = root;
    long left = index;
    while (true) {
      int at = node.findIndex(left);
      path.enter(node, at);
      if (path.depth() == levels) {
        return path;
      }
      left -= node.countBefore(at);
      node = nodes.get(path.idBelow());
    }
  }

  /** Returns the path to the entry of the run to which a key belongs. */
  private Path pathTo(byte[] key) {
    if (!separated) {
      throw new IllegalStateException("a directory without separators");
    }
    Path path = new Path(levels);
    Node node = root;
    while (true) {
      path.enter(node, node.findKey(key));
      if (path.depth() == levels) {
        return path;
      }
      node = nodes.get(path.idBelow());
    }
  }

  /**
   * Rebalances the nodes on a path from the bottom up to the root, after the lowest one has
   * changed.
   */
  private void settle(Path path, Change change) {
    boolean mayBeSmall = change == Change.REMOVED;
    for (int level = path.depth() - 1; level > 0; level--) {
      Node parent = path.node(level - 1);
      int at = path.position(level - 1);
      Node node = path.node(level);
      if (node.size() == 0) {
        nodes.remove(parent.id(at));
        parent.remove(at);
        continue;
      }
      nodes.put(parent.id(at), node);
      parent.describe(at, node);
      if (node.size() > fanout.nodeEntries()) {
        split(parent, at, node, change);
      } else if (mayBeSmall) {
        mayBeSmall = joinIfSmall(parent, at, node);
      }
    }
    settleRoot(change);
  }

  private void settleRoot(Change change) {
    if (root.size() > fanout.rootEntries()) {
      Node below = root;
      long id = nextId++;
      nodes.put(id, below);
      root = Node.empty(separated);
      root.insert(0, id, below.total(), below.separator(0));
      levels++;
      if (below.size() > fanout.nodeEntries()) {
        split(root, 0, below, change);
      }
      return;
    }
    // Only at half the limit, so that a root near the limit doesn't shrink and grow all the time.
    while (levels > 1 && root.size() == 1) {
      Node below = nodes.get(root.id(0));
      if (below.size() > fanout.rootEntries() / 2) {
        return;
      }
      nodes.remove(root.id(0));
      root = below;
      levels--;
    }
    if (root.size() == 0) {
      levels = 1;
    }
  }

  /**
   * Splits an overfull node: in the middle, except that runs added at one end fill their nodes
   * completely.
   */
  private void split(Node parent, int at, Node node, Change change) {
    int kept = switch (change) {
      case INSERTED_FIRST -> 1;
      case INSERTED_LAST -> node.size() - 1;
      default -> node.size() / 2;
    };
    Node rest = node.splitAt(kept);
    long id = nextId++;
    nodes.put(id, rest);
    parent.describe(at, node);
    parent.insert(at + 1, id, rest.total(), rest.separator(0));
  }

  /**
   * Merges a node that has become small with a sibling if that leaves spare room; returns whether
   * it did.
   */
  private boolean joinIfSmall(Node parent, int at, Node node) {
    if (node.size() > fanout.nodeEntries() / 4 || parent.size() == 1) {
      return false;
    }
    int left = at == parent.size() - 1 ? at - 1 : at;
    Node one = nodes.get(parent.id(left));
    Node other = nodes.get(parent.id(left + 1));
    if (one.size() + other.size() > fanout.nodeEntries() * 3 / 4) {
      return false;
    }
    one.append(other);
    nodes.put(parent.id(left), one);
    nodes.remove(parent.id(left + 1));
    parent.remove(left + 1);
    parent.describe(left, one);
    return true;
  }

  private static VarintReader reader(Slice slice) {
    return new VarintReader(slice.array(), slice.offset(), slice.offset() + slice.length());
  }

  /** Returns the unread remainder. */
  private static Slice rest(VarintReader in, Slice slice) {
    int end = slice.offset() + slice.length();
    return new Slice(slice.array(), in.position(), end - in.position());
  }
}
