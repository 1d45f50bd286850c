package pika.storage.sort;

import org.jspecify.annotations.Nullable;

/**
 * The order of the elements.
 *
 * @param by how to find the weight of an element; null when it is its own weight. A pattern without
 *     a star keeps the existing order
 * @param weight the type of the weights
 */
public record SortOrder(@Nullable Pattern by, Weight weight, Direction direction) {

  /** How weights are compared. */
  public enum Weight {
    NUMBER,
    BYTES
  }

  /** The direction of the order. */
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

  /**
   * Returns the order by the bytes of the elements themselves, which does not depend on their
   * existing order.
   */
  SortOrder byElements() {
    return new SortOrder(null, Weight.BYTES, direction);
  }
}
