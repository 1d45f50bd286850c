package pika.server.commands;

import static pika.server.command.Flag.DENYOOM;
import static pika.server.command.Group.SORTED_SET;
import static pika.server.command.KeyFlag.ACCESS;
import static pika.server.command.KeyFlag.OW;
import static pika.server.command.KeyFlag.RO;
import static pika.server.command.KeyFlag.UPDATE;
import static pika.server.command.Keys.countedAt;
import static pika.server.command.Keys.first;
import static pika.server.command.Row.read;
import static pika.server.command.Row.write;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import pika.net.resp.Reply;
import pika.server.command.Call;
import pika.server.command.EventNaming;
import pika.server.command.Family;
import pika.server.command.Handler;
import pika.server.command.Row;
import pika.server.commands.OperationArgs.Takes;
import pika.storage.bytes.Slice;
import pika.storage.key.KeyRecord;
import pika.storage.key.WrongTypeException;
import pika.storage.packed.PackedLimits;
import pika.storage.set.SetLimits;
import pika.storage.zset.Members;
import pika.storage.zset.ScoredMember;
import pika.storage.zset.SetMembers;
import pika.storage.zset.SetOperations;
import pika.storage.zset.SortedSetBuilder;

/** Union, intersection and difference of sorted sets and sets. */
final class SortedSetOperationCommands implements Family {
  private static final String BY_UNION =
      " with N being the sum of the sizes of the input sorted sets, and M being the number of"
          + " elements in the resulting sorted set.";
  private static final String BY_INTERSECTION =
      "O(N*K)+O(M*log(M)) worst case with N being the smallest input sorted set, K being the"
          + " number of input sorted sets and M being the number of elements in the resulting"
          + " sorted set.";
  private static final String BY_DIFFERENCE =
      "O(L + (N-K)log(N)) worst case where L is the total number of elements in all the sets, N"
          + " is the size of the first set, and K is the size of the result set.";
  private static final String KEYS = "numkeys:integer key...";
  private static final String STORED_KEYS = "destination:key " + KEYS;
  private static final String WEIGHTS = " [WEIGHTS weight:integer...] [AGGREGATE (SUM|MIN|MAX)]";
  private static final String SCORES = " [WITHSCORES]";

  private final SortedSetDoor door;
  private final SetDoor setDoor;

  /** Computes the result from a call's operands. */
  private interface Operation extends Function<OperationArgs, List<ScoredMember>> {}

  /** Creates the family; both parameters supply the limits in force. */
  SortedSetOperationCommands(Supplier<PackedLimits> limits, Supplier<SetLimits> setLimits) {
    this.door = new SortedSetDoor(limits);
    this.setDoor = new SetDoor(setLimits);
  }

  @Override
  public List<Row> commands() {
    return List.of(
        shown("zunion")
            .is(
                SORTED_SET,
                "6.2.0",
                "O(N)+O(M*log(M))" + BY_UNION,
                "Returns the union of sorted sets.",
                KEYS + WEIGHTS + SCORES)
            .runs(show(SortedSetOperationCommands::union, Takes.WEIGHTS, Takes.SHOW)),
        shown("zinter")
            .is(
                SORTED_SET,
                "6.2.0",
                BY_INTERSECTION,
                "Returns the intersection of sorted sets.",
                KEYS + WEIGHTS + SCORES)
            .runs(show(SortedSetOperationCommands::intersection, Takes.WEIGHTS, Takes.SHOW)),
        shown("zdiff")
            .is(
                SORTED_SET,
                "6.2.0",
                BY_DIFFERENCE,
                "Returns the members of the first sorted set that are in none of the others.",
                KEYS + SCORES)
            .runs(show(SortedSetOperationCommands::difference, Takes.SHOW)),
        shown("zintercard")
            .is(
                SORTED_SET,
                "7.0.0",
                "O(N*K) worst case with N being the smallest input sorted set, K being the number"
                    + " of input sorted sets.",
                "Returns the number of members in the intersection of sorted sets.",
                KEYS + " [LIMIT limit:integer]")
            .runs(this::zintercard),
        stored("zunionstore")
            .is(
                SORTED_SET,
                "2.0.0",
                "O(N)+O(M log(M))" + BY_UNION,
                "Stores the union of sorted sets in a key.",
                STORED_KEYS + WEIGHTS)
            .runs(store(SortedSetOperationCommands::union, Takes.WEIGHTS)),
        stored("zinterstore")
            .is(
                SORTED_SET,
                "2.0.0",
                BY_INTERSECTION,
                "Stores the intersection of sorted sets in a key.",
                STORED_KEYS + WEIGHTS)
            .runs(store(SortedSetOperationCommands::intersection, Takes.WEIGHTS)),
        stored("zdiffstore")
            .is(
                SORTED_SET,
                "6.2.0",
                BY_DIFFERENCE,
                "Stores the members of the first sorted set that are in none of the others.",
                STORED_KEYS)
            .runs(store(SortedSetOperationCommands::difference)));
  }

  private static Row shown(String name) {
    return read(name, -3, countedAt(1, RO, ACCESS)).slow();
  }

  private static Row stored(String name) {
    return write(name, -4, first(OW, UPDATE).and(countedAt(2, RO, ACCESS)), DENYOOM)
        .events(EventNaming.storing(name))
        .slow();
  }

  private Handler show(Operation operation, Takes... takes) {
    return call -> {
      OperationArgs args = OperationArgs.of(call, 1, finder(call), takes);
      return SortedSetDoor.reply(call, operation.apply(args), args.show());
    };
  }

  private Handler store(Operation operation, Takes... takes) {
    return call -> {
      List<ScoredMember> result = operation.apply(OperationArgs.of(call, 2, finder(call), takes));
      SortedSetBuilder target = door.sets(call).replace(call.arg(1));
      result.forEach(one -> target.append(one.score(), Slice.of(one.member())));
      return Reply.integer(target.finish());
    };
  }

  /** Returns a lookup of operands by key, which may be sets, too. */
  private Function<byte[], Members> finder(Call call) {
    return key -> {
      KeyRecord record = call.keyspace().get(key);
      if (record == null) {
        return Members.none();
      }
      return switch (record.type()) {
        case ZSET -> door.sets(call).open(key, record);
        case SET -> new SetMembers(setDoor.sets(call).members(key));
        default -> throw new WrongTypeException();
      };
    };
  }

  private static List<ScoredMember> union(OperationArgs args) {
    return SetOperations.union(args.operands(), args.aggregate());
  }

  private static List<ScoredMember> intersection(OperationArgs args) {
    return SetOperations.intersection(args.operands(), args.aggregate());
  }

  private static List<ScoredMember> difference(OperationArgs args) {
    return SetOperations.difference(args.operands());
  }

  private Reply zintercard(Call call) {
    OperationArgs args = OperationArgs.of(call, 1, finder(call), Takes.LIMIT);
    return Reply.integer(SetOperations.intersectionSize(args.operands(), args.limit()));
  }
}
