package pika.storage.hash;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.NameRange;
import pika.storage.bytes.Slice;

/**
 * Searches the fields of a hash in name order. Large hashes are not stored in that order, so a page
 * looks at all fields; memory is proportional to the page only. Confined to the thread of its unit
 * of work.
 */
public final class FieldSearch {
  private final Hashes hashes;

  /** Searches in these hashes. */
  public FieldSearch(Hashes hashes) {
    this.hashes = hashes;
  }

  /** A field with its value. */
  public record Field(byte[] name, Slice value) {}

  /**
   * One page of a search.
   *
   * @param next the first field of the next page, null when there is none
   */
  public record Page(List<Field> fields, byte @Nullable [] next) {}

  /** Returns the first {@code limit} fields of a range; none when there is no such key. */
  public Page page(byte[] userKey, NameRange range, int limit) {
    Comparator<Field> nearness = (a, b) -> range.compare(a.name, b.name);
    PriorityQueue<Field> nearest = new PriorityQueue<>(nearness.reversed());
    hashes.forEach(userKey, (name, value) -> {
      byte[] field = name.toByteArray();
      if (range.contains(field)) {
        nearest.add(new Field(field, value));
        // Keeps one more than wanted, which is where the next page begins.
        if (nearest.size() - 1 > limit) {
          nearest.remove();
        }
      }
      return true;
    });
    byte[] next = nearest.size() > limit ? nearest.remove().name : null;
    List<Field> fields = new ArrayList<>(nearest);
    fields.sort(nearness);
    return new Page(fields, next);
  }
}
