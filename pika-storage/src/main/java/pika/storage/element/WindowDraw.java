package pika.storage.element;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Uniform sampling from many elements that are sorted by hash, reading few of them.
 *
 * <p>A window of fixed width is placed at random on the circle of all positions; it holds
 * {@link #EXPECTED} elements on average. If {@code found} elements lie in it, it is accepted with
 * probability {@code found / CAPACITY}, and then one of them is taken. Every element lies in
 * equally many windows, and is taken from each with probability {@code 1 / CAPACITY}: gaps between
 * hashes favour no element. Only a window with more than {@link #CAPACITY} elements would be
 * unfair; with uniform hashes that is one in 10<sup>10</sup>.
 *
 * <p>One cursor reads all windows: opening another takes longer than reading a window.
 */
final class WindowDraw implements AutoCloseable {
  private static final int EXPECTED = 16;
  private static final int CAPACITY = 48;

  /** After this many windows without a hit, nearly all elements must be rejected by the filter. */
  private static final int MOST_WINDOWS = 100;

  /** A window's start and its number share a long: the start has 48 bits. */
  private static final int NUMBER_BITS = Long.SIZE - 48;

  /** How many windows are held in memory. */
  private static final int MOST_AT_ONCE = 1 << NUMBER_BITS;

  private final long width;
  private final RowWalk walk;
  private final ElementFilter filter;
  private final RandomGenerator random;

  /**
   * Draws from {@code size} elements, more than {@link #CAPACITY}.
   *
   * @param walk over the elements; closed with this
   */
  WindowDraw(long size, RowWalk walk, ElementFilter filter, RandomGenerator random) {
    this.width = HashRows.POSITIONS / size * EXPECTED;
    this.walk = walk;
    this.filter = filter;
    this.random = random;
  }

  /**
   * Returns about {@code wanted} elements, at least one, in the order in which they were drawn;
   * none when the filter rejects nearly all. Windows are read in position order, so that neighbours
   * share seeks and blocks.
   */
  List<Element> some(long wanted) {
    int windows = (int) Math.min(MOST_AT_ONCE, wanted * CAPACITY / EXPECTED);
    for (int tried = 0; tried < MOST_WINDOWS; tried += windows) {
      List<Element> drawn = read(windows);
      if (!drawn.isEmpty()) {
        return drawn;
      }
    }
    return List.of();
  }

  private List<Element> read(int windows) {
    long[] places = new long[windows];
    int[] tickets = new int[windows];
    for (int i = 0; i < windows; i++) {
      places[i] = random.nextLong(HashRows.POSITIONS) << NUMBER_BITS | i;
      tickets[i] = random.nextInt(CAPACITY);
    }
    Arrays.sort(places);
    @Nullable Element[] drawn = new Element[windows];
    for (long place : places) {
      int number = (int) place & (MOST_AT_ONCE - 1);
      drawn[number] = draw(place >>> NUMBER_BITS, tickets[number]);
    }
    List<Element> accepted = new ArrayList<>();
    for (@Nullable Element element : drawn) {
      if (element != null) {
        accepted.add(element);
      }
    }
    return accepted;
  }

  /** Returns one of {@code all} elements, null when the filter accepts none. */
  @Nullable
  Element draw(Elements all) {
    for (int i = 0; i < MOST_WINDOWS; i++) {
      Element drawn = draw(random.nextLong(HashRows.POSITIONS), random.nextInt(CAPACITY));
      if (drawn != null) {
        return drawn;
      }
    }
    return Draws.one(all, filter, random);
  }

  /**
   * Returns element number {@code ticket} of the window at {@code start}, null when the window has
   * no more than that.
   */
  private @Nullable Element draw(long start, int ticket) {
    long end = start + width;
    int left = ticket;
    walk.seek(start);
    if (filter == ElementFilter.ALL) {
      // Most windows hold this many, and the first element after them tells whether this one does.
      for (; left > 0 && ticket - left < EXPECTED && walk.valid(); left--) {
        walk.next();
      }
    }
    for (; ; walk.next()) {
      if (!walk.valid() && end > HashRows.POSITIONS) {
        end -= HashRows.POSITIONS;
        walk.seek(0);
      }
      if (!walk.valid()) {
        return null;
      }
      byte[] key = walk.key();
      if (walk.position(key) >= end) {
        return null;
      }
      if (filter == ElementFilter.ALL || filter.accepts(walk.value())) {
        if (left == 0) {
          return new Element(walk.name(key), walk.value());
        }
        left--;
      }
    }
  }

  @Override
  public void close() {
    walk.close();
  }
}
