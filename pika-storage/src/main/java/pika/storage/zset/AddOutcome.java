package pika.storage.zset;

import org.jspecify.annotations.Nullable;

/**
 * The result of adding members.
 *
 * @param added how many members are new
 * @param updated how many existing members have a new score
 * @param score the last member's new score; null when the rule left it alone, NaN when incrementing
 *     gave NaN, in which case nothing was changed
 */
public record AddOutcome(long added, long updated, @Nullable Double score) {
  static final AddOutcome NOTHING = new AddOutcome(0, 0, null);
}
