package pika.server.commands;

import static pika.server.command.Flag.DENYOOM;
import static pika.server.command.Flag.FAST;
import static pika.server.command.Group.GENERIC;
import static pika.server.command.KeyFlag.ACCESS;
import static pika.server.command.KeyFlag.DELETE;
import static pika.server.command.KeyFlag.INSERT;
import static pika.server.command.KeyFlag.OW;
import static pika.server.command.KeyFlag.RM;
import static pika.server.command.KeyFlag.RO;
import static pika.server.command.KeyFlag.RW;
import static pika.server.command.KeyFlag.UPDATE;
import static pika.server.command.Keys.all;
import static pika.server.command.Keys.first;
import static pika.server.command.Keys.second;
import static pika.server.command.Row.read;
import static pika.server.command.Row.write;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;
import pika.net.resp.Reply;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.EventNaming;
import pika.server.command.Family;
import pika.server.command.Place;
import pika.server.command.Row;
import pika.server.stats.LazyFrees;
import pika.storage.key.DataType;
import pika.storage.key.KeyRecord;
import pika.storage.key.Keyspace;
import pika.storage.keys.Keys;
import pika.storage.keys.Outcome;
import pika.storage.keys.Target;

/** Commands on keys of any type: DEL, EXISTS, RENAME, COPY, MOVE ... */
final class KeyCommands implements Family {
  /** With more keys than this, one command would delay others. */
  private static final int MOST_KEYS_ON_LOOP = 512;

  private static final String PER_KEY = "O(N) where N is the number of keys";

  private final LazyFrees lazyFrees;

  KeyCommands(LazyFrees lazyFrees) {
    this.lazyFrees = lazyFrees;
  }

  @Override
  public List<Row> commands() {
    return List.of(
        write("del", -2, all(RM, DELETE))
            .is(GENERIC, "1.0.0", PER_KEY, "Deletes the given keys.", "key...")
            .tips("request_policy:multi_shard", "response_policy:agg_sum")
            .placed(Place.slowAbove(MOST_KEYS_ON_LOOP))
            .event("del")
            .runs(call -> count(call, Keys::delete)),
        write("unlink", -2, all(RM, DELETE), FAST)
            .is(GENERIC, "4.0.0", PER_KEY, "Deletes the given keys; the same as DEL.", "key...")
            .tips("request_policy:multi_shard", "response_policy:agg_sum")
            .placed(Place.slowAbove(MOST_KEYS_ON_LOOP))
            .event("del")
            .runs(call -> count(call, (keys, key) -> unlink(call, keys, key))),
        read("exists", -2, all(RO), FAST)
            .is(GENERIC, "1.0.0", PER_KEY, "Returns how many of the given keys exist.", "key...")
            .tips("request_policy:multi_shard", "response_policy:agg_sum")
            .placed(Place.slowAbove(MOST_KEYS_ON_LOOP))
            .runs(call -> count(call, Keys::exists)),
        read("touch", -2, all(RO), FAST)
            .is(
                GENERIC,
                "3.2.1",
                PER_KEY,
                "Updates the access time of keys and returns how many exist.",
                "key...")
            .tips("request_policy:multi_shard", "response_policy:agg_sum")
            .placed(Place.slowAbove(MOST_KEYS_ON_LOOP))
            .runs(call -> count(call, Keys::touch)),
        read("type", 2, first(RO), FAST)
            .is(GENERIC, "1.0.0", "O(1)", "Returns the type of a key's value.", "key")
            .runs(this::type),
        write("rename", 3, first(RW, ACCESS, DELETE).and(second(OW, UPDATE)))
            .is(
                GENERIC,
                "1.0.0",
                "O(1)",
                "Renames a key, replacing the new key if it exists.",
                "key newkey:key")
            .events(EventNaming.moving("rename_from", "rename_to"))
            .runs(call -> rename(call, Target.MAY_BE_TAKEN)),
        write("renamenx", 3, first(RW, ACCESS, DELETE).and(second(OW, INSERT)), FAST)
            .is(
                GENERIC,
                "1.0.0",
                "O(1)",
                "Renames a key only if the new key does not exist.",
                "key newkey:key")
            .events(EventNaming.moving("rename_from", "rename_to"))
            .runs(call -> rename(call, Target.MUST_BE_FREE)),
        write("copy", -3, first(RO, ACCESS).and(second(OW, UPDATE)), DENYOOM)
            .is(
                GENERIC,
                "6.2.0",
                "O(N) for large collections, O(1) for strings",
                "Copies the value of a key to another key.",
                "source:key destination:key [DB destination-db:integer] [REPLACE]")
            .slowIfLarge()
            .events(EventNaming.arriving("copy_to"))
            .runs(this::copy),
        write("move", 3, first(RW, ACCESS, UPDATE), FAST)
            .is(GENERIC, "1.0.0", "O(1)", "Moves a key to another database.", "key db:integer")
            .events(EventNaming.moving("move_from", "move_to"))
            .runs(this::move));
  }

  private static Reply count(Call call, BiPredicate<Keys, byte[]> verb) {
    Keys keys = new Keys(call.keyspace());
    int count = 0;
    for (int i = 1; i < call.argCount(); i++) {
      if (verb.test(keys, call.arg(i))) {
        count++;
      }
    }
    return Reply.integer(count);
  }

  private boolean unlink(Call call, Keys keys, byte[] key) {
    KeyRecord record = call.keyspace().header(key);
    String encoding = keys.encoding(key);
    if (!keys.delete(key)) {
      return false;
    }
    if (record != null && encoding != null) {
      lazyFrees.unlinked(call.unit(), record, encoding);
    }
    return true;
  }

  private Reply type(Call call) {
    DataType type = new Keys(call.keyspace()).type(call.arg(1));
    return Reply.simple(type == null ? "none" : type.redisName());
  }

  private static Reply rename(Call call, Target target) {
    Outcome outcome = new Keys(call.keyspace()).rename(call.arg(1), call.arg(2), target);
    if (outcome == Outcome.NO_SUCH_KEY) {
      // Not thrown, so that removing an expired key is kept.
      return Reply.error("ERR no such key");
    }
    if (target == Target.MAY_BE_TAKEN) {
      return Reply.OK;
    }
    return done(outcome);
  }

  private Reply copy(Call call) {
    Keyspace source = call.keyspace();
    Keyspace destination = source;
    Target target = Target.MUST_BE_FREE;
    for (int i = 3; i < call.argCount(); i++) {
      if (call.argIs(i, "REPLACE")) {
        target = Target.MAY_BE_TAKEN;
      } else if (call.argIs(i, "DB") && i + 1 < call.argCount()) {
        destination = database(call, call.intArg(++i));
      } else {
        throw CommandException.syntax();
      }
    }
    if (destination.number() == source.number() && Arrays.equals(call.arg(1), call.arg(2))) {
      throw sameObject();
    }
    return done(new Keys(source).copy(call.arg(1), destination, call.arg(2), target));
  }

  private Reply move(Call call) {
    Keyspace destination = database(call, call.intArg(2));
    if (destination.number() == call.session().db()) {
      throw sameObject();
    }
    return done(new Keys(call.keyspace()).move(call.arg(1), destination));
  }

  /** Returns a database by number, which must exist. */
  static Keyspace database(Call call, int number) {
    Keyspace selected = call.keyspace();
    if (number < 0 || number >= selected.databaseCount()) {
      throw new CommandException("ERR DB index is out of range");
    }
    return selected.sibling(number);
  }

  private static Reply done(Outcome outcome) {
    return outcome == Outcome.DONE ? Reply.ONE : Reply.ZERO;
  }

  private static CommandException sameObject() {
    return new CommandException("ERR source and destination objects are the same");
  }
}
