package pika.storage.zset;

/** A contiguous range of entries as a command specifies it: by index, score or member. */
public interface Span {
  /** Returns the ranks of the entries in this set. */
  Ranks in(SortedSet set);

  /** Iterates over the entries, as narrowed by {@link Ranks#limited}. */
  default Entries walk(SortedSet set, Order order, long offset, long count) {
    return set.walk(in(set).limited(offset, count, order), order);
  }

  /**
   * Returns the span from index {@code first} to {@code last}, inclusive, in the given order;
   * negative indexes count from the end.
   */
  static Span ofIndexes(long first, long last, Order order) {
    return set -> {
      long size = set.size();
      long from = Math.max(0, first < 0 ? first + size : first);
      long to = Math.min(size, (last < 0 ? last + size : Math.min(last, size - 1)) + 1);
      if (from >= to) {
        return Ranks.NONE;
      }
      return order == Order.ASCENDING ? new Ranks(from, to) : new Ranks(size - to, size - from);
    };
  }

  /** Returns the span of the entries whose scores lie in a range. */
  static Span ofScores(ScoreBound min, ScoreBound max) {
    return new Span() {
      @Override
      public Ranks in(SortedSet set) {
        return set.between(min.asLower(), max.asUpper());
      }

      @Override
      public Entries walk(SortedSet set, Order order, long offset, long count) {
        return set.walk(min.asLower(), max.asUpper(), order, offset, count);
      }
    };
  }

  /**
   * Returns the span of the members in a range, for a set whose members all have the same score.
   * Otherwise the result is unspecified in a large set; in a small one it is Redis': it searches
   * from the end at which the order begins for the first member beyond the nearer bound, and
   * continues up to the other one.
   */
  static Span ofMembers(MemberBound min, MemberBound max, Order order) {
    return set -> set.between(min, max, order);
  }
}
