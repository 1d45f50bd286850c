package pika.server.commands;

import static pika.server.command.Flag.FAST;
import static pika.server.command.Group.GENERIC;
import static pika.server.command.KeyFlag.ACCESS;
import static pika.server.command.KeyFlag.RO;
import static pika.server.command.KeyFlag.RW;
import static pika.server.command.KeyFlag.UPDATE;
import static pika.server.command.Keys.first;
import static pika.server.command.Row.read;
import static pika.server.command.Row.write;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import pika.net.resp.Reply;
import pika.server.command.Args;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.EventNaming;
import pika.server.command.Family;
import pika.server.command.Row;
import pika.storage.key.ExpireCondition;
import pika.storage.keys.Keys;

/** Expiry of keys: EXPIRE, TTL, PERSIST and the like. */
final class ExpiryCommands implements Family {
  /** The unit in which a command takes or returns times. */
  private enum Unit {
    SECONDS(1000),
    MILLISECONDS(1);

    private final long ms;

    Unit(long ms) {
      this.ms = ms;
    }

    /** Converts milliseconds to this unit, rounded to nearest. */
    long of(long milliseconds) {
      return milliseconds / ms + (milliseconds % ms + ms / 2) / ms;
    }
  }

  @Override
  public List<Row> commands() {
    return List.of(
        setting("expire", "1.0.0", "Sets a key's time to live in seconds.", "seconds:integer")
            .runs(call -> expire(call, Unit.SECONDS, call.nowMs())),
        setting(
                "pexpire",
                "2.6.0",
                "Sets a key's time to live in milliseconds.",
                "milliseconds:integer")
            .runs(call -> expire(call, Unit.MILLISECONDS, call.nowMs())),
        setting(
                "expireat",
                "1.2.0",
                "Sets when a key expires, as a Unix time in seconds.",
                "unix-time-seconds:unix-time")
            .runs(call -> expire(call, Unit.SECONDS, 0)),
        setting(
                "pexpireat",
                "2.6.0",
                "Sets when a key expires, as a Unix time in milliseconds.",
                "unix-time-milliseconds:unix-time")
            .runs(call -> expire(call, Unit.MILLISECONDS, 0)),
        telling("ttl", "1.0.0", "Returns a key's remaining time to live in seconds.")
            .tips("nondeterministic_output")
            .runs(call -> left(call, Unit.SECONDS)),
        telling("pttl", "2.6.0", "Returns a key's remaining time to live in milliseconds.")
            .tips("nondeterministic_output")
            .runs(call -> left(call, Unit.MILLISECONDS)),
        telling("expiretime", "7.0.0", "Returns when a key expires, as a Unix time in seconds.")
            .runs(call -> deadline(call, Unit.SECONDS)),
        telling(
                "pexpiretime",
                "7.0.0",
                "Returns when a key expires, as a Unix time in milliseconds.")
            .runs(call -> deadline(call, Unit.MILLISECONDS)),
        write("persist", 2, first(RW, UPDATE), FAST)
            .is(GENERIC, "2.2.0", "O(1)", "Removes a key's expiration.", "key")
            .runs(this::persist));
  }

  private static Row setting(String name, String since, String summary, String time) {
    return write(name, -3, first(RW, UPDATE), FAST)
        .is(GENERIC, since, "O(1)", summary, "key " + time + " [NX|XX|GT|LT]")
        .events(
            EventNaming.each((args, change) -> List.of(change.after() == null ? "del" : "expire")));
  }

  private static Row telling(String name, String since, String summary) {
    return read(name, 2, first(RO, ACCESS), FAST).is(GENERIC, since, "O(1)", summary, "key");
  }

  private static Reply expire(Call call, Unit unit, long fromMs) {
    Set<ExpireCondition> conditions = conditions(call);
    long time = call.longArg(2);
    if (time > Long.MAX_VALUE / unit.ms
        || time < Long.MIN_VALUE / unit.ms
        || time * unit.ms > Long.MAX_VALUE - fromMs) {
      throw new CommandException(
          "ERR invalid expire time in '" + call.spec().fullName() + "' command");
    }
    long atMs = time * unit.ms + fromMs;
    return flag(new Keys(call.keyspace()).expire(call.arg(1), atMs, conditions));
  }

  private static Set<ExpireCondition> conditions(Call call) {
    Set<ExpireCondition> conditions = EnumSet.noneOf(ExpireCondition.class);
    for (int i = 3; i < call.argCount(); i++) {
      conditions.add(condition(call, i));
    }
    if (conditions.contains(ExpireCondition.NX) && conditions.size() > 1) {
      throw new CommandException(
          "ERR NX and XX, GT or LT options at the same time are not compatible");
    }
    if (conditions.contains(ExpireCondition.GT) && conditions.contains(ExpireCondition.LT)) {
      throw new CommandException("ERR GT and LT options at the same time are not compatible");
    }
    return conditions;
  }

  private static ExpireCondition condition(Call call, int index) {
    for (ExpireCondition condition : ExpireCondition.values()) {
      if (call.argIs(index, condition.name())) {
        return condition;
      }
    }
    throw new CommandException("ERR Unsupported option " + Args.printed(call.textArg(index)));
  }

  private static Reply left(Call call, Unit unit) {
    long deadline = new Keys(call.keyspace()).deadline(call.arg(1));
    return Reply.integer(deadline < 0 ? deadline : unit.of(Math.max(0, deadline - call.nowMs())));
  }

  private static Reply deadline(Call call, Unit unit) {
    long deadline = new Keys(call.keyspace()).deadline(call.arg(1));
    return Reply.integer(deadline < 0 ? deadline : unit.of(deadline));
  }

  private Reply persist(Call call) {
    return flag(new Keys(call.keyspace()).persist(call.arg(1)));
  }

  private static Reply flag(boolean done) {
    return done ? Reply.ONE : Reply.ZERO;
  }
}
