package pika.storage.sort;

import org.jspecify.annotations.Nullable;

/**
 * In which order elements come.
 *
 * @param by where the weight of an element is found; null when the element is its own weight. A
 *     pattern without a star leaves the elements in the order they have
 * @param weight what weights are
 */
public record SortOrder(@Nullable Pattern by, Weight weight, Direction direction) {

  /** What is compared. */
  public enum Weight {
    NUMBER,
    BYTES
  }

  /** From where to where. */
  public enum Direction {
    ASCENDING,
    DESCENDING
  }

  boolean leavesAsTheyAre() {
    return by != null && by.isConstant();
  }

  boolean isDescending() {
    return direction == Direction.DESCENDING;
  }

  /** By the bytes of the elements themselves: the same wherever the elements stood. */
  SortOrder byElements() {
    return new SortOrder(null, Weight.BYTES, direction);
  }
}
