package pika.storage.element;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.Slice;

/**
 * Fair draws from many elements that stand in the order of their hashes, reading few of them.
 *
 * <p>A window of fixed width is laid at a random place of the circle of all positions; it holds {@link #EXPECTED} elements on
 * the average. If {@code found} elements lie in it, the window counts with probability {@code found / CAPACITY}, and then one of
 * them is taken. Every element lies in as many windows as any other, and is taken from each with probability {@code 1 /
 * CAPACITY}: gaps between hashes make no element likelier than another. Only a window with more than {@link #CAPACITY}
 * elements would be unfair; with hashes as good as random there is one in ten thousand million.
 */
final class WindowDraw {
  private static final int EXPECTED = 16;
  private static final int CAPACITY = 48;

  /** After so many windows nearly all elements must be ones that the filter refuses. */
  private static final int MOST_WINDOWS = 100;

  /** Walks over the elements from one position to another. */
  @FunctionalInterface
  interface Walk {
    void over(long from, long to, ElementVisitor visitor);
  }

  private final long width;
  private final Walk walk;
  private final ElementFilter filter;
  private final RandomGenerator random;

  /** Draws from {@code size} elements, more than {@link #CAPACITY}. */
  WindowDraw(long size, Walk walk, ElementFilter filter, RandomGenerator random) {
    this.width = HashRows.POSITIONS / size * EXPECTED;
    this.walk = walk;
    this.filter = filter;
    this.random = random;
  }

  /** One of {@code all} elements; null when the filter accepts none. */
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

  /** Element number {@code ticket} in the window that starts at a position; null when it holds no more than that. */
  private @Nullable Element draw(long start, int ticket) {
    Picked picked = new Picked(ticket);
    long end = start + width;
    walk.over(start, Math.min(end, HashRows.POSITIONS), picked);
    if (picked.element == null && end > HashRows.POSITIONS) {
      walk.over(0, end - HashRows.POSITIONS, picked);
    }
    return picked.element;
  }

  /** Stops at the element after a number of others. */
  private final class Picked implements ElementVisitor {
    private int left;
    private @Nullable Element element;

    Picked(int others) {
      left = others;
    }

    @Override
    public boolean visit(Slice name, Slice value) {
      if (!filter.accepts(value)) {
        return true;
      }
      if (left == 0) {
        element = new Element(name, value);
        return false;
      }
      left--;
      return true;
    }
  }
}
