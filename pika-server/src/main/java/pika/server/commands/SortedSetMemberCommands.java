package pika.server.commands;

import static pika.server.command.Flag.FAST;
import static pika.server.command.Group.SORTED_SET;
import static pika.server.command.KeyFlag.ACCESS;
import static pika.server.command.KeyFlag.RO;
import static pika.server.command.Keys.first;
import static pika.server.command.Row.read;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Reply;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Family;
import pika.server.command.Row;
import pika.server.commands.SortedSetDoor.Show;
import pika.storage.packed.PackedLimits;
import pika.storage.zset.Order;
import pika.storage.zset.RandomDraw;
import pika.storage.zset.SortedSet;
import pika.storage.zset.Span;

/** Queries about single members of sorted sets, and about their number. */
final class SortedSetMemberCommands implements Family {
  private static final String BY_SIZE =
      "O(log(N)) with N being the number of elements in the sorted set.";

  private final SortedSetDoor door;

  /** Creates the family; {@code limits} supplies the limits in force. */
  SortedSetMemberCommands(Supplier<PackedLimits> limits) {
    this.door = new SortedSetDoor(limits);
  }

  @Override
  public List<Row> commands() {
    List<Row> rows = new ArrayList<>(counts());
    rows.addAll(ofMembers());
    return rows;
  }

  private List<Row> counts() {
    return List.of(
        read("zcard", 2, first(RO), FAST)
            .is(
                SORTED_SET,
                "1.2.0",
                "O(1)",
                "Returns the number of members of a sorted set.",
                "key")
            .runs(call -> Reply.integer(door.sets(call).size(call.arg(1)))),
        read("zcount", 4, first(RO, ACCESS), FAST)
            .is(
                SORTED_SET,
                "2.0.0",
                BY_SIZE,
                "Returns the number of sorted set members in a range of scores.",
                "key min:double max:double")
            .runs(call -> count(call, SpanArgs.scores(call.arg(2), call.arg(3)))),
        read("zlexcount", 4, first(RO, ACCESS), FAST)
            .is(
                SORTED_SET,
                "2.8.9",
                BY_SIZE,
                "Returns the number of sorted set members in a lexicographical range.",
                "key min max")
            .runs(
                call -> count(call, SpanArgs.members(call.arg(2), call.arg(3), Order.ASCENDING))));
  }

  private List<Row> ofMembers() {
    return List.of(
        read("zscore", 3, first(RO, ACCESS), FAST)
            .is(
                SORTED_SET,
                "1.2.0",
                "O(1)",
                "Returns the score of a sorted set member.",
                "key member")
            .runs(call -> score(door.sets(call).find(call.arg(1)), call.arg(2))),
        read("zmscore", -3, first(RO, ACCESS), FAST)
            .is(
                SORTED_SET,
                "6.2.0",
                "O(N) where N is the number of members being requested.",
                "Returns the scores of one or more sorted set members.",
                "key member...")
            .placed(Size::place)
            .runs(this::zmscore),
        read("zrank", -3, first(RO, ACCESS), FAST)
            .is(
                SORTED_SET,
                "2.0.0",
                "O(log(N))",
                "Returns the rank of a sorted set member, by ascending score.",
                "key member [WITHSCORE]")
            .runs(call -> rank(call, Order.ASCENDING)),
        read("zrevrank", -3, first(RO, ACCESS), FAST)
            .is(
                SORTED_SET,
                "2.0.0",
                "O(log(N))",
                "Returns the rank of a sorted set member, by descending score.",
                "key member [WITHSCORE]")
            .runs(call -> rank(call, Order.DESCENDING)),
        read("zrandmember", -2, first(RO, ACCESS))
            .is(
                SORTED_SET,
                "6.2.0",
                "O(N) where N is the number of elements returned",
                "Returns random members of a sorted set.",
                "key [count:integer [WITHSCORES]]")
            .tips("nondeterministic_output")
            .placed(DrawCount::place)
            .runs(this::zrandmember),
        read("zscan", -3, first(RO, ACCESS))
            .is(
                SORTED_SET,
                "2.8.0",
                "O(1) for every call. O(N) for a complete iteration, including enough command"
                    + " calls for the cursor to return back to 0. N is the number of elements"
                    + " inside the collection..",
                "Iterates over the members and scores of a sorted set with a cursor.",
                "key cursor:integer [MATCH pattern:pattern] [COUNT count:integer]")
            .tips("nondeterministic_output")
            .runs(call -> SortedSetScan.run(call, door)));
  }

  private Reply count(Call call, Span span) {
    SortedSet set = door.sets(call).find(call.arg(1));
    return set == null ? Reply.ZERO : Reply.integer(span.in(set).count());
  }

  private Reply zmscore(Call call) {
    SortedSet set = door.sets(call).find(call.arg(1));
    List<Reply> scores = new ArrayList<>(call.argCount() - 2);
    for (int i = 2; i < call.argCount(); i++) {
      scores.add(score(set, call.arg(i)));
    }
    return Reply.array(scores);
  }

  private static Reply score(@Nullable SortedSet set, byte[] member) {
    double score = set == null ? Double.NaN : set.score(member);
    return Double.isNaN(score) ? Reply.NULL : Reply.doubleValue(score);
  }

  private Reply rank(Call call, Order order) {
    boolean withScore = call.argCount() > 3;
    if (call.argCount() > 4) {
      throw CommandException.wrongArity(call.spec().fullName());
    }
    if (withScore && !call.argIs(3, "WITHSCORE")) {
      throw CommandException.syntax();
    }
    SortedSet set = door.sets(call).find(call.arg(1));
    long rank = set == null ? -1 : set.rank(call.arg(2), order);
    if (rank < 0) {
      return withScore ? Reply.NULL_ARRAY : Reply.NULL;
    }
    Reply answer = Reply.integer(rank);
    return withScore ? Reply.array(answer, score(set, call.arg(2))) : answer;
  }

  private Reply zrandmember(Call call) {
    if (call.argCount() == 2) {
      SortedSet set = door.sets(call).find(call.arg(1));
      return set == null ? Reply.NULL : Reply.bulk(draw(set).one().member());
    }
    long count = count(call);
    Show show = call.argCount() == 4 ? Show.WITH_SCORES : Show.MEMBERS;
    SortedSet set = door.sets(call).find(call.arg(1));
    if (set == null || count == 0) {
      return Reply.EMPTY_ARRAY;
    }
    if (DrawCount.isEndless(count)) {
      return SortedSetDoor.drawnWhileSent(call, set, -count, show);
    }
    return SortedSetDoor.reply(
        call,
        count > 0 ? draw(set).distinct(count) : draw(set).repeatedly(Math.toIntExact(-count)),
        show);
  }

  private static long count(Call call) {
    long count = DrawCount.at(call, 2);
    if (call.argCount() > 4 || (call.argCount() == 4 && !call.argIs(3, "WITHSCORES"))) {
      throw CommandException.syntax();
    }
    if (call.argCount() == 4 && Math.abs(count) > Long.MAX_VALUE / 2) {
      throw new CommandException("ERR value is out of range");
    }
    return count;
  }

  private static RandomDraw draw(SortedSet set) {
    return new RandomDraw(set, ThreadLocalRandom.current());
  }
}
