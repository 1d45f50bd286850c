package pika.storage.zset;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * Uniform random sampling from a sorted set that isn't empty. It draws ranks, so that it reads
 * nothing but the drawn members.
 */
public final class RandomDraw {
  /**
   * When more than one in this many members is wanted, reading all is faster than looking up each.
   */
  private static final int DRAWN_FROM_ALL = 64;

  private final SortedSet set;
  private final RandomGenerator random;

  /** Samples from {@code set}. */
  public RandomDraw(SortedSet set, RandomGenerator random) {
    this.set = set;
    this.random = random;
  }

  /** Returns one member. */
  public ScoredMember one() {
    return at(random.nextLong(set.size()));
  }

  /** Returns {@code count} different members in score order; all members when there are no more. */
  public List<ScoredMember> distinct(long count) {
    long size = set.size();
    if (count >= size) {
      return all();
    }
    TreeSet<Long> ranks = new TreeSet<>();
    // Floyd's sampling: each step turns a uniform sample into one that is larger by one rank.
    for (long last = size - count; last < size; last++) {
      if (!ranks.add(random.nextLong(last + 1))) {
        ranks.add(last);
      }
    }
    List<ScoredMember> drawn = new ArrayList<>(ranks.size());
    if (count < size / DRAWN_FROM_ALL) {
      ranks.forEach(rank -> drawn.add(at(rank)));
      return drawn;
    }
    try (Entries entries = set.all()) {
      for (long rank = 0; entries.next(); rank++) {
        if (ranks.contains(rank)) {
          drawn.add(entry(entries));
        }
      }
    }
    return drawn;
  }

  /** Returns {@code count} members drawn with replacement. */
  public List<ScoredMember> repeatedly(int count) {
    List<ScoredMember> drawn = new ArrayList<>(count);
    if (count < set.size() / DRAWN_FROM_ALL) {
      for (int i = 0; i < count; i++) {
        drawn.add(one());
      }
      return drawn;
    }
    List<ScoredMember> all = all();
    for (int i = 0; i < count; i++) {
      drawn.add(all.get(random.nextInt(all.size())));
    }
    return drawn;
  }

  private List<ScoredMember> all() {
    List<ScoredMember> all = new ArrayList<>();
    try (Entries entries = set.all()) {
      while (entries.next()) {
        all.add(entry(entries));
      }
    }
    return all;
  }

  private ScoredMember at(long rank) {
    try (Entries entries = set.walk(new Ranks(rank, rank + 1), Order.ASCENDING)) {
      if (!entries.next()) {
        throw SortedSetFormat.damaged();
      }
      return entry(entries);
    }
  }

  private static ScoredMember entry(Entries entries) {
    return new ScoredMember(entries.score(), entries.member().toByteArray());
  }
}
