package pika.server.commands;

import static pika.server.command.Group.HASH;
import static pika.server.command.KeyFlag.ACCESS;
import static pika.server.command.KeyFlag.RO;
import static pika.server.command.Keys.first;
import static pika.server.command.Row.read;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import pika.net.resp.Protocol;
import pika.net.resp.Reply;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Family;
import pika.server.command.Row;
import pika.storage.element.Element;
import pika.storage.hash.Hashes;
import pika.storage.packed.PackedLimits;

/** Iteration over hashes: HGETALL, HSCAN, HRANDFIELD. */
final class HashWalkCommands implements Family {
  private static final String ALL = "O(N) where N is the size of the hash";

  private final HashDoor door;

  /** Creates the family; {@code limits} supplies the limits in force. */
  HashWalkCommands(Supplier<PackedLimits> limits) {
    this.door = new HashDoor(limits);
  }

  @Override
  public List<Row> commands() {
    return List.of(
        read("hgetall", 2, first(RO, ACCESS))
            .is(HASH, "2.0.0", ALL, "Returns all fields of a hash and their values.", "key")
            .tips("nondeterministic_output_order")
            .slowIfLarge()
            .runs(this::hgetall),
        read("hkeys", 2, first(RO, ACCESS))
            .is(HASH, "2.0.0", ALL, "Returns all field names of a hash.", "key")
            .tips("nondeterministic_output_order")
            .slowIfLarge()
            .runs(this::hkeys),
        read("hvals", 2, first(RO, ACCESS))
            .is(HASH, "2.0.0", ALL, "Returns all values of a hash.", "key")
            .tips("nondeterministic_output_order")
            .slowIfLarge()
            .runs(this::hvals),
        read("hrandfield", -2, first(RO, ACCESS))
            .is(
                HASH,
                "6.2.0",
                "O(N) where N is the number of fields returned",
                "Returns random fields of a hash.",
                "key [count:integer [WITHVALUES]]")
            .tips("nondeterministic_output")
            .placed(DrawCount::place)
            .runs(this::hrandfield),
        read("hscan", -3, first(RO, ACCESS))
            .is(
                HASH,
                "2.8.0",
                "O(1) for every call, O(N) for a complete scan",
                "Iterates over the fields of a hash with a cursor.",
                "key cursor:integer [MATCH pattern:pattern] [COUNT count:integer] [NOVALUES]")
            .tips("nondeterministic_output")
            .runs(this::hscan));
  }

  private Reply hgetall(Call call) {
    List<Reply> fieldsAndValues = new ArrayList<>();
    door.hashes(call).forEach(call.arg(1), (field, value) -> {
      fieldsAndValues.add(ElementReplies.bulk(field));
      return fieldsAndValues.add(ElementReplies.bulk(value));
    });
    return ElementReplies.map(call, fieldsAndValues);
  }

  private Reply hkeys(Call call) {
    List<Reply> fields = new ArrayList<>();
    door.hashes(call)
        .forEach(call.arg(1), (field, value) -> fields.add(ElementReplies.bulk(field)));
    return ElementReplies.array(call, fields);
  }

  private Reply hvals(Call call) {
    List<Reply> values = new ArrayList<>();
    door.hashes(call)
        .forEach(call.arg(1), (field, value) -> values.add(ElementReplies.bulk(value)));
    return ElementReplies.array(call, values);
  }

  private Reply hrandfield(Call call) {
    if (call.argCount() == 2) {
      Element drawn = door.hashes(call).draw(call.arg(1), ThreadLocalRandom.current());
      return ElementReplies.bulkOrNull(drawn == null ? null : drawn.name());
    }
    long count = DrawCount.at(call, 2);
    boolean withValues = call.argCount() > 3;
    if (call.argCount() > 4 || (withValues && !call.argIs(3, "WITHVALUES"))) {
      throw CommandException.syntax();
    }
    if (withValues && Math.abs(count) > Long.MAX_VALUE / 2) {
      throw new CommandException("ERR value is out of range");
    }
    if (DrawCount.isEndless(count)) {
      return drawWhileSending(call, -count, withValues);
    }
    return withValues ? pairs(call, draw(call, count)) : names(call, draw(call, count));
  }

  private Reply drawWhileSending(Call call, long draws, boolean withValues) {
    boolean flat = withValues && call.protocol() == Protocol.RESP2;
    List<Reply> fields = new ArrayList<>();
    door.hashes(call).forEach(call.arg(1), (field, value) -> {
      Reply name = ElementReplies.bulk(field);
      List<Reply> pair = List.of(name, ElementReplies.bulk(value));
      return fields.add(!withValues ? name : flat ? Reply.sequence(pair) : Reply.array(pair));
    });
    return fields.isEmpty()
        ? Reply.EMPTY_ARRAY
        : new RepeatedDraws(call.protocol(), fields, draws, flat ? 2 : 1);
  }

  private List<Element> draw(Call call, long count) {
    Hashes hashes = door.hashes(call);
    if (count >= 0) {
      return hashes.drawDistinct(call.arg(1), count, ThreadLocalRandom.current());
    }
    return hashes.size(call.arg(1)) == 0
        ? List.of()
        : hashes.drawRepeatedly(call.arg(1), (int) -count, ThreadLocalRandom.current());
  }

  private static Reply names(Call call, List<Element> drawn) {
    List<Reply> names = new ArrayList<>(drawn.size());
    drawn.forEach(field -> names.add(ElementReplies.bulk(field.name())));
    return ElementReplies.array(call, names);
  }

  /** Returns an array of pairs in RESP3, alternating names and values in RESP2. */
  private static Reply pairs(Call call, List<Element> drawn) {
    boolean nested = call.protocol() == Protocol.RESP3;
    List<Reply> pairs = new ArrayList<>();
    for (Element field : drawn) {
      Reply name = ElementReplies.bulk(field.name());
      Reply value = ElementReplies.bulk(field.value());
      if (nested) {
        pairs.add(Reply.array(name, value));
      } else {
        pairs.add(name);
        pairs.add(value);
      }
    }
    return ElementReplies.array(call, pairs);
  }

  private Reply hscan(Call call) {
    long position = ScanCommands.cursor(call.arg(2));
    Hashes hashes = door.hashes(call);
    if (hashes.size(call.arg(1)) == 0) {
      return ElementScan.NOTHING;
    }
    ElementScan scan = ElementScan.of(call, ElementScan.Values.SHOWN);
    return scan.reply(hashes.page(call.arg(1), position, scan.count(), scan::visit));
  }
}
