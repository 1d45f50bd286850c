package pika.storage.zset;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A position between the entries of a sorted set, which are ordered by score and then by member:
 * every entry is either before it or after it. All range bounds are cuts, whatever a command calls
 * them.
 *
 * @param score not NaN; the two zeros are equal
 * @param member lower bound of the first entry after the cut; null when all entries of the score
 *     are before it
 */
record Cut(double score, byte @Nullable [] member) {
  private static final byte[] FIRST_MEMBER = {};

  /** Before every entry. */
  static final Cut START = before(Double.NEGATIVE_INFINITY);

  /** After every entry. */
  static final Cut END = behind(Double.POSITIVE_INFINITY);

  /** Returns the cut before all entries with a score. */
  static Cut before(double score) {
    return new Cut(score, FIRST_MEMBER);
  }

  /** Returns the cut after all entries with a score. */
  static Cut behind(double score) {
    return new Cut(score, null);
  }

  /** Returns the cut right before an entry, whether it exists or not. */
  static Cut before(double score, byte[] member) {
    return new Cut(score, member);
  }

  /** Returns the cut right after an entry, whether it exists or not. */
  static Cut behind(double score, byte[] member) {
    // No byte string sorts between one and the same with a zero byte appended.
    return new Cut(score, Arrays.copyOf(member, member.length + 1));
  }

  /** Returns whether every entry is after it. */
  boolean isStart() {
    return score == Double.NEGATIVE_INFINITY && member != null && member.length == 0;
  }

  /** Returns whether every entry is before it. */
  boolean isEnd() {
    return score == Double.POSITIVE_INFINITY && member == null;
  }

  /** Returns whether an entry is before the cut. */
  boolean isBehind(double otherScore, byte[] array, int offset, int length) {
    if (otherScore != score) {
      return otherScore < score;
    }
    return member == null
        || Arrays.compareUnsigned(array, offset, offset + length, member, 0, member.length) < 0;
  }
}
