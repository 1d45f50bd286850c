package pika.server.commands;

import static pika.server.command.Flag.DENYOOM;
import static pika.server.command.Flag.FAST;
import static pika.server.command.Group.LIST;
import static pika.server.command.KeyFlag.ACCESS;
import static pika.server.command.KeyFlag.DELETE;
import static pika.server.command.KeyFlag.INSERT;
import static pika.server.command.KeyFlag.RO;
import static pika.server.command.KeyFlag.RW;
import static pika.server.command.Keys.countedAt;
import static pika.server.command.Keys.first;
import static pika.server.command.Keys.second;
import static pika.server.command.Row.read;
import static pika.server.command.Row.write;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import pika.net.resp.Reply;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Family;
import pika.server.command.Keys;
import pika.server.command.Row;
import pika.storage.bytes.Slice;
import pika.storage.list.End;
import pika.storage.list.ListValue;
import pika.storage.packed.PackedLimits;

/** The ends of lists: pushing, popping, and moving elements between lists. */
final class ListEndCommands implements Family {
  private static final String PER_ELEMENT = "O(N) where N is the number of elements";

  private final ListDoor door;

  /** Creates the family; {@code limits} supplies the limits in force. */
  ListEndCommands(Supplier<PackedLimits> limits) {
    this.door = new ListDoor(limits);
  }

  @Override
  public List<Row> commands() {
    List<Row> rows = new ArrayList<>(pushes());
    rows.addAll(pops());
    rows.addAll(moves());
    return rows;
  }

  private List<Row> pushes() {
    return List.of(
        push("lpush", "1.0.0", "Adds elements at the head of a list, creating it if needed.")
            .runs(call -> push(call, End.HEAD)),
        push("rpush", "1.0.0", "Adds elements at the tail of a list, creating it if needed.")
            .runs(call -> push(call, End.TAIL)),
        push("lpushx", "2.2.0", "Adds elements at the head of a list only if it exists.")
            .event("lpush")
            .runs(call -> pushIfThere(call, End.HEAD)),
        push("rpushx", "2.2.0", "Adds elements at the tail of a list only if it exists.")
            .event("rpush")
            .runs(call -> pushIfThere(call, End.TAIL)));
  }

  private static Row push(String name, String since, String summary) {
    return write(name, -3, first(RW, INSERT), DENYOOM, FAST)
        .is(LIST, since, PER_ELEMENT + " to add.", summary, "key element...")
        .placed(Size::place);
  }

  private List<Row> pops() {
    return List.of(
        read("llen", 2, first(RO), FAST)
            .is(LIST, "1.0.0", "O(1)", "Returns the number of elements of a list.", "key")
            .runs(this::llen),
        pop("lpop", "Removes and returns one or more elements from the head of a list.")
            .runs(call -> pop(call, End.HEAD)),
        pop("rpop", "Removes and returns one or more elements from the tail of a list.")
            .runs(call -> pop(call, End.TAIL)),
        write("lmpop", -4, countedAt(1, RW, ACCESS, DELETE))
            .is(
                LIST,
                "7.0.0",
                "O(N+M) where N is the number of keys and M is the number of elements returned.",
                "Removes and returns elements of the first non-empty list.",
                "numkeys:integer key... (LEFT|RIGHT) [COUNT count:integer]")
            .events(ListEvents.popped(args -> ListEvents.endBehindKeys(args, 1)))
            .runs(this::lmpop));
  }

  private static Row pop(String name, String summary) {
    return write(name, -2, first(RW, ACCESS, DELETE), FAST)
        .is(LIST, "1.0.0", PER_ELEMENT + " returned.", summary, "key [count:integer]");
  }

  private List<Row> moves() {
    return List.of(
        write("lmove", 5, source().and(second(RW, INSERT)), DENYOOM)
            .is(
                LIST,
                "6.2.0",
                "O(1)",
                "Moves an element between the chosen ends of two lists and returns it.",
                "source:key destination:key (LEFT|RIGHT) (LEFT|RIGHT)")
            .events(ListEvents.movedAsSaid())
            .runs(this::lmove),
        write("rpoplpush", 3, source().and(second(RW, INSERT)), DENYOOM)
            .is(
                LIST,
                "1.2.0",
                "O(1)",
                "Moves an element from the tail of one list to the head of another and returns it.",
                "source:key destination:key")
            .replacedBy("`LMOVE` with the `RIGHT` and `LEFT` arguments", "6.2.0")
            .events(ListEvents.moved(End.TAIL, End.HEAD))
            .runs(call -> move(call, End.TAIL, End.HEAD)));
  }

  private static Keys source() {
    return first(RW, ACCESS, DELETE);
  }

  private Reply push(Call call, End end) {
    return Reply.integer(door.lists(call).push(call.arg(1), end, elements(call)));
  }

  private Reply pushIfThere(Call call, End end) {
    ListValue list = door.find(call);
    return list == null ? Reply.ZERO : Reply.integer(list.push(end, elements(call)));
  }

  private static List<Slice> elements(Call call) {
    List<Slice> elements = new ArrayList<>(call.argCount() - 2);
    for (int i = 2; i < call.argCount(); i++) {
      elements.add(Slice.of(call.arg(i)));
    }
    return elements;
  }

  private Reply llen(Call call) {
    return Reply.integer(door.lists(call).length(call.arg(1)));
  }

  private Reply pop(Call call, End end) {
    if (call.argCount() > 3) {
      throw CommandException.wrongArity(call.spec().fullName());
    }
    boolean one = call.argCount() == 2;
    long count = one ? 1 : call.positiveArg(2);
    ListValue list = door.find(call);
    if (list == null) {
      return one ? Reply.NULL : Reply.NULL_ARRAY;
    }
    List<Slice> popped = list.pop(end, count);
    return one ? ListDoor.reply(popped.get(0)) : ListDoor.reply(popped);
  }

  private Reply lmpop(Call call) {
    Reply popped = PopArgs.of(call, 1).popFirst(call, door);
    return popped == null ? Reply.NULL_ARRAY : popped;
  }

  private Reply lmove(Call call) {
    return move(call, ListDoor.end(call.arg(3)), ListDoor.end(call.arg(4)));
  }

  private Reply move(Call call, End from, End to) {
    return ListDoor.reply(door.lists(call).move(call.arg(1), from, call.arg(2), to));
  }
}
