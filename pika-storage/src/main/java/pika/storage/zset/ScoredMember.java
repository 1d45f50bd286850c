package pika.storage.zset;

import java.util.Arrays;

/**
 * A member and its score, ordered as in a sorted set: by score, then by the member's bytes.
 *
 * @param score not NaN
 * @param member must not be changed
 */
public record ScoredMember(double score, byte[] member) implements Comparable<ScoredMember> {

  @Override
  public int compareTo(ScoredMember other) {
    if (score != other.score) {
      return score < other.score ? -1 : 1;
    }
    return Arrays.compareUnsigned(member, other.member);
  }
}
