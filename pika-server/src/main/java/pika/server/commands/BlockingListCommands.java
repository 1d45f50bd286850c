package pika.server.commands;

import static pika.server.command.Flag.BLOCKING;
import static pika.server.command.Flag.DENYOOM;
import static pika.server.command.Flag.NOSCRIPT;
import static pika.server.command.Group.LIST;
import static pika.server.command.KeyFlag.ACCESS;
import static pika.server.command.KeyFlag.DELETE;
import static pika.server.command.KeyFlag.INSERT;
import static pika.server.command.KeyFlag.RW;
import static pika.server.command.Keys.countedAt;
import static pika.server.command.Keys.first;
import static pika.server.command.Keys.range;
import static pika.server.command.Keys.second;
import static pika.server.command.Row.write;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Reply;
import pika.server.command.Call;
import pika.server.command.Family;
import pika.server.command.Row;
import pika.server.command.Wait;
import pika.storage.bytes.Slice;
import pika.storage.key.DataType;
import pika.storage.list.End;
import pika.storage.list.ListValue;
import pika.storage.list.Lists;
import pika.storage.packed.PackedLimits;

/** Popping from lists, blocking until there is an element. */
final class BlockingListCommands implements Family {
  private static final String PER_KEY = "O(N) where N is the number of keys.";

  private final ListDoor door;

  /** Creates the family; {@code limits} supplies the limits in force. */
  BlockingListCommands(Supplier<PackedLimits> limits) {
    this.door = new ListDoor(limits);
  }

  @Override
  public List<Row> commands() {
    return List.of(
        pop(
                "blpop",
                "Removes and returns the head of the first non-empty list, blocking"
                    + " until there is one.")
            .event("lpop")
            .runs(call -> pop(call, End.HEAD)),
        pop(
                "brpop",
                "Removes and returns the tail of the first non-empty list, blocking"
                    + " until there is one.")
            .event("rpop")
            .runs(call -> pop(call, End.TAIL)),
        write("blmpop", -5, countedAt(2, RW, ACCESS, DELETE), BLOCKING)
            .is(
                LIST,
                "7.0.0",
                "O(N+M) where N is the number of keys and M is the number of elements returned.",
                "Removes and returns elements of the first non-empty list, blocking"
                    + " until there is one.",
                "timeout:double numkeys:integer key... (LEFT|RIGHT) [COUNT count:integer]")
            .events(ListEvents.popped(args -> ListEvents.endBehindKeys(args, 2)))
            .runs(this::blmpop),
        move("blmove", 6)
            .is(
                LIST,
                "6.2.0",
                "O(1)",
                "Moves an element between the chosen ends of two lists, blocking"
                    + " until there is one.",
                "source:key destination:key (LEFT|RIGHT) (LEFT|RIGHT) timeout:double")
            .events(ListEvents.movedAsSaid())
            .runs(this::blmove),
        move("brpoplpush", 4)
            .is(
                LIST,
                "2.2.0",
                "O(1)",
                "Moves an element from the tail of one list to the head of another,"
                    + " blocking until there is one.",
                "source:key destination:key timeout:double")
            .replacedBy("`BLMOVE` with the `RIGHT` and `LEFT` arguments", "6.2.0")
            .events(ListEvents.moved(End.TAIL, End.HEAD))
            .runs(call -> move(call, End.TAIL, End.HEAD, 3)));
  }

  private static Row pop(String name, String summary) {
    return write(name, -3, range(1, -2, 1, RW, ACCESS, DELETE), NOSCRIPT, BLOCKING)
        .is(LIST, "2.0.0", PER_KEY, summary, "key... timeout:double");
  }

  private static Row move(String name, int arity) {
    return write(
        name,
        arity,
        first(RW, ACCESS, DELETE).and(second(RW, INSERT)),
        DENYOOM,
        NOSCRIPT,
        BLOCKING);
  }

  private Reply pop(Call call, End end) {
    int timeoutAt = call.argCount() - 1;
    long timeoutMs = Timeouts.parseSeconds(call.arg(timeoutAt));
    List<byte[]> keys = Arrays.asList(call.args()).subList(1, timeoutAt);
    Reply popped = popFirst(door.lists(call), keys, end);
    return popped == null ? waitFor(call, 1, timeoutAt, timeoutMs) : popped;
  }

  private static @Nullable Reply popFirst(Lists lists, List<byte[]> keys, End end) {
    for (byte[] key : keys) {
      ListValue list = lists.find(key);
      if (list != null) {
        return Reply.array(Reply.bulk(key), ListDoor.reply(list.pop(end, 1).get(0)));
      }
    }
    return null;
  }

  private Reply blmpop(Call call) {
    PopArgs args = PopArgs.of(call, 2);
    long timeoutMs = Timeouts.parseSeconds(call.arg(1));
    Reply popped = args.popFirst(call, door);
    return popped == null ? waitFor(call, 3, 3 + args.keys().size(), timeoutMs) : popped;
  }

  private Reply blmove(Call call) {
    return move(call, ListDoor.end(call.arg(3)), ListDoor.end(call.arg(4)), 5);
  }

  private Reply move(Call call, End from, End to, int timeoutAt) {
    long timeoutMs = Timeouts.parseSeconds(call.arg(timeoutAt));
    Slice moved = door.lists(call).move(call.arg(1), from, call.arg(2), to);
    return moved == null
        ? call.block(Wait.until(DataType.LIST, List.of(call.arg(1)), timeoutMs, Reply.NULL_ARRAY)
            .orElse(Reply.NULL))
        : ListDoor.reply(moved);
  }

  private static Reply waitFor(Call call, int from, int to, long timeoutMs) {
    return call.block(PopWait.of(DataType.LIST, call.args(), from, to, timeoutMs));
  }
}
