package pika.storage.zset;

/** What a command names of a sorted set, by whatever means: entries next to each other. */
public interface Span {
  /** Which entries they are in this set. */
  Ranks in(SortedSet set);

  /** A walk over what {@link Ranks#limited} leaves of them. */
  default Entries walk(SortedSet set, Order order, long offset, long count) {
    return set.walk(in(set).limited(offset, count, order), order);
  }

  /** From index {@code first} to {@code last}, both included, in an order; negative ones count from its end. */
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

  /** The entries whose scores lie in a range. */
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
   * The members in a range, in a set whose members have all the same score. Without that Redis looks through a small set from
   * the end where the order begins, takes the first member beyond the nearer bound and goes on as far as the other one; so it
   * is here, and any members in a large set.
   */
  static Span ofMembers(MemberBound min, MemberBound max, Order order) {
    return set -> set.between(min, max, order);
  }
}
