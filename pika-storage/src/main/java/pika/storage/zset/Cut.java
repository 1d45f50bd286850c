package pika.storage.zset;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A place between the entries of a sorted set, which are ordered by score and then by member: every entry stands either
 * before it or behind it. All bounds of ranges are cuts, whatever words a command has for them.
 *
 * @param score no NaN; the two zeros are the same
 * @param member the first entry behind the cut is not less than this one; null when all entries of the score are before it
 */
record Cut(double score, byte @Nullable [] member) {
  private static final byte[] FIRST_MEMBER = {};

  /** Before every entry. */
  static final Cut START = before(Double.NEGATIVE_INFINITY);

  /** Behind every entry. */
  static final Cut END = behind(Double.POSITIVE_INFINITY);

  /** Before all entries of a score. */
  static Cut before(double score) {
    return new Cut(score, FIRST_MEMBER);
  }

  /** Behind all entries of a score. */
  static Cut behind(double score) {
    return new Cut(score, null);
  }

  /** Right before an entry, whether it is there or not. */
  static Cut before(double score, byte[] member) {
    return new Cut(score, member);
  }

  /** Right behind an entry, whether it is there or not. */
  static Cut behind(double score, byte[] member) {
    // No byte string lies between one and the same with a zero at its end.
    return new Cut(score, Arrays.copyOf(member, member.length + 1));
  }

  /** Whether every entry stands behind it. */
  boolean isStart() {
    return score == Double.NEGATIVE_INFINITY && member != null && member.length == 0;
  }

  /** Whether every entry stands before it. */
  boolean isEnd() {
    return score == Double.POSITIVE_INFINITY && member == null;
  }

  /** Whether an entry stands before the cut. */
  boolean isBehind(double otherScore, byte[] array, int offset, int length) {
    if (otherScore != score) {
      return otherScore < score;
    }
    return member == null
        || Arrays.compareUnsigned(array, offset, offset + length, member, 0, member.length) < 0;
  }
}
