package pika.server.commands;

import static pika.server.command.Flag.DENYOOM;
import static pika.server.command.Flag.FAST;
import static pika.server.command.Group.HASH;
import static pika.server.command.KeyFlag.ACCESS;
import static pika.server.command.KeyFlag.DELETE;
import static pika.server.command.KeyFlag.RO;
import static pika.server.command.KeyFlag.RW;
import static pika.server.command.KeyFlag.UPDATE;
import static pika.server.command.Keys.first;
import static pika.server.command.Row.read;
import static pika.server.command.Row.write;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Reply;
import pika.server.command.Args;
import pika.server.command.Call;
import pika.server.command.EventNaming;
import pika.server.command.Family;
import pika.server.command.Options;
import pika.server.command.Row;
import pika.storage.hash.FieldExpiry;
import pika.storage.key.ExpireCondition;
import pika.storage.key.KeyChange;
import pika.storage.packed.PackedLimits;
import pika.storage.string.Expiry;

/** Expiry of hash fields: HEXPIRE, HTTL, HSETEX and the like. */
final class HashExpiryCommands implements Family {
  private static final String PER_FIELD = "O(N) where N is the number of fields given";
  private static final String FIELDS = " FIELDS numfields:integer field...";
  private static final String CHOICES = "EX seconds:integer|PX milliseconds:integer"
      + "|EXAT unix-time-seconds:unix-time|PXAT unix-time-milliseconds:unix-time";
  private static final int MS_PER_SECOND = 1000;

  private final HashDoor door;

  /** Creates the family; {@code limits} supplies the limits in force. */
  HashExpiryCommands(Supplier<PackedLimits> limits) {
    this.door = new HashDoor(limits);
  }

  @Override
  public List<Row> commands() {
    List<Row> rows = new ArrayList<>(setting());
    rows.addAll(telling());
    rows.addAll(withValues());
    return rows;
  }

  private List<Row> setting() {
    return List.of(
        setting("hexpire", "Sets the time to live of hash fields in seconds.", "seconds:integer")
            .events(naming(FieldDeadline.EX))
            .runs(call -> expire(call, FieldDeadline.EX)),
        setting(
                "hpexpire",
                "Sets the time to live of hash fields in milliseconds.",
                "milliseconds:integer")
            .events(naming(FieldDeadline.PX))
            .runs(call -> expire(call, FieldDeadline.PX)),
        setting(
                "hexpireat",
                "Sets when hash fields expire, as a Unix time in seconds.",
                "unix-time-seconds:unix-time")
            .events(naming(FieldDeadline.EXAT))
            .runs(call -> expire(call, FieldDeadline.EXAT)),
        setting(
                "hpexpireat",
                "Sets when hash fields expire, as a Unix time in milliseconds.",
                "unix-time-milliseconds:unix-time")
            .events(naming(FieldDeadline.PXAT))
            .runs(call -> expire(call, FieldDeadline.PXAT)),
        write("hpersist", -5, first(RW, UPDATE), FAST)
            .is(HASH, "7.4.0", PER_FIELD, "Removes the expiration of hash fields.", "key" + FIELDS)
            .placed(Size::place)
            .runs(this::hpersist));
  }

  private static Row setting(String name, String summary, String time) {
    return write(name, -6, first(RW, UPDATE), DENYOOM, FAST)
        .is(HASH, "7.4.0", PER_FIELD, summary, "key " + time + " [NX|XX|GT|LT]" + FIELDS)
        .placed(Size::place);
  }

  /** Returns the events: a deadline in the past removes the fields. */
  private static EventNaming naming(FieldDeadline word) {
    return EventNaming.each((args, change) -> List.of(word.isOver(args[2]) ? "hdel" : "hexpire"));
  }

  private List<Row> telling() {
    return List.of(
        telling("httl", "Returns the remaining time to live of hash fields in seconds.")
            .tips("nondeterministic_output")
            .runs(call -> deadlines(call, at -> seconds(at - call.nowMs()))),
        telling("hpttl", "Returns the remaining time to live of hash fields in milliseconds.")
            .tips("nondeterministic_output")
            .runs(call -> deadlines(call, at -> at - call.nowMs())),
        telling("hexpiretime", "Returns when hash fields expire, as a Unix time in seconds.")
            .runs(call -> deadlines(call, HashExpiryCommands::seconds)),
        telling("hpexpiretime", "Returns when hash fields expire, as a Unix time in milliseconds.")
            .runs(call -> deadlines(call, at -> at)));
  }

  private static Row telling(String name, String summary) {
    return read(name, -5, first(RO, ACCESS), FAST)
        .is(HASH, "7.4.0", PER_FIELD, summary, "key" + FIELDS)
        .placed(Size::place);
  }

  private List<Row> withValues() {
    return List.of(
        write("hgetdel", -5, first(RW, ACCESS, DELETE), FAST)
            .is(
                HASH,
                "8.0.0",
                PER_FIELD,
                "Removes hash fields and returns their values.",
                "key" + FIELDS)
            .placed(Size::place)
            .event("hdel")
            .runs(this::hgetdel),
        write("hgetex", -5, first(RW, ACCESS, UPDATE), FAST)
            .is(
                HASH,
                "8.0.0",
                PER_FIELD,
                "Returns the values of hash fields and sets or removes their expiration.",
                "key [" + CHOICES + "|PERSIST]" + FIELDS)
            .placed(Size::place)
            .events(EventNaming.each(HashExpiryCommands::eventsOfGetex))
            .runs(this::hgetex),
        write("hsetex", -6, first(RW, UPDATE), DENYOOM, FAST)
            .is(
                HASH,
                "8.0.0",
                PER_FIELD,
                "Sets hash fields together with their expiration.",
                "key [FNX|FXX] [" + CHOICES + "|KEEPTTL] FIELDS numfields:integer (field value)...")
            .placed(Size::place)
            .events(EventNaming.each(HashExpiryCommands::eventsOfSetex))
            .runs(this::hsetex));
  }

  private static List<String> eventsOfGetex(byte[][] args, KeyChange change) {
    if (Args.is(args[2], "PERSIST")) {
      return List.of("hpersist");
    }
    FieldDeadline word = FieldDeadline.of(args[2]);
    if (word == null) {
      // Only what had expired has gone.
      return List.of();
    }
    return List.of(word.isOver(args[3]) ? "hdel" : "hexpire");
  }

  private static List<String> eventsOfSetex(byte[][] args, KeyChange change) {
    for (int i = 2; i < args.length && !Args.is(args[i], "FIELDS"); i++) {
      FieldDeadline word = FieldDeadline.of(args[i]);
      if (word != null) {
        return List.of("hset", word.isOver(args[i + 1]) ? "hdel" : "hexpire");
      }
    }
    return List.of("hset");
  }

  private Reply expire(Call call, FieldDeadline word) {
    FieldExpiry expiry = doorOfHash(call);
    long atMs = word.atMs(call.arg(2), call);
    ExpireCondition condition = condition(call);
    List<byte[]> fields = FieldsClause.at(
        call, condition == null ? 3 : 4, "ERR Parameter `numFields` should be greater than 0");
    return codes(expiry.expire(call.arg(1), atMs, condition, fields));
  }

  private static @Nullable ExpireCondition condition(Call call) {
    for (ExpireCondition condition : ExpireCondition.values()) {
      if (call.argIs(3, condition.name())) {
        return condition;
      }
    }
    return null;
  }

  private Reply hpersist(Call call) {
    FieldExpiry expiry = doorOfHash(call);
    return codes(expiry.persist(call.arg(1), FieldsClause.at(call, 2)));
  }

  private Reply deadlines(Call call, LongUnaryOperator told) {
    FieldExpiry expiry = doorOfHash(call);
    List<Reply> replies = new ArrayList<>();
    for (long deadline : expiry.deadlines(call.arg(1), FieldsClause.at(call, 2))) {
      replies.add(Reply.integer(deadline < 0 ? deadline : told.applyAsLong(deadline)));
    }
    return Reply.array(replies);
  }

  /** Converts milliseconds to seconds, rounded up. */
  private static long seconds(long ms) {
    return (ms + MS_PER_SECOND - 1) / MS_PER_SECOND;
  }

  private Reply hgetdel(Call call) {
    requireHash(call);
    List<byte[]> fields = FieldsClause.at(call, 2);
    return ElementReplies.values(door.hashes(call).getAndRemove(call.arg(1), fields));
  }

  private Reply hgetex(Call call) {
    FieldExpiry fieldExpiry = doorOfHash(call);
    Options options = call.optionsFrom(2);
    Expiry expiry = Expiry.KEEP;
    int fieldsAt = 2;
    FieldDeadline word = FieldDeadline.take(options);
    if (word != null) {
      expiry = word.at(options.next(), call);
      fieldsAt = 4;
    } else if (options.take("PERSIST")) {
      expiry = Expiry.NONE;
      fieldsAt = 3;
    }
    List<byte[]> fields = FieldsClause.at(call, fieldsAt);
    return ElementReplies.values(fieldExpiry.getAndExpire(call.arg(1), expiry, fields));
  }

  private Reply hsetex(Call call) {
    FieldSetOptions options = FieldSetOptions.of(call);
    boolean done = door.expiry(call)
        .set(call.arg(1), options.fieldsAndValues(), options.condition(), options.expiry());
    return done ? Reply.ONE : Reply.ZERO;
  }

  private static Reply codes(List<FieldExpiry.Outcome> outcomes) {
    List<Reply> codes = new ArrayList<>(outcomes.size());
    outcomes.forEach(outcome -> codes.add(Reply.integer(outcome.code())));
    return Reply.array(codes);
  }

  /** Returns the fields' expiry; the type of the key is checked before any argument. */
  private FieldExpiry doorOfHash(Call call) {
    requireHash(call);
    return door.expiry(call);
  }

  private void requireHash(Call call) {
    door.hashes(call).requireHash(call.arg(1));
  }
}
