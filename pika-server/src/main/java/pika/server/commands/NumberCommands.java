package pika.server.commands;

import static pika.server.command.Flag.DENYOOM;
import static pika.server.command.Flag.FAST;
import static pika.server.command.Group.STRING;
import static pika.server.command.KeyFlag.ACCESS;
import static pika.server.command.KeyFlag.RW;
import static pika.server.command.KeyFlag.UPDATE;
import static pika.server.command.Keys.first;
import static pika.server.command.Row.write;

import java.util.List;
import java.util.function.Supplier;
import pika.net.resp.Reply;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Family;
import pika.server.command.Row;
import pika.storage.string.StringLimits;

/** Strings as numbers: INCR and the like. */
final class NumberCommands implements Family {
  private final StringDoor door;

  /** Creates the family; {@code limits} supplies the limits in force. */
  NumberCommands(Supplier<StringLimits> limits) {
    this.door = new StringDoor(limits);
  }

  @Override
  public List<Row> commands() {
    return List.of(
        row("incr", 2)
            .is(STRING, "1.0.0", "O(1)", "Increments the integer value of a key by one.", "key")
            .runs(call -> add(call, 1)),
        row("decr", 2)
            .is(STRING, "1.0.0", "O(1)", "Decrements the integer value of a key by one.", "key")
            .runs(call -> add(call, -1)),
        row("incrby", 3)
            .is(
                STRING,
                "1.0.0",
                "O(1)",
                "Adds an amount to the integer value of a key.",
                "key increment:integer")
            .runs(call -> add(call, call.longArg(2))),
        row("decrby", 3)
            .is(
                STRING,
                "1.0.0",
                "O(1)",
                "Subtracts an amount from the integer value of a key.",
                "key decrement:integer")
            .runs(this::decrby),
        row("incrbyfloat", 3)
            .is(
                STRING,
                "2.6.0",
                "O(1)",
                "Adds an amount to the floating-point value of a key.",
                "key increment:double")
            .event("incrbyfloat")
            .runs(this::incrbyfloat));
  }

  private static Row row(String name, int arity) {
    return write(name, arity, first(RW, ACCESS, UPDATE), DENYOOM, FAST).event("incrby");
  }

  private Reply add(Call call, long delta) {
    return Reply.integer(door.strings(call).increment(call.arg(1), delta));
  }

  private Reply decrby(Call call) {
    long decrement = call.longArg(2);
    if (decrement == Long.MIN_VALUE) {
      throw new CommandException("ERR decrement would overflow");
    }
    return add(call, -decrement);
  }

  private Reply incrbyfloat(Call call) {
    return Reply.bulk(door.strings(call).incrementByFloat(call.arg(1), call.arg(2)));
  }
}
