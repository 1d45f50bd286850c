package pika.server.commands;

import static pika.server.command.Flag.DENYOOM;
import static pika.server.command.Flag.FAST;
import static pika.server.command.Group.SORTED_SET;
import static pika.server.command.KeyFlag.ACCESS;
import static pika.server.command.KeyFlag.DELETE;
import static pika.server.command.KeyFlag.RW;
import static pika.server.command.KeyFlag.UPDATE;
import static pika.server.command.Keys.first;
import static pika.server.command.Row.write;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import pika.net.resp.Reply;
import pika.server.command.Args;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.EventNaming;
import pika.server.command.Family;
import pika.server.command.Row;
import pika.storage.key.KeyChange;
import pika.storage.packed.PackedLimits;
import pika.storage.zset.AddOutcome;
import pika.storage.zset.AddRule;
import pika.storage.zset.Order;
import pika.storage.zset.Span;

/** Adding and removing members of sorted sets. */
final class SortedSetCommands implements Family {
  private static final String BY_REMOVED =
      "O(log(N)+M) with N being the number of elements in the sorted set and M the number of"
          + " elements removed by the operation.";

  private final SortedSetDoor door;

  /** Creates the family; {@code limits} supplies the limits in force. */
  SortedSetCommands(Supplier<PackedLimits> limits) {
    this.door = new SortedSetDoor(limits);
  }

  @Override
  public List<Row> commands() {
    return List.of(
        write("zadd", -4, first(RW, UPDATE), DENYOOM, FAST)
            .is(
                SORTED_SET,
                "1.2.0",
                "O(log(N)) for each item added, where N is the number of elements in the sorted"
                    + " set.",
                "Adds members to a sorted set, or updates their scores.",
                "key [NX|XX] [GT|LT] [CH] [INCR] (score:double member)...")
            .placed(Size::place)
            .events(EventNaming.each(SortedSetCommands::eventsOfZadd))
            .runs(call -> add(call, AddRule.Amount.SCORE)),
        write("zincrby", 4, first(RW, ACCESS, UPDATE), DENYOOM, FAST)
            .is(
                SORTED_SET,
                "1.2.0",
                "O(log(N)) where N is the number of elements in the sorted set.",
                "Increments the score of a sorted set member.",
                "key increment:integer member")
            .event("zincr")
            .runs(call -> add(call, AddRule.Amount.INCREMENT)),
        write("zrem", -3, first(RW, DELETE), FAST)
            .is(
                SORTED_SET,
                "1.2.0",
                "O(M*log(N)) with N being the number of elements in the sorted set and M the"
                    + " number of elements to be removed.",
                "Removes members from a sorted set.",
                "key member...")
            .placed(Size::place)
            .runs(this::zrem),
        write("zremrangebyrank", 4, first(RW, DELETE))
            .is(
                SORTED_SET,
                "2.0.0",
                BY_REMOVED,
                "Removes the sorted set members in a range of ranks.",
                "key start:integer stop:integer")
            .runs(call ->
                remove(call, Span.ofIndexes(call.longArg(2), call.longArg(3), Order.ASCENDING))),
        write("zremrangebyscore", 4, first(RW, DELETE))
            .is(
                SORTED_SET,
                "1.2.0",
                BY_REMOVED,
                "Removes the sorted set members in a range of scores.",
                "key min:double max:double")
            .runs(call -> remove(call, SpanArgs.scores(call.arg(2), call.arg(3)))),
        write("zremrangebylex", 4, first(RW, DELETE))
            .is(
                SORTED_SET,
                "2.8.9",
                BY_REMOVED,
                "Removes the sorted set members in a lexicographical range, when"
                    + " all scores are equal.",
                "key min max")
            .runs(
                call -> remove(call, SpanArgs.members(call.arg(2), call.arg(3), Order.ASCENDING))));
  }

  private static List<String> eventsOfZadd(byte[][] args, KeyChange change) {
    for (int i = 2; i < args.length && isOption(args[i]); i++) {
      if (Args.is(args[i], "INCR")) {
        return List.of("zincr");
      }
    }
    return List.of("zadd");
  }

  private static boolean isOption(byte[] arg) {
    return Args.is(arg, "NX")
        || Args.is(arg, "XX")
        || Args.is(arg, "GT")
        || Args.is(arg, "LT")
        || Args.is(arg, "CH")
        || Args.is(arg, "INCR");
  }

  private Reply add(Call call, AddRule.Amount amount) {
    AddArgs args = AddArgs.of(call, amount);
    AddOutcome outcome = door.sets(call).add(call.arg(1), args.members(), args.rule());
    if (args.rule().amount() == AddRule.Amount.SCORE) {
      long updated = args.countsUpdates() ? outcome.updated() : 0;
      return Reply.integer(outcome.added() + updated);
    }
    Double score = outcome.score();
    if (score == null) {
      return Reply.NULL;
    }
    if (score.isNaN()) {
      throw new CommandException("ERR resulting score is not a number (NaN)");
    }
    return Reply.doubleValue(score);
  }

  private Reply zrem(Call call) {
    List<byte[]> members = Arrays.asList(call.args()).subList(2, call.argCount());
    return Reply.integer(door.sets(call).remove(call.arg(1), members));
  }

  private Reply remove(Call call, Span span) {
    return Reply.integer(door.sets(call).remove(call.arg(1), span));
  }
}
