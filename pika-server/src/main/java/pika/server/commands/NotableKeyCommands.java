package pika.server.commands;

import static pika.server.command.Flag.ADMIN;
import static pika.server.command.Flag.LOADING;
import static pika.server.command.Flag.STALE;
import static pika.server.command.Group.SERVER;
import static pika.server.command.Row.command;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Reply;
import pika.server.command.Args;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Family;
import pika.server.command.Options;
import pika.server.command.Row;
import pika.server.stats.BigKeys;
import pika.server.stats.HotKeys;
import pika.storage.key.DataType;
import pika.storage.key.Engine;
import pika.storage.key.KeyRecord;
import pika.storage.keys.Keys;
import pika.storage.keys.ValueSize;

/**
 * HOTKEYS and BIGKEYS: the most used and the largest keys, as observed while serving. Neither scans
 * data: their cost is bounded by COUNT.
 */
final class NotableKeyCommands implements Family {
  private static final String SINCE = "0.1.0";
  private static final int DEFAULT_COUNT = 10;
  private static final int MOST = 256;
  /** Rows sampled to estimate the size of a large value. */
  private static final int SAMPLES = 16;

  private final HotKeys hotKeys;
  private final BigKeys bigKeys;
  private final Engine engine;

  NotableKeyCommands(HotKeys hotKeys, BigKeys bigKeys, Engine engine) {
    this.hotKeys = hotKeys;
    this.bigKeys = bigKeys;
    this.engine = engine;
  }

  @Override
  public List<Row> commands() {
    return List.of(
        command("hotkeys", -1, ADMIN, LOADING, STALE)
            .is(
                SERVER,
                SINCE,
                "O(1)",
                "Returns the keys used most by commands in the last one to two"
                    + " minutes: database, key, approximate number of uses, and uses per second.",
                "[COUNT count:integer] [RESET]")
            .onPool()
            .runs(this::hot),
        command("bigkeys", -1, ADMIN, LOADING, STALE)
            .is(
                SERVER,
                SINCE,
                "O(N) where N is the count",
                "Returns the largest keys of each type among those written since"
                    + " the server started: database, key, type, size (bytes of a string,"
                    + " otherwise elements) and approximate bytes in the store.",
                "[COUNT count:integer] [TYPE type] [RESET]")
            .usesKeyspace()
            .onPool()
            .runs(this::big));
  }

  private Reply hot(Call call) {
    Wanted wanted = Wanted.of(call);
    HotKeys.Report report = hotKeys.hottest(wanted.count);
    List<Reply> entries = new ArrayList<>();
    for (HotKeys.Entry entry : report.entries()) {
      entries.add(Reply.array(
          Reply.integer(entry.database()),
          Reply.bulk(entry.key()),
          Reply.integer(entry.calls()),
          Reply.integer(Math.round(entry.calls() / report.seconds()))));
    }
    if (wanted.reset) {
      hotKeys.forgetAll();
    }
    return Reply.array(entries);
  }

  private Reply big(Call call) {
    Wanted wanted = Wanted.of(call);
    Map<DataType, Integer> told = new EnumMap<>(DataType.class);
    List<Reply> entries = new ArrayList<>();
    for (BigKeys.Entry entry : bigKeys.known(wanted.type)) {
      if (told.getOrDefault(entry.type(), 0) < wanted.count) {
        Reply reply = entry(call, entry);
        if (reply == null) {
          bigKeys.forget(entry);
        } else {
          told.merge(entry.type(), 1, Integer::sum);
          entries.add(reply);
        }
      }
    }
    if (wanted.reset) {
      bigKeys.forgetAll();
    }
    return Reply.array(entries);
  }

  /** Returns the current state of the key; null if it is gone or has another type. */
  private @Nullable Reply entry(Call call, BigKeys.Entry entry) {
    byte[] userKey = entry.key().userKey();
    for (int database = 0; database < engine.databaseCount(); database++) {
      if (engine.key(database, userKey).equals(entry.key())) {
        KeyRecord record = call.unit().keyspace(database).header(userKey);
        return record == null || record.type() != entry.type()
            ? null
            : Reply.array(
                Reply.integer(database),
                Reply.bulk(userKey),
                Reply.bulk(record.type().redisName()),
                Reply.integer(ValueSize.of(record)),
                Reply.integer(
                    new Keys(call.unit().keyspace(database)).storedBytes(userKey, SAMPLES)));
      }
    }
    return null;
  }

  /** The arguments. */
  private record Wanted(int count, @Nullable DataType type, boolean reset) {
    static Wanted of(Call call) {
      boolean big = call.spec().name().equals("bigkeys");
      int count = DEFAULT_COUNT;
      DataType type = null;
      boolean reset = false;
      Options options = call.optionsFrom(1);
      while (options.hasNext()) {
        if (options.takeWithValue("COUNT")) {
          count = count(options.nextLong());
        } else if (big && options.takeWithValue("TYPE")) {
          type = type(Args.text(options.next()));
        } else if (options.take("RESET")) {
          reset = true;
        } else {
          throw CommandException.syntax();
        }
      }
      return new Wanted(count, type, reset);
    }

    private static int count(long wanted) {
      if (wanted < 1) {
        throw new CommandException("ERR COUNT must be positive");
      }
      return (int) Math.min(wanted, MOST);
    }

    private static DataType type(String name) {
      for (DataType type : DataType.values()) {
        if (type.redisName().equalsIgnoreCase(name)) {
          return type;
        }
      }
      throw new CommandException("ERR unknown type name '" + name + "'");
    }
  }
}
