package pika.server.commands;

import static pika.server.command.Flag.DENYOOM;
import static pika.server.command.Flag.FAST;
import static pika.server.command.Group.SET;
import static pika.server.command.KeyFlag.ACCESS;
import static pika.server.command.KeyFlag.DELETE;
import static pika.server.command.KeyFlag.INSERT;
import static pika.server.command.KeyFlag.RO;
import static pika.server.command.KeyFlag.RW;
import static pika.server.command.Keys.first;
import static pika.server.command.Keys.second;
import static pika.server.command.Row.read;
import static pika.server.command.Row.write;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import pika.net.resp.Reply;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.EventNaming;
import pika.server.command.Family;
import pika.server.command.Place;
import pika.server.command.Row;
import pika.storage.bytes.Slice;
import pika.storage.element.Elements;
import pika.storage.key.KeyChange;
import pika.storage.set.SetLimits;
import pika.storage.set.Sets;

/** Members of single sets: SADD, SISMEMBER, SPOP and the like. */
final class SetCommands implements Family {
  private static final String PER_MEMBER = "O(N) where N is the number of members given";

  private final SetDoor door;

  /** Creates the family; {@code limits} supplies the limits in force. */
  SetCommands(Supplier<SetLimits> limits) {
    this.door = new SetDoor(limits);
  }

  @Override
  public List<Row> commands() {
    List<Row> rows = new ArrayList<>(named());
    rows.addAll(unnamed());
    return rows;
  }

  private List<Row> named() {
    return List.of(
        write("sadd", -3, first(RW, INSERT), DENYOOM, FAST)
            .is(
                SET,
                "1.0.0",
                PER_MEMBER,
                "Adds members to a set, creating it if needed.",
                "key member...")
            .placed(Size::place)
            .runs(call -> Reply.integer(door.sets(call).add(call.arg(1), call.argsFrom(2)))),
        write("srem", -3, first(RW, DELETE), FAST)
            .is(SET, "1.0.0", PER_MEMBER, "Removes members from a set.", "key member...")
            .placed(Size::place)
            .runs(call -> Reply.integer(door.sets(call).remove(call.arg(1), call.argsFrom(2)))),
        write("smove", 4, first(RW, ACCESS, DELETE).and(second(RW, INSERT)), FAST)
            .is(
                SET,
                "1.0.0",
                "O(1)",
                "Moves a member from one set to another.",
                "source:key destination:key member")
            .events(SetCommands::tellMove)
            .runs(this::smove),
        read("sismember", 3, first(RO), FAST)
            .is(SET, "1.0.0", "O(1)", "Returns whether a value is a member of a set.", "key member")
            .runs(call -> flag(door.sets(call).contains(call.arg(1), call.arg(2)))),
        read("smismember", -3, first(RO, ACCESS), FAST)
            .is(
                SET,
                "6.2.0",
                PER_MEMBER,
                "Returns which of the given values are members of a set.",
                "key member...")
            .placed(Size::place)
            .runs(this::smismember),
        read("scard", 2, first(RO), FAST)
            .is(SET, "1.0.0", "O(1)", "Returns the number of members of a set.", "key")
            .runs(call -> Reply.integer(door.sets(call).size(call.arg(1)))));
  }

  private List<Row> unnamed() {
    return List.of(
        read("smembers", 2, first(RO, ACCESS))
            .is(
                SET,
                "1.0.0",
                "O(N) where N is the size of the set",
                "Returns all members of a set.",
                "key")
            .tips("nondeterministic_output_order")
            .slowIfLarge()
            .runs(this::smembers),
        write("spop", -2, first(RW, ACCESS, DELETE), FAST)
            .is(
                SET,
                "1.0.0",
                "O(N) where N is the number of members returned",
                "Removes and returns random members of a set.",
                "key [count:integer]")
            .tips("nondeterministic_output")
            .placed(args -> args.length > 2 ? Place.SLOW_IF_LARGE : Place.LOOP)
            .runs(this::spop),
        read("srandmember", -2, first(RO, ACCESS))
            .is(
                SET,
                "1.0.0",
                "O(N) where N is the number of members returned",
                "Returns random members of a set.",
                "key [count:integer]")
            .tips("nondeterministic_output")
            .placed(DrawCount::place)
            .runs(this::srandmember),
        read("sscan", -3, first(RO, ACCESS))
            .is(
                SET,
                "2.8.0",
                "O(1) for every call, O(N) for a complete scan",
                "Iterates over the members of a set with a cursor.",
                "key cursor:integer [MATCH pattern:pattern] [COUNT count:integer]")
            .tips("nondeterministic_output")
            .runs(this::sscan));
  }

  private static void tellMove(byte[][] args, List<KeyChange> changes, EventNaming.Teller teller) {
    for (String event : List.of("srem", "sadd")) {
      for (KeyChange change : changes) {
        if (Arrays.equals(change.key(), args[1]) == event.equals("srem")) {
          EventNaming.name(change, List.of(event), teller);
        }
      }
    }
  }

  private Reply smove(Call call) {
    return flag(door.sets(call).move(call.arg(1), call.arg(2), call.arg(3)));
  }

  private Reply smismember(Call call) {
    Elements members = door.sets(call).members(call.arg(1));
    List<Reply> flags = new ArrayList<>(call.argCount() - 2);
    for (int i = 2; i < call.argCount(); i++) {
      flags.add(flag(members.contains(call.arg(i))));
    }
    return Reply.array(flags);
  }

  private Reply smembers(Call call) {
    return ElementReplies.set(call, all(door.sets(call), call.arg(1)));
  }

  private static List<Reply> all(Sets sets, byte[] key) {
    List<Reply> members = new ArrayList<>();
    sets.members(key).forEach((member, nothing) -> members.add(ElementReplies.bulk(member)));
    return members;
  }

  private Reply spop(Call call) {
    Sets sets = door.sets(call);
    if (call.argCount() == 2) {
      return ElementReplies.bulkOrNull(sets.pop(call.arg(1), ThreadLocalRandom.current()));
    }
    requireOneCount(call);
    long count = call.positiveArg(2);
    List<Slice> popped = sets.pop(call.arg(1), count, ThreadLocalRandom.current());
    return ElementReplies.set(call, ElementReplies.bulks(popped));
  }

  private Reply srandmember(Call call) {
    Sets sets = door.sets(call);
    if (call.argCount() == 2) {
      return ElementReplies.bulkOrNull(sets.draw(call.arg(1), ThreadLocalRandom.current()));
    }
    requireOneCount(call);
    long count = DrawCount.at(call, 2);
    if (DrawCount.isEndless(count)) {
      List<Reply> members = all(sets, call.arg(1));
      return members.isEmpty()
          ? Reply.EMPTY_ARRAY
          : new RepeatedDraws(call.protocol(), members, -count, 1);
    }
    return ElementReplies.array(call, ElementReplies.bulks(draw(sets, call.arg(1), count)));
  }

  private static List<Slice> draw(Sets sets, byte[] key, long count) {
    if (count >= 0) {
      return sets.drawDistinct(key, count, ThreadLocalRandom.current());
    }
    return sets.size(key) == 0
        ? List.of()
        : sets.drawRepeatedly(key, (int) -count, ThreadLocalRandom.current());
  }

  private static void requireOneCount(Call call) {
    if (call.argCount() > 3) {
      throw CommandException.syntax();
    }
  }

  private Reply sscan(Call call) {
    long position = ScanCommands.cursor(call.arg(2));
    Sets sets = door.sets(call);
    if (sets.size(call.arg(1)) == 0) {
      return ElementScan.NOTHING;
    }
    ElementScan scan = ElementScan.of(call, ElementScan.Values.NONE);
    return scan.reply(sets.page(call.arg(1), position, scan.count(), scan::visit));
  }

  private static Reply flag(boolean yes) {
    return yes ? Reply.ONE : Reply.ZERO;
  }
}
