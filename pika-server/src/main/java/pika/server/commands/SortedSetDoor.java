package pika.server.commands;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import pika.net.resp.Protocol;
import pika.net.resp.Reply;
import pika.server.command.Call;
import pika.storage.bytes.Slice;
import pika.storage.packed.PackedLimits;
import pika.storage.zset.Entries;
import pika.storage.zset.ScoredMember;
import pika.storage.zset.SortedSet;
import pika.storage.zset.SortedSets;

/**
 * Opens the sorted sets of a call's database, and formats their entries.
 *
 * @param inForce supplies the current limits of small sorted sets
 */
record SortedSetDoor(Supplier<PackedLimits> inForce) {
  /**
   * Longer replies are encoded by the thread that creates them, so that the loop only copies bytes.
   */
  private static final int SHORT_REPLY = 256;

  /** What a reply shows of entries. */
  enum Show {
    MEMBERS,
    /** In RESP2 scores follow their members, in RESP3 each entry is an array. */
    WITH_SCORES
  }

  SortedSets sets(Call call) {
    return new SortedSets(call.keyspace(), inForce.get());
  }

  static Reply reply(Call call, Entries entries, Show show) {
    List<Reply> items = new ArrayList<>();
    boolean nested = isNested(call, show);
    while (entries.next()) {
      add(items, reply(entries.member()), entries.score(), show, nested);
    }
    return reply(call, items);
  }

  static Reply reply(Call call, List<ScoredMember> members, Show show) {
    List<Reply> items = new ArrayList<>(members.size());
    boolean nested = isNested(call, show);
    for (ScoredMember one : members) {
      add(items, Reply.bulk(one.member()), one.score(), show, nested);
    }
    return reply(call, items);
  }

  /** Returns draws from a nonempty set that are too many to be held. */
  static Reply drawnWhileSent(Call call, SortedSet set, long draws, Show show) {
    boolean nested = isNested(call, show);
    List<Reply> members = new ArrayList<>();
    try (Entries entries = set.all()) {
      while (entries.next()) {
        List<Reply> items = new ArrayList<>(2);
        add(items, reply(entries.member()), entries.score(), show, nested);
        members.add(items.size() == 1 ? items.get(0) : Reply.sequence(items));
      }
    }
    int repliesEach = show == Show.WITH_SCORES && !nested ? 2 : 1;
    return new RepeatedDraws(call.protocol(), members, draws, repliesEach);
  }

  /** Returns arrays of a member and its score, in either protocol. */
  static Reply pairs(List<ScoredMember> members) {
    return Reply.array(members.stream().map(SortedSetDoor::pair).toList());
  }

  /** Returns an array of a member and its score. */
  static Reply pair(ScoredMember one) {
    return Reply.array(Reply.bulk(one.member()), Reply.doubleValue(one.score()));
  }

  static Reply reply(Slice member) {
    return Reply.bulk(member.array(), member.offset(), member.length());
  }

  private static boolean isNested(Call call, Show show) {
    return show == Show.WITH_SCORES && call.protocol() == Protocol.RESP3;
  }

  private static void add(
      List<Reply> items, Reply member, double score, Show show, boolean nested) {
    if (nested) {
      items.add(Reply.array(member, Reply.doubleValue(score)));
      return;
    }
    items.add(member);
    if (show == Show.WITH_SCORES) {
      items.add(Reply.doubleValue(score));
    }
  }

  private static Reply reply(Call call, List<Reply> items) {
    Reply array = Reply.array(items);
    return items.size() > SHORT_REPLY ? Reply.encoded(call.protocol(), array) : array;
  }
}
