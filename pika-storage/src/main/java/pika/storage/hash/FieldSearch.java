package pika.storage.hash;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.NameRange;
import pika.storage.bytes.Slice;

/**
 * A search over the fields of a hash in the order of their names. Large hashes do not keep that order, so a page looks at
 * all fields; it takes memory in proportion to its own size only. Confined to the thread of its unit of work.
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
   * A page of a search.
   *
   * @param next the field to begin the next page with, null when there are no more
   */
  public record Page(List<Field> fields, byte @Nullable [] next) {}

  /** The first {@code limit} fields of a range; none when there is no such key. */
  public Page page(byte[] userKey, NameRange range, int limit) {
    Comparator<Field> nearness = (a, b) -> range.compare(a.name, b.name);
    PriorityQueue<Field> nearest = new PriorityQueue<>(nearness.reversed());
    hashes.forEach(userKey, (name, value) -> {
      byte[] field = name.toByteArray();
      if (range.contains(field)) {
        nearest.add(new Field(field, value));
        // One more than wanted, to know where the next page begins.
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
