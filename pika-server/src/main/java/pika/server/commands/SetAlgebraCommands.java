package pika.server.commands;

import static pika.server.command.Flag.DENYOOM;
import static pika.server.command.Group.SET;
import static pika.server.command.KeyFlag.ACCESS;
import static pika.server.command.KeyFlag.OW;
import static pika.server.command.KeyFlag.RO;
import static pika.server.command.KeyFlag.RW;
import static pika.server.command.KeyFlag.UPDATE;
import static pika.server.command.Keys.all;
import static pika.server.command.Keys.countedAt;
import static pika.server.command.Keys.first;
import static pika.server.command.Keys.range;
import static pika.server.command.Row.read;
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
import pika.server.command.KeyFlag;
import pika.server.command.Options;
import pika.server.command.Row;
import pika.storage.bytes.Slice;
import pika.storage.set.SetAlgebra;
import pika.storage.set.SetLimits;

/** Set algebra: SINTER, SUNION, SDIFF and the like. */
final class SetAlgebraCommands implements Family {
  private static final String INTERSECTION =
      "O(N*M) where N is the size of the smallest set and M is the number of sets";
  private static final String UNION = "O(N) where N is the size of all sets together";
  private static final String DIFFERENCE =
      "O(N*M) where N is the size of the first set and M is the number of sets";

  private final SetDoor door;

  /** Creates the family; {@code limits} supplies the limits in force. */
  SetAlgebraCommands(Supplier<SetLimits> limits) {
    this.door = new SetDoor(limits);
  }

  @Override
  public List<Row> commands() {
    return List.of(
        listing("sinter", INTERSECTION, "Returns the intersection of sets.")
            .runs(call -> list(call, SetAlgebra::intersection)),
        listing("sunion", UNION, "Returns the union of sets.")
            .runs(call -> list(call, SetAlgebra::union)),
        listing(
                "sdiff",
                DIFFERENCE,
                "Returns the members of the first set that are in none of the others.")
            .runs(call -> list(call, SetAlgebra::difference)),
        storing("sinterstore", RW, INTERSECTION, "Stores the intersection of sets in a key.")
            .runs(call -> store(call, SetAlgebra::storeIntersection)),
        storing("sunionstore", OW, UNION, "Stores the union of sets in a key.")
            .runs(call -> store(call, SetAlgebra::storeUnion)),
        storing(
                "sdiffstore",
                OW,
                DIFFERENCE,
                "Stores the members of the first set that are in none of the others.")
            .runs(call -> store(call, SetAlgebra::storeDifference)),
        read("sintercard", -3, countedAt(1, RO, ACCESS))
            .is(
                SET,
                "7.0.0",
                INTERSECTION,
                "Returns the number of members in the intersection of sets.",
                "numkeys:integer key... [LIMIT limit:integer]")
            .slowIfLarge()
            .runs(this::sintercard));
  }

  private static Row listing(String name, String complexity, String summary) {
    return read(name, -2, all(RO, ACCESS))
        .is(SET, "1.0.0", complexity, summary, "key...")
        .tips("nondeterministic_output_order")
        .slowIfLarge();
  }

  private static Row storing(String name, KeyFlag how, String complexity, String summary) {
    return write(name, -3, first(how, UPDATE).and(range(2, -1, 1, RO, ACCESS)), DENYOOM)
        .is(SET, "1.0.0", complexity, summary, "destination:key key...")
        .events(EventNaming.storing(name))
        .slowIfLarge();
  }

  private interface Listing {
    List<Slice> of(SetAlgebra algebra, List<byte[]> keys);
  }

  private interface Storing {
    long to(SetAlgebra algebra, byte[] target, List<byte[]> keys);
  }

  private Reply list(Call call, Listing operation) {
    List<Slice> members = operation.of(door.algebra(call), call.argsFrom(1));
    return ElementReplies.set(call, ElementReplies.bulks(members));
  }

  private Reply store(Call call, Storing operation) {
    return Reply.integer(operation.to(door.algebra(call), call.arg(1), call.argsFrom(2)));
  }

  private Reply sintercard(Call call) {
    String few = "ERR numkeys should be greater than 0";
    long count = Args.parseLong(call.arg(1), few);
    if (count < 1) {
      throw new CommandException(few);
    }
    if (count > call.argCount() - 2) {
      throw new CommandException("ERR Number of keys can't be greater than number of args");
    }
    int end = 2 + (int) count;
    long limit = limit(call.optionsFrom(end));
    List<byte[]> keys = Arrays.asList(call.args()).subList(2, end);
    return Reply.integer(door.algebra(call).intersectionSize(keys, limit));
  }

  /** Parses the limit; none, or 0, means unlimited. */
  private static long limit(Options options) {
    long limit = 0;
    while (options.hasNext()) {
      if (!options.takeWithValue("LIMIT")) {
        throw CommandException.syntax();
      }
      String negative = "ERR LIMIT can't be negative";
      limit = Args.parseLong(options.next(), negative);
      if (limit < 0) {
        throw new CommandException(negative);
      }
    }
    return limit == 0 ? Long.MAX_VALUE : limit;
  }
}
