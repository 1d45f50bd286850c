package pika.server.commands;

import static pika.server.command.Flag.DENYOOM;
import static pika.server.command.Group.SORTED_SET;
import static pika.server.command.KeyFlag.ACCESS;
import static pika.server.command.KeyFlag.OW;
import static pika.server.command.KeyFlag.RO;
import static pika.server.command.KeyFlag.UPDATE;
import static pika.server.command.Keys.first;
import static pika.server.command.Keys.second;
import static pika.server.command.Row.read;
import static pika.server.command.Row.write;

import java.util.List;
import java.util.function.Supplier;
import pika.net.resp.Reply;
import pika.server.command.Call;
import pika.server.command.EventNaming;
import pika.server.command.Family;
import pika.server.command.Handler;
import pika.server.command.Row;
import pika.server.commands.RangeArgs.By;
import pika.server.commands.RangeArgs.Form;
import pika.storage.packed.PackedLimits;
import pika.storage.zset.Entries;
import pika.storage.zset.Order;
import pika.storage.zset.SortedSet;
import pika.storage.zset.SortedSetBuilder;

/** Ranges of sorted sets: ZRANGE and the commands it replaces. */
final class SortedSetRangeCommands implements Family {
  private static final String BY_RETURNED =
      "O(log(N)+M) with N being the number of elements in the sorted set and M the number of"
          + " elements returned.";
  private static final String BY_LIMIT =
      "O(log(N)+M) with N being the number of elements in the sorted set and M the number of"
          + " elements being returned. If M is constant (e.g. always asking for the first 10"
          + " elements with LIMIT), you can consider it O(log(N)).";
  private static final String LIMIT = " [LIMIT (offset:integer count:integer)]";

  private final SortedSetDoor door;

  /** Creates the family; {@code limits} supplies the limits in force. */
  SortedSetRangeCommands(Supplier<PackedLimits> limits) {
    this.door = new SortedSetDoor(limits);
  }

  @Override
  public List<Row> commands() {
    return List.of(
        read("zrange", -4, first(RO, ACCESS))
            .is(
                SORTED_SET,
                "1.2.0",
                BY_RETURNED,
                "Returns a range of sorted set members.",
                "key start stop [BYSCORE|BYLEX] [REV]" + LIMIT + " [WITHSCORES]")
            .placed(WideRange::byOption)
            .runs(range(new Form(null, null, true))),
        write("zrangestore", -5, first(OW, UPDATE).and(second(RO, ACCESS)), DENYOOM)
            .is(
                SORTED_SET,
                "6.2.0",
                "O(log(N)+M) with N being the number of elements in the sorted set and M the"
                    + " number of elements stored into the destination key.",
                "Stores a range of sorted set members in another key.",
                "dst:key src:key min max [BYSCORE|BYLEX] [REV]" + LIMIT)
            .slow()
            .events(EventNaming.storing("zrangestore"))
            .runs(this::zrangestore),
        old("zrevrange", "1.2.0", BY_RETURNED, "with the `REV` argument")
            .placed(WideRange::byIndex)
            .runs(range(new Form(By.INDEX, Order.DESCENDING, true))),
        old("zrangebyscore", "1.0.5", BY_LIMIT, "with the `BYSCORE` argument")
            .runs(range(new Form(By.SCORE, Order.ASCENDING, true))),
        old("zrevrangebyscore", "2.2.0", BY_LIMIT, "with the `REV` and `BYSCORE` arguments")
            .runs(range(new Form(By.SCORE, Order.DESCENDING, true))),
        old("zrangebylex", "2.8.9", BY_LIMIT, "with the `BYLEX` argument")
            .runs(range(new Form(By.MEMBER, Order.ASCENDING, true))),
        old("zrevrangebylex", "2.8.9", BY_LIMIT, "with the `REV` and `BYLEX` arguments")
            .runs(range(new Form(By.MEMBER, Order.DESCENDING, true))));
  }

  private static Row old(String name, String since, String complexity, String replacement) {
    String syntax = switch (name) {
      case "zrevrange" -> "key start:integer stop:integer [WITHSCORES]";
      case "zrangebyscore" -> "key min:double max:double [WITHSCORES]" + LIMIT;
      case "zrevrangebyscore" -> "key max:double min:double [WITHSCORES]" + LIMIT;
      case "zrangebylex" -> "key min max" + LIMIT;
      default -> "key max min" + LIMIT;
    };
    return read(name, -4, first(RO, ACCESS))
        .is(SORTED_SET, since, complexity, "Returns a range of sorted set members.", syntax)
        .replacedBy("`ZRANGE` " + replacement, "6.2.0")
        .placed(WideRange::byValue);
  }

  private Handler range(Form form) {
    return call -> {
      RangeArgs args = RangeArgs.of(call, 2, form);
      SortedSet set = door.sets(call).find(call.arg(1));
      if (set == null) {
        return Reply.EMPTY_ARRAY;
      }
      try (Entries entries = args.walk(set)) {
        return SortedSetDoor.reply(call, entries, args.show());
      }
    };
  }

  private Reply zrangestore(Call call) {
    RangeArgs args = RangeArgs.of(call, 3, new Form(null, null, false));
    SortedSet source = door.sets(call).find(call.arg(2));
    SortedSetBuilder target = door.sets(call).replace(call.arg(1));
    if (source != null) {
      try (Entries entries = source.walk(args.in(source), Order.ASCENDING)) {
        while (entries.next()) {
          target.append(entries.score(), entries.member());
        }
      }
    }
    return Reply.integer(target.finish());
  }
}
