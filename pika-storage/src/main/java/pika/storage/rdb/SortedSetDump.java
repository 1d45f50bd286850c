package pika.storage.rdb;

import java.util.ArrayList;
import java.util.List;
import pika.storage.zset.AddRule;
import pika.storage.zset.Entries;
import pika.storage.zset.ScoredMember;
import pika.storage.zset.SortedSet;
import pika.storage.zset.SortedSets;

/**
 * Dumps of sorted sets.
 *
 * <pre>
 * ZSET          := count (string score-text)*
 * ZSET_2        := count (string f64)*           what we write, since 4.0
 * ZSET_ZIPLIST  := string(ziplist)               alternating members and scores
 * ZSET_LISTPACK := string(listpack)
 * </pre>
 */
final class SortedSetDump {
  /** Members that are added at a time. */
  private static final int PORTION = 512;

  private SortedSetDump() {}

  static void write(SortedSet set, RdbOutput out) {
    out.putByte(RdbType.ZSET_2.code()).putLength(set.size());
    try (Entries entries = set.all()) {
      while (entries.next()) {
        out.putString(entries.member()).putDouble(entries.score());
      }
    }
  }

  static void read(RdbType type, RdbInput in, SortedSets sets, byte[] userKey) {
    ScoredMembers members = members(type, in);
    List<ScoredMember> portion = new ArrayList<>();
    while (members.hasNext()) {
      portion.add(notNan(members.next()));
      if (portion.size() == PORTION || !members.hasNext()) {
        if (sets.add(userKey, portion, AddRule.SET).added() != portion.size()) {
          throw new RdbException("a member twice");
        }
        portion.clear();
      }
    }
  }

  private static ScoredMember notNan(ScoredMember member) {
    if (Double.isNaN(member.score())) {
      throw new RdbException("a score that is no number");
    }
    return member;
  }

  private static ScoredMembers members(RdbType type, RdbInput in) {
    return switch (type) {
      case ZSET -> new Counted(in, in.takeCount(), in::takeDoubleText);
      case ZSET_2 -> new Counted(in, in.takeCount(), in::takeDouble);
      case ZSET_ZIPLIST -> new Packed(new Ziplist(in.takeString()));
      case ZSET_LISTPACK -> new Packed(new Listpack(in.takeString()));
      default -> throw new IllegalArgumentException("no sorted set: " + type);
    };
  }

  /** Iterates over members with their scores. */
  private interface ScoredMembers {
    boolean hasNext();

    ScoredMember next();
  }

  @FunctionalInterface
  private interface Scores {
    double take();
  }

  private static final class Counted implements ScoredMembers {
    private final RdbInput in;
    private final Scores scores;
    private long left;

    Counted(RdbInput in, long count, Scores scores) {
      this.in = in;
      this.left = count;
      this.scores = scores;
    }

    @Override
    public boolean hasNext() {
      return left > 0;
    }

    @Override
    public ScoredMember next() {
      left--;
      byte[] member = in.takeString();
      return new ScoredMember(scores.take(), member);
    }
  }

  private record Packed(ElementReader elements) implements ScoredMembers {
    @Override
    public boolean hasNext() {
      return elements.hasNext();
    }

    @Override
    public ScoredMember next() {
      byte[] member = elements.next();
      if (!elements.hasNext()) {
        throw new RdbException("a member without a score");
      }
      return new ScoredMember(RdbInput.parseDouble(elements.next()), member);
    }
  }
}
