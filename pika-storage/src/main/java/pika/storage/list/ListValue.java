package pika.storage.list;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.Slice;
import pika.storage.rank.Run;

/**
 * One list, for reading and changing it. Access at an end or an index takes logarithmic time,
 * search by value is linear. Every change is complete when its method returns. Negative indexes
 * count from the tail: -1 is the last element. Elements returned must not be changed. Confined to
 * one command, and unusable once the list is empty.
 */
public final class ListValue {
  /**
   * When fewer than one in this many elements stays, they are copied and the rest is dropped at
   * once rather than leaf by leaf.
   */
  private static final int FEW = 16;

  private Leaves leaves;

  ListValue(Leaves leaves) {
    this.leaves = leaves;
  }

  /** Returns the number of elements. */
  public long size() {
    return leaves.size();
  }

  // ---- reading

  /** Returns the element at an index, null when there is none. */
  public @Nullable Slice get(long index) {
    long at = index < 0 ? index + size() : index;
    if (at < 0 || at >= size()) {
      return null;
    }
    Run run = leaves.at(at);
    return leaves.read(run).get((int) (at - run.start()));
  }

  /**
   * Returns the elements from index {@code start} to {@code stop}, inclusive, as far as they exist.
   */
  public List<Slice> range(long start, long stop) {
    Span span = span(start, stop);
    return elements(span.from, span.to);
  }

  /**
   * Returns the indexes of elements that equal {@code wanted}, in search order.
   *
   * @param rank the first match to return: 1 is the one nearest to the head, -1 the one nearest to
   *     the tail, from which the search goes towards the head; not 0
   * @param most the most indexes to return, 0 for all
   * @param looks the most elements to compare, 0 for all
   */
  public List<Long> positions(byte[] wanted, long rank, long most, long looks) {
    long skipped = rank > 0 ? rank - 1 : -(rank + 1);
    long length = looks == 0 ? size() : Math.min(looks, size());
    Matches matches = new Matches(wanted, skipped, most == 0 ? Long.MAX_VALUE : most);
    if (rank > 0) {
      searchFromHead(length, matches);
    } else {
      searchFromTail(size() - length, matches);
    }
    return matches.found;
  }

  private void searchFromHead(long end, Matches matches) {
    for (long at = 0; at < end && !matches.isEnough(); ) {
      Run run = leaves.at(at);
      Leaf leaf = leaves.read(run);
      int to = (int) (Math.min(end, run.end()) - run.start());
      for (int i = 0; i < to && !matches.isEnough(); i++) {
        matches.look(leaf, i, run.start());
      }
      at = run.end();
    }
  }

  private void searchFromTail(long start, Matches matches) {
    for (long end = size(); end > start && !matches.isEnough(); ) {
      Run run = leaves.at(end - 1);
      Leaf leaf = leaves.read(run);
      int from = (int) (Math.max(start, run.start()) - run.start());
      for (int i = leaf.count() - 1; i >= from && !matches.isEnough(); i--) {
        matches.look(leaf, i, run.start());
      }
      end = run.start();
    }
  }

  /** The state of a search. */
  private static final class Matches {
    private final byte[] wanted;
    private final long most;
    private final List<Long> found = new ArrayList<>();
    private long skipped;

    Matches(byte[] wanted, long skipped, long most) {
      this.wanted = wanted;
      this.skipped = skipped;
      this.most = most;
    }

    boolean isEnough() {
      return found.size() >= most;
    }

    void look(Leaf leaf, int at, long start) {
      if (leaf.has(at, wanted) && skipped-- <= 0) {
        found.add(start + at);
      }
    }
  }

  // ---- changing the ends

  /** Pushes elements one by one at an end; returns the new length. */
  public long push(End end, List<Slice> elements) {
    add(end, elements);
    leaves.save();
    return size();
  }

  /**
   * Pops up to {@code count} elements from an end; returns them in the order in which they were
   * popped.
   */
  public List<Slice> pop(End end, long count) {
    long taken = Math.min(count, size());
    if (taken == 0) {
      return List.of();
    }
    List<Slice> elements;
    if (end == End.HEAD) {
      elements = elements(0, taken);
      cut(0, taken);
    } else {
      elements = elements(size() - taken, size());
      Collections.reverse(elements);
      cut(size() - taken, size());
    }
    leaves.save();
    return elements;
  }

  /** Pops an element from one end and pushes it at an end of the same list; returns it. */
  public Slice rotate(End from, End to) {
    Slice element = elements(from == End.HEAD ? 0 : size() - 1, from == End.HEAD ? 1 : size())
        .get(0);
    if (from == to || size() == 1) {
      return element;
    }
    add(to, List.of(element));
    long at = from == End.HEAD ? 0 : size() - 1;
    cut(at, at + 1);
    leaves.save();
    return element;
  }

  private void add(End end, List<Slice> elements) {
    if (end == End.TAIL) {
      insert(size(), elements);
    } else {
      List<Slice> inOrder = new ArrayList<>(elements);
      Collections.reverse(inOrder);
      insert(0, inOrder);
    }
  }

  // ---- changing the middle

  /** Replaces the element at an index; returns false when there is none. */
  public boolean set(long index, Slice element) {
    long at = index < 0 ? index + size() : index;
    if (at < 0 || at >= size()) {
      return false;
    }
    Run run = leaves.at(at);
    int within = (int) (at - run.start());
    leaves = leaves.splice(run, within, within + 1, List.of(element));
    leaves.save();
    return true;
  }

  /**
   * Inserts an element beside the first one that equals {@code pivot}; returns false when there is
   * none.
   */
  public boolean insert(Side side, byte[] pivot, Slice element) {
    List<Long> found = positions(pivot, 1, 1, 0);
    if (found.isEmpty()) {
      return false;
    }
    insert(found.get(0) + (side == Side.AFTER ? 1 : 0), List.of(element));
    leaves.save();
    return true;
  }

  /**
   * Removes elements that equal {@code unwanted}: the first {@code count} from the head, the first
   * {@code -count} from the tail if it is negative, all if it is 0. Returns how many were removed.
   */
  public long remove(byte[] unwanted, long count) {
    // Long.MIN_VALUE has no positive counterpart.
    boolean all = count == 0 || count == Long.MIN_VALUE;
    long most = all ? Long.MAX_VALUE : Math.abs(count);
    long removed = count < 0 ? removeFromTail(unwanted, most) : removeFromHead(unwanted, most);
    if (removed > 0) {
      leaves.save();
    }
    return removed;
  }

  private long removeFromHead(byte[] unwanted, long most) {
    long removed = 0;
    for (long at = 0; at < size() && removed < most; ) {
      Run run = leaves.at(at);
      Leaf leaf = leaves.read(run);
      BitSet gone = new BitSet();
      for (int i = (int) (at - run.start()); i < leaf.count() && removed < most; i++) {
        if (leaf.has(i, unwanted)) {
          gone.set(i);
          removed++;
        }
      }
      // Leaves may have been merged: the next element may be in the same leaf as those already
      // compared.
      at = run.end() - gone.cardinality();
      shrink(run, leaf, gone);
    }
    return removed;
  }

  private long removeFromTail(byte[] unwanted, long most) {
    long removed = 0;
    for (long end = size(); end > 0 && removed < most; ) {
      Run run = leaves.at(end - 1);
      Leaf leaf = leaves.read(run);
      BitSet gone = new BitSet();
      for (int i = (int) (end - run.start()) - 1; i >= 0 && removed < most; i--) {
        if (leaf.has(i, unwanted)) {
          gone.set(i);
          removed++;
        }
      }
      end = run.start();
      shrink(run, leaf, gone);
    }
    return removed;
  }

  private void shrink(Run run, Leaf leaf, BitSet gone) {
    if (!gone.isEmpty()) {
      leaves.shrink(run, leaf, leaf.without(gone));
    }
  }

  /** Removes all elements but those from index {@code start} to {@code stop}, inclusive. */
  public void trim(long start, long stop) {
    Span span = span(start, stop);
    if (span.from == 0 && span.to == size()) {
      return;
    }
    long kept = span.to - span.from;
    if (kept < size() / FEW) {
      leaves = leaves.renewed(elements(span.from, span.to));
    } else {
      cut(span.to, size());
      cut(0, span.from);
    }
    leaves.save();
  }

  // ---- what all of them are made of

  /** A half-open range of indexes, possibly empty. */
  private record Span(long from, long to) {}

  private Span span(long start, long stop) {
    long from = Math.max(0, start < 0 ? start + size() : start);
    long to = Math.min(size() - 1, stop < 0 ? stop + size() : stop) + 1;
    return from < to ? new Span(from, to) : new Span(0, 0);
  }

  private List<Slice> elements(long from, long to) {
    List<Slice> elements = new ArrayList<>(Math.toIntExact(to - from));
    for (long at = from; at < to; ) {
      Run run = leaves.at(at);
      long end = Math.min(to, run.end());
      leaves.read(run).addTo(elements, (int) (at - run.start()), (int) (end - run.start()));
      at = end;
    }
    return elements;
  }

  private void insert(long index, List<Slice> elements) {
    // At the tail the last leaf grows, so the run is that of the preceding element.
    Run run = leaves.at(index == size() && index > 0 ? index - 1 : index);
    int within = (int) (index - run.start());
    leaves = leaves.splice(run, within, within, elements);
  }

  /** Removes elements; leaves that lose all of theirs are not read. */
  private void cut(long from, long to) {
    if (to - from == size()) {
      leaves = leaves.renewed(List.of());
      return;
    }
    for (long left = to - from; left > 0; ) {
      Run run = leaves.at(from);
      int start = (int) (from - run.start());
      int end = (int) Math.min(run.count(), start + left);
      leaves = leaves.splice(run, start, end, List.of());
      left -= end - start;
    }
  }
}
