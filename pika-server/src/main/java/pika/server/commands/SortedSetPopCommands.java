package pika.server.commands;

import static pika.server.command.Flag.BLOCKING;
import static pika.server.command.Flag.FAST;
import static pika.server.command.Flag.NOSCRIPT;
import static pika.server.command.Group.SORTED_SET;
import static pika.server.command.KeyFlag.ACCESS;
import static pika.server.command.KeyFlag.DELETE;
import static pika.server.command.KeyFlag.RW;
import static pika.server.command.Keys.countedAt;
import static pika.server.command.Keys.first;
import static pika.server.command.Keys.range;
import static pika.server.command.Row.write;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Protocol;
import pika.net.resp.Reply;
import pika.server.command.Args;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.EventNaming;
import pika.server.command.Family;
import pika.server.command.Options;
import pika.server.command.Row;
import pika.server.commands.SortedSetDoor.Show;
import pika.storage.key.DataType;
import pika.storage.packed.PackedLimits;
import pika.storage.zset.Order;
import pika.storage.zset.ScoredMember;

/** Popping members from the ends of sorted sets. */
final class SortedSetPopCommands implements Family {
  private static final String BY_POPPED =
      "O(log(N)*M) with N being the number of elements in the sorted set, and M being the number"
          + " of elements popped.";
  private static final String BY_KEYS_AND_POPPED =
      "O(K) + O(M*log(N)) where K is the number of provided keys, N being the number of elements"
          + " in the sorted set, and M being the number of elements popped.";

  private final SortedSetDoor door;

  /** Creates the family; {@code limits} supplies the limits in force. */
  SortedSetPopCommands(Supplier<PackedLimits> limits) {
    this.door = new SortedSetDoor(limits);
  }

  @Override
  public List<Row> commands() {
    return List.of(
        write("zpopmin", -2, first(RW, ACCESS, DELETE), FAST)
            .is(
                SORTED_SET,
                "5.0.0",
                BY_POPPED,
                "Removes and returns the members with the lowest scores of a sorted set.",
                "key [count:integer]")
            .runs(call -> pop(call, Order.ASCENDING)),
        write("zpopmax", -2, first(RW, ACCESS, DELETE), FAST)
            .is(
                SORTED_SET,
                "5.0.0",
                BY_POPPED,
                "Removes and returns the members with the highest scores of a sorted set.",
                "key [count:integer]")
            .runs(call -> pop(call, Order.DESCENDING)),
        write("zmpop", -4, countedAt(1, RW, ACCESS, DELETE))
            .is(
                SORTED_SET,
                "7.0.0",
                BY_KEYS_AND_POPPED,
                "Removes and returns the lowest or highest members of the first"
                    + " non-empty sorted set.",
                "numkeys:integer key... (MIN|MAX) [COUNT count:integer]")
            .events(popped(args -> ManyPop.order(args, 1)))
            .runs(this::zmpop),
        blocking("bzpopmin", Order.ASCENDING, "lowest"),
        blocking("bzpopmax", Order.DESCENDING, "highest"),
        write("bzmpop", -5, countedAt(2, RW, ACCESS, DELETE), BLOCKING)
            .is(
                SORTED_SET,
                "7.0.0",
                BY_KEYS_AND_POPPED,
                "Removes and returns the lowest or highest members of the first"
                    + " non-empty sorted set, blocking until there is one.",
                "timeout:double numkeys:integer key... (MIN|MAX) [COUNT count:integer]")
            .events(popped(args -> ManyPop.order(args, 2)))
            .runs(this::bzmpop));
  }

  private Row blocking(String name, Order order, String which) {
    return write(name, -3, range(1, -2, 1, RW, ACCESS, DELETE), NOSCRIPT, BLOCKING, FAST)
        .is(
            SORTED_SET,
            "5.0.0",
            "O(log(N)) with N being the number of elements in the sorted set.",
            "Removes and returns the member with the "
                + which
                + " score of the first non-empty sorted set, blocking until there is one.",
            "key... timeout:double")
        .events(popped(args -> order))
        .runs(call -> popOrWait(call, order));
  }

  private static EventNaming popped(Function<byte[][], Order> order) {
    return EventNaming.each(
        (args, change) -> List.of(order.apply(args) == Order.ASCENDING ? "zpopmin" : "zpopmax"));
  }

  private Reply pop(Call call, Order order) {
    if (call.argCount() > 3) {
      throw CommandException.syntax();
    }
    boolean counted = call.argCount() == 3;
    long count = counted ? call.positiveArg(2) : 1;
    List<ScoredMember> popped = door.sets(call).pop(call.arg(1), order, count);
    if (counted || call.protocol() == Protocol.RESP2) {
      return SortedSetDoor.reply(call, popped, Show.WITH_SCORES);
    }
    return popped.isEmpty() ? Reply.EMPTY_ARRAY : SortedSetDoor.pair(popped.get(0));
  }

  private Reply popOrWait(Call call, Order order) {
    int timeoutAt = call.argCount() - 1;
    long timeoutMs = Timeouts.parseSeconds(call.arg(timeoutAt));
    for (int i = 1; i < timeoutAt; i++) {
      List<ScoredMember> popped = door.sets(call).pop(call.arg(i), order, 1);
      if (!popped.isEmpty()) {
        ScoredMember one = popped.get(0);
        return Reply.array(
            Reply.bulk(call.arg(i)), Reply.bulk(one.member()), Reply.doubleValue(one.score()));
      }
    }
    return waitFor(call, 1, timeoutAt, timeoutMs);
  }

  private Reply zmpop(Call call) {
    Reply popped = popFromFirst(call, ManyPop.of(call, 1));
    return popped == null ? Reply.NULL_ARRAY : popped;
  }

  private Reply bzmpop(Call call) {
    ManyPop pop = ManyPop.of(call, 2);
    long timeoutMs = Timeouts.parseSeconds(call.arg(1));
    Reply popped = popFromFirst(call, pop);
    return popped == null
        ? waitFor(call, pop.firstKey(), pop.firstKey() + pop.keys(), timeoutMs)
        : popped;
  }

  private static Reply waitFor(Call call, int from, int to, long timeoutMs) {
    return call.block(PopWait.of(DataType.ZSET, call.args(), from, to, timeoutMs));
  }

  private @Nullable Reply popFromFirst(Call call, ManyPop pop) {
    for (int i = pop.firstKey(); i < pop.firstKey() + pop.keys(); i++) {
      List<ScoredMember> popped = door.sets(call).pop(call.arg(i), pop.order(), pop.count());
      if (!popped.isEmpty()) {
        return Reply.array(Reply.bulk(call.arg(i)), SortedSetDoor.pairs(popped));
      }
    }
    return null;
  }

  /** The arguments {@code numkeys key ... MIN|MAX [COUNT count]}. */
  private record ManyPop(int firstKey, int keys, Order order, long count) {

    static ManyPop of(Call call, int position) {
      long keys = atLeastOne(call.arg(position), "ERR numkeys should be greater than 0");
      if (keys > call.argCount() - position - 2) {
        throw CommandException.syntax();
      }
      Options options = call.optionsFrom(position + 1 + (int) keys);
      Order order = order(options);
      long count = 1;
      if (options.hasNext()) {
        if (!options.takeWithValue("COUNT")) {
          throw CommandException.syntax();
        }
        count = atLeastOne(options.next(), "ERR count should be greater than 0");
        if (options.hasNext()) {
          throw CommandException.syntax();
        }
      }
      return new ManyPop(position + 1, (int) keys, order, count);
    }

    /** Returns the order given by arguments known to be valid. */
    static Order order(byte[][] args, int position) {
      int keys = (int) Args.parseLong(args[position]);
      boolean lowest = Args.is(args[position + 1 + keys], "MIN");
      return lowest ? Order.ASCENDING : Order.DESCENDING;
    }

    private static Order order(Options options) {
      if (options.take("MIN")) {
        return Order.ASCENDING;
      }
      if (options.take("MAX")) {
        return Order.DESCENDING;
      }
      throw CommandException.syntax();
    }

    private static long atLeastOne(byte[] arg, String errorText) {
      long number = Args.parseLong(arg, errorText);
      if (number < 1) {
        throw new CommandException(errorText);
      }
      return number;
    }
  }
}
