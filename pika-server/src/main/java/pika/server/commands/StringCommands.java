package pika.server.commands;

import static pika.server.command.Flag.DENYOOM;
import static pika.server.command.Flag.FAST;
import static pika.server.command.Group.STRING;
import static pika.server.command.KeyFlag.ACCESS;
import static pika.server.command.KeyFlag.DELETE;
import static pika.server.command.KeyFlag.INSERT;
import static pika.server.command.KeyFlag.OW;
import static pika.server.command.KeyFlag.RO;
import static pika.server.command.KeyFlag.RW;
import static pika.server.command.KeyFlag.UPDATE;
import static pika.server.command.Keys.all;
import static pika.server.command.Keys.everySecond;
import static pika.server.command.Keys.first;
import static pika.server.command.Row.read;
import static pika.server.command.Row.write;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import pika.net.resp.Reply;
import pika.server.command.Args;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.EventNaming;
import pika.server.command.Family;
import pika.server.command.KeyFlag;
import pika.server.command.Row;
import pika.storage.bytes.Slice;
import pika.storage.key.KeyChange;
import pika.storage.key.KeyRecord;
import pika.storage.key.Keyspace;
import pika.storage.string.Comparison;
import pika.storage.string.Expiry;
import pika.storage.string.SetCondition;
import pika.storage.string.StringLimits;
import pika.storage.string.Strings;

/** Whole strings: SET, GET and the like. */
final class StringCommands implements Family {
  private static final String MANY = "O(N) where N is the number of keys to ";

  private static final List<String> SET = List.of("set");
  private static final List<String> SET_AND_EXPIRE = List.of("set", "expire");

  private final StringDoor door;

  /** Creates the family; {@code limits} supplies the limits in force. */
  StringCommands(Supplier<StringLimits> limits) {
    this.door = new StringDoor(limits);
  }

  @Override
  public List<Row> commands() {
    List<Row> rows = new ArrayList<>(ofOneKey());
    rows.addAll(ofManyKeys());
    return rows;
  }

  private List<Row> ofOneKey() {
    return List.of(
        read("get", 2, first(RO, ACCESS), FAST)
            .is(STRING, "1.0.0", "O(1)", "Returns the string stored at a key.", "key")
            .runs(this::get),
        write("set", -3, first(RW, ACCESS, UPDATE).varying(StringCommands::keyFlagsOfSet), DENYOOM)
            .is(
                STRING,
                "1.0.0",
                "O(1)",
                "Sets a key to a string, replacing a value of any type.",
                "key value [NX|XX] [GET] [EX seconds:integer|PX milliseconds:integer"
                    + "|EXAT unix-time-seconds:unix-time"
                    + "|PXAT unix-time-milliseconds:unix-time|KEEPTTL]")
            .placed(Size::place)
            .events(EventNaming.each(StringCommands::eventsOfSet))
            .looksUp()
            .runs(this::set),
        write("setnx", 3, first(OW, INSERT), DENYOOM, FAST)
            .is(
                STRING,
                "1.0.0",
                "O(1)",
                "Sets a string only if the key does not exist.",
                "key value")
            .placed(Size::place)
            .event("set")
            .runs(this::setnx),
        write("setex", 4, first(OW, UPDATE), DENYOOM)
            .is(
                STRING,
                "2.0.0",
                "O(1)",
                "Sets a string with a time to live in seconds.",
                "key seconds:integer value")
            .placed(Size::place)
            .events(EventNaming.each((args, change) -> SET_AND_EXPIRE))
            .runs(call -> setUntil(call, ExpiryWord.EX)),
        write("psetex", 4, first(OW, UPDATE), DENYOOM)
            .is(
                STRING,
                "2.6.0",
                "O(1)",
                "Sets a string with a time to live in milliseconds.",
                "key milliseconds:integer value")
            .placed(Size::place)
            .events(EventNaming.each((args, change) -> SET_AND_EXPIRE))
            .runs(call -> setUntil(call, ExpiryWord.PX)),
        write("getset", 3, first(RW, ACCESS, UPDATE), DENYOOM, FAST)
            .is(
                STRING,
                "1.0.0",
                "O(1)",
                "Sets a string and returns its previous value.",
                "key value")
            .replacedBy("`SET` with the `!GET` argument", "6.2.0")
            .placed(Size::place)
            .event("set")
            .looksUp()
            .runs(this::getset),
        write("getdel", 2, first(RW, ACCESS, DELETE), FAST)
            .is(STRING, "6.2.0", "O(1)", "Deletes a string key and returns its value.", "key")
            .event("del")
            .looksUp()
            .runs(call -> StringDoor.reply(door.strings(call).getAndDelete(call.arg(1)))),
        write("getex", -2, first(RW, ACCESS, UPDATE), FAST)
            .is(
                STRING,
                "6.2.0",
                "O(1)",
                "Returns a string and sets or removes its expiration.",
                "key [EX seconds:integer|PX milliseconds:integer|EXAT unix-time-seconds:unix-time"
                    + "|PXAT unix-time-milliseconds:unix-time|PERSIST]")
            .events(EventNaming.each(StringCommands::eventsOfGetex))
            .looksUp()
            .runs(this::getex));
  }

  private List<Row> ofManyKeys() {
    return List.of(
        read("mget", -2, all(RO, ACCESS), FAST)
            .is(
                STRING,
                "1.0.0",
                MANY + "retrieve.",
                "Returns the string values of the given keys.",
                "key...")
            .tips("request_policy:multi_shard")
            .placed(Size::place)
            .runs(this::mget),
        write("mset", -3, everySecond(OW, UPDATE), DENYOOM)
            .is(
                STRING,
                "1.0.1",
                MANY + "set.",
                "Sets the string values of the given keys.",
                "(key value)...")
            .tips("request_policy:multi_shard", "response_policy:all_succeeded")
            .placed(Size::place)
            .events(StringCommands::tellEachPair)
            .runs(this::mset),
        write("msetnx", -3, everySecond(OW, INSERT), DENYOOM)
            .is(
                STRING,
                "1.0.1",
                MANY + "set.",
                "Sets the string values of the given keys only if none of them exists.",
                "(key value)...")
            .tips("request_policy:multi_shard", "response_policy:agg_min")
            .placed(Size::place)
            .events(EventNaming.expiriesFirst(StringCommands::tellEachPair))
            .runs(this::msetnx));
  }

  private Reply get(Call call) {
    return StringDoor.reply(door.strings(call).get(call.arg(1)));
  }

  private Reply set(Call call) {
    Strings strings = door.strings(call);
    if (call.argCount() == 3) {
      strings.set(call.arg(1), call.arg(2));
      return Reply.OK;
    }
    ValueOptions options = ValueOptions.ofSet(call.optionsFrom(3));
    Expiry expiry = options.expiry(call);
    byte[] expected = options.expected();
    if (expected != null) {
      Comparison found = Comparison.of(strings.get(call.arg(1)), expected);
      if (found == Comparison.EQUAL) {
        strings.set(call.arg(1), call.arg(2), SetCondition.ALWAYS, expiry);
      }
      return PikaCommands.answer(found);
    }
    Slice old = options.returnsOld() ? strings.get(call.arg(1)) : null;
    boolean done = strings.set(call.arg(1), call.arg(2), options.condition(), expiry);
    if (options.returnsOld()) {
      return StringDoor.reply(old);
    }
    return done ? Reply.OK : Reply.NULL;
  }

  /**
   * Returns the key flags of SET, which neither reads nor reveals the old value without GET and VX.
   */
  private static Set<KeyFlag> keyFlagsOfSet(byte[][] args) {
    for (int i = 3; i < args.length; i++) {
      if (Args.is(args[i], "GET") || Args.is(args[i], "VX")) {
        return EnumSet.of(RW, ACCESS, UPDATE);
      }
    }
    return EnumSet.of(OW, UPDATE);
  }

  private static List<String> eventsOfSet(byte[][] args, KeyChange change) {
    KeyRecord after = change.after();
    if (after == null || after.expireAtMs() == KeyRecord.NEVER) {
      return SET;
    }
    for (int i = 3; i < args.length; i++) {
      if (Args.is(args[i], "KEEPTTL")) {
        return SET;
      }
    }
    return SET_AND_EXPIRE;
  }

  /** Reports pairs in argument order: a key named twice is set twice. */
  private static void tellEachPair(
      byte[][] args, List<KeyChange> changes, EventNaming.Teller teller) {
    if (changes.size() == (args.length - 1) / 2) {
      EventNaming.of("set").name(args, changes, teller);
      return;
    }
    Map<String, KeyChange> byKey = new HashMap<>();
    changes.forEach(change -> byKey.put(Args.text(change.key()), change));
    Set<String> told = new HashSet<>();
    for (int i = 1; i < args.length; i += 2) {
      String key = Args.text(args[i]);
      KeyChange change = byKey.get(key);
      if (change != null && told.add(key)) {
        EventNaming.name(change, SET, teller);
      } else if (change != null) {
        teller.tell(change, "set");
      }
    }
  }

  private static List<String> eventsOfGetex(byte[][] args, KeyChange change) {
    KeyRecord after = change.after();
    if (after == null) {
      return List.of("del");
    }
    return List.of(after.expireAtMs() == KeyRecord.NEVER ? "persist" : "expire");
  }

  private Reply setnx(Call call) {
    Strings strings = door.strings(call);
    boolean done = strings.set(call.arg(1), call.arg(2), SetCondition.IF_ABSENT, Expiry.NONE);
    return done ? Reply.ONE : Reply.ZERO;
  }

  private Reply setUntil(Call call, ExpiryWord word) {
    Expiry expiry = Expiry.at(word.atMs(call.arg(2), call));
    door.strings(call).set(call.arg(1), call.arg(3), SetCondition.ALWAYS, expiry);
    return Reply.OK;
  }

  private Reply getset(Call call) {
    Strings strings = door.strings(call);
    Slice old = strings.get(call.arg(1));
    strings.set(call.arg(1), call.arg(2));
    return StringDoor.reply(old);
  }

  private Reply getex(Call call) {
    ValueOptions options = ValueOptions.ofGetex(call.optionsFrom(2));
    // The time is only parsed if there is something to expire.
    return StringDoor.reply(
        door.strings(call).getAndExpire(call.arg(1), () -> options.expiry(call)));
  }

  private Reply mget(Call call) {
    Strings strings = door.strings(call);
    List<Reply> values = new ArrayList<>(call.argCount() - 1);
    for (int i = 1; i < call.argCount(); i++) {
      values.add(StringDoor.reply(strings.getIfString(call.arg(i))));
    }
    return Reply.array(values);
  }

  private Reply mset(Call call) {
    requirePairs(call);
    setPairs(call);
    return Reply.OK;
  }

  private Reply msetnx(Call call) {
    requirePairs(call);
    Keyspace keyspace = call.keyspace();
    for (int i = 1; i < call.argCount(); i += 2) {
      if (keyspace.meet(call.arg(i)) != null) {
        return Reply.ZERO;
      }
    }
    setPairs(call);
    return Reply.ONE;
  }

  private void setPairs(Call call) {
    Strings strings = door.strings(call);
    for (int i = 1; i < call.argCount(); i += 2) {
      strings.set(call.arg(i), call.arg(i + 1));
    }
  }

  private static void requirePairs(Call call) {
    if (call.argCount() % 2 == 0) {
      throw CommandException.wrongArity(call.spec().fullName());
    }
  }
}
