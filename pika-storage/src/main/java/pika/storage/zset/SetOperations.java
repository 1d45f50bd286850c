package pika.storage.zset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Union, intersection and difference of sorted sets. Results are in sorted set order and take
 * memory proportional to their size.
 *
 * <p>Scores are aggregated from the smallest set to the largest; with infinities and rounding the
 * order matters.
 */
public final class SetOperations {
  private SetOperations() {}

  /** A set and the weight its scores are multiplied by. */
  public record Operand(Members members, double weight) {
    double weighted(double score) {
      return score * weight;
    }

    long size() {
      return members.size();
    }
  }

  /** Returns the members that are in any of the operands. */
  public static List<ScoredMember> union(List<Operand> operands, Aggregate aggregate) {
    Map<Joined, Joined> scores = new HashMap<>();
    for (Operand operand : smallestFirst(operands)) {
      operand.members().forEach((score, member) -> {
        Joined one = new Joined(member.toByteArray(), orZero(operand.weighted(score)));
        Joined known = scores.putIfAbsent(one, one);
        if (known != null) {
          known.score = aggregate.of(known.score, one.score);
        }
        return true;
      });
    }
    List<ScoredMember> union = new ArrayList<>(scores.size());
    scores.values().forEach(one -> union.add(new ScoredMember(one.score, one.member)));
    Collections.sort(union);
    return union;
  }

  /** Returns the members that are in all operands. */
  public static List<ScoredMember> intersection(List<Operand> operands, Aggregate aggregate) {
    List<ScoredMember> common = new ArrayList<>();
    List<Operand> ordered = smallestFirst(operands);
    Operand smallest = ordered.get(0);
    List<Operand> others = ordered.subList(1, ordered.size());
    smallest.members().forEach((score, name) -> {
      byte[] member = name.toByteArray();
      double joined = joined(orZero(smallest.weighted(score)), member, others, aggregate);
      return Double.isNaN(joined) || common.add(new ScoredMember(joined, member));
    });
    Collections.sort(common);
    return common;
  }

  /**
   * Aggregates a score with those in the other operands; returns NaN when the member isn't in all
   * of them.
   */
  private static double joined(
      double score, byte[] member, List<Operand> others, Aggregate aggregate) {
    double joined = score;
    for (Operand other : others) {
      double found = other.members().score(member);
      if (Double.isNaN(found)) {
        return Double.NaN;
      }
      joined = aggregate.of(joined, other.weighted(found));
    }
    return joined;
  }

  /** Returns the size of the intersection, counting no further than {@code limit}. */
  public static long intersectionSize(List<Operand> operands, long limit) {
    List<Operand> ordered = smallestFirst(operands);
    List<Operand> others = ordered.subList(1, ordered.size());
    AtomicLong common = new AtomicLong();
    ordered.get(0).members().forEach((score, member) -> {
      if (isInAll(others, member.toByteArray())) {
        common.incrementAndGet();
      }
      return common.get() < limit;
    });
    return common.get();
  }

  /** Returns the members of the first operand that are in no other, with their scores. */
  public static List<ScoredMember> difference(List<Operand> operands) {
    List<ScoredMember> left = new ArrayList<>();
    List<Operand> others = operands.subList(1, operands.size());
    operands.get(0).members().forEach((score, name) -> {
      byte[] member = name.toByteArray();
      return isInAny(others, member) || left.add(new ScoredMember(score, member));
    });
    Collections.sort(left);
    return left;
  }

  private static boolean isInAll(List<Operand> operands, byte[] member) {
    return operands.stream().noneMatch(operand -> isMissing(operand, member));
  }

  private static boolean isInAny(List<Operand> operands, byte[] member) {
    return !operands.stream().allMatch(operand -> isMissing(operand, member));
  }

  private static boolean isMissing(Operand operand, byte[] member) {
    return Double.isNaN(operand.members().score(member));
  }

  private static List<Operand> smallestFirst(List<Operand> operands) {
    return operands.stream().sorted(Comparator.comparingLong(Operand::size)).toList();
  }

  /** Zero times infinity counts as 0. */
  private static double orZero(double score) {
    return Double.isNaN(score) ? 0 : score;
  }

  /** A member as a hash key, with its score so far. */
  private static final class Joined {
    private final byte[] member;
    private final int hash;
    private double score;

    Joined(byte[] member, double score) {
      this.member = member;
      this.hash = Arrays.hashCode(member);
      this.score = score;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Joined that && Arrays.equals(member, that.member);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }
}
