package pika.server.commands;

import static pika.server.command.Flag.DENYOOM;
import static pika.server.command.Flag.FAST;
import static pika.server.command.Group.HASH;
import static pika.server.command.KeyFlag.ACCESS;
import static pika.server.command.KeyFlag.DELETE;
import static pika.server.command.KeyFlag.INSERT;
import static pika.server.command.KeyFlag.RO;
import static pika.server.command.KeyFlag.RW;
import static pika.server.command.KeyFlag.UPDATE;
import static pika.server.command.Keys.first;
import static pika.server.command.Row.read;
import static pika.server.command.Row.write;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Reply;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Family;
import pika.server.command.Row;
import pika.storage.bytes.Slice;
import pika.storage.packed.PackedLimits;

/** Fields of hashes by name: HSET, HGET and the like. */
final class HashCommands implements Family {
  private static final String PER_FIELD = "O(N) where N is the number of fields given";

  private final HashDoor door;

  /** Creates the family; {@code limits} supplies the limits in force. */
  HashCommands(Supplier<PackedLimits> limits) {
    this.door = new HashDoor(limits);
  }

  @Override
  public List<Row> commands() {
    List<Row> rows = new ArrayList<>(setting());
    rows.addAll(reading());
    return rows;
  }

  private List<Row> setting() {
    return List.of(
        write("hset", -4, first(RW, UPDATE), DENYOOM, FAST)
            .is(
                HASH,
                "2.0.0",
                PER_FIELD,
                "Sets the values of one or more hash fields.",
                "key (field value)...")
            .placed(Size::place)
            .runs(call -> Reply.integer(set(call))),
        write("hmset", -4, first(RW, UPDATE), DENYOOM, FAST)
            .is(
                HASH,
                "2.0.0",
                PER_FIELD,
                "Sets the values of one or more hash fields.",
                "key (field value)...")
            .replacedBy("`HSET` with multiple field-value pairs", "4.0.0")
            .placed(Size::place)
            .event("hset")
            .runs(this::hmset),
        write("hsetnx", 4, first(RW, INSERT), DENYOOM, FAST)
            .is(
                HASH,
                "2.0.0",
                "O(1)",
                "Sets a hash field only if it does not exist.",
                "key field value")
            .placed(Size::place)
            .event("hset")
            .runs(this::hsetnx),
        write("hdel", -3, first(RW, DELETE), FAST)
            .is(HASH, "2.0.0", PER_FIELD, "Removes one or more fields from a hash.", "key field...")
            .placed(Size::place)
            .runs(this::hdel),
        write("hincrby", 4, first(RW, ACCESS, UPDATE), DENYOOM, FAST)
            .is(
                HASH,
                "2.0.0",
                "O(1)",
                "Increments the integer in a hash field.",
                "key field increment:integer")
            .runs(this::hincrby),
        write("hincrbyfloat", 4, first(RW, ACCESS, UPDATE), DENYOOM, FAST)
            .is(
                HASH,
                "2.6.0",
                "O(1)",
                "Increments the floating-point number in a hash field.",
                "key field increment:double")
            .runs(this::hincrbyfloat));
  }

  private List<Row> reading() {
    return List.of(
        read("hget", 3, first(RO, ACCESS), FAST)
            .is(HASH, "2.0.0", "O(1)", "Returns the value of a hash field.", "key field")
            .runs(call -> ElementReplies.bulkOrNull(field(call))),
        read("hmget", -3, first(RO, ACCESS), FAST)
            .is(
                HASH,
                "2.0.0",
                PER_FIELD,
                "Returns the values of the given hash fields.",
                "key field...")
            .placed(Size::place)
            .runs(this::hmget),
        read("hexists", 3, first(RO), FAST)
            .is(HASH, "2.0.0", "O(1)", "Returns whether a hash has the given field.", "key field")
            .runs(call -> field(call) == null ? Reply.ZERO : Reply.ONE),
        read("hstrlen", 3, first(RO), FAST)
            .is(HASH, "3.2.0", "O(1)", "Returns the length of a hash field's value.", "key field")
            .runs(this::hstrlen),
        read("hlen", 2, first(RO), FAST)
            .is(HASH, "2.0.0", "O(1)", "Returns the number of fields of a hash.", "key")
            .runs(call -> Reply.integer(door.hashes(call).size(call.arg(1)))));
  }

  private long set(Call call) {
    if (call.argCount() % 2 != 0) {
      throw CommandException.wrongArity(call.spec().fullName());
    }
    return door.hashes(call).set(call.arg(1), call.argsFrom(2));
  }

  private Reply hmset(Call call) {
    set(call);
    return Reply.OK;
  }

  private Reply hsetnx(Call call) {
    boolean done = door.hashes(call).setIfAbsent(call.arg(1), call.arg(2), call.arg(3));
    return done ? Reply.ONE : Reply.ZERO;
  }

  private Reply hdel(Call call) {
    return Reply.integer(door.hashes(call).remove(call.arg(1), call.argsFrom(2)));
  }

  private Reply hincrby(Call call) {
    long increment = call.longArg(3);
    return Reply.integer(door.hashes(call).increment(call.arg(1), call.arg(2), increment));
  }

  private Reply hincrbyfloat(Call call) {
    return Reply.bulk(door.hashes(call).incrementByFloat(call.arg(1), call.arg(2), call.arg(3)));
  }

  private @Nullable Slice field(Call call) {
    return door.hashes(call).get(call.arg(1), call.arg(2));
  }

  private Reply hmget(Call call) {
    return ElementReplies.values(door.hashes(call).getAll(call.arg(1), call.argsFrom(2)));
  }

  private Reply hstrlen(Call call) {
    Slice value = field(call);
    return value == null ? Reply.ZERO : Reply.integer(value.length());
  }
}
