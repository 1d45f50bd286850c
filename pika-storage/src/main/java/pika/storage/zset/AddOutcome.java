package pika.storage.zset;

import org.jspecify.annotations.Nullable;

/**
 * What adding members came to.
 *
 * @param added how many were not there before
 * @param updated how many were there and have another score now
 * @param score what the last member has got; null when the rule left it alone, NaN when the sum of its score and the
 *     increment is none, in which case nothing was changed
 */
public record AddOutcome(long added, long updated, @Nullable Double score) {
  static final AddOutcome NOTHING = new AddOutcome(0, 0, null);
}
