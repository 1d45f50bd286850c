package pika.server.commands;

import static pika.server.command.Group.GENERIC;
import static pika.server.command.Group.HASH;
import static pika.server.command.KeyFlag.ACCESS;
import static pika.server.command.KeyFlag.RO;
import static pika.server.command.Keys.NONE;
import static pika.server.command.Keys.first;
import static pika.server.command.Row.read;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Reply;
import pika.server.command.Args;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Family;
import pika.server.command.Options;
import pika.server.command.Row;
import pika.storage.TypeLimits;
import pika.storage.bytes.Glob;
import pika.storage.bytes.NameRange;
import pika.storage.bytes.NameRange.Order;
import pika.storage.hash.FieldSearch;
import pika.storage.hash.Hashes;
import pika.storage.key.DataType;
import pika.storage.key.Keyspace;
import pika.storage.keys.NameSearch;
import pika.storage.string.Strings;

/**
 * Pika's searches by name: PKSCANRANGE and PKRSCANRANGE over keys, PKHSCANRANGE and PKHRSCANRANGE
 * over the fields of a hash. Each returns where the next page begins, empty at the end, and what it
 * has found.
 */
final class RangeScanCommands implements Family {
  private static final String SINCE = "0.1.0";
  private static final String OPTIONS = " [MATCH pattern:pattern] [LIMIT limit:integer]";
  private static final String WITH_VALUES = "STRING_WITH_VALUE";
  private static final int DEFAULT_LIMIT = 10;

  private final Supplier<TypeLimits> limits;

  /** Creates the family; {@code limits} supplies the limits in force. */
  RangeScanCommands(Supplier<TypeLimits> limits) {
    this.limits = limits;
  }

  @Override
  public List<Row> commands() {
    return List.of(
        keys(
            "pkscanrange",
            "Returns keys of one type within a range, in ascending order.",
            Order.FORWARD),
        keys(
            "pkrscanrange",
            "Returns keys of one type within a range, in descending order.",
            Order.BACKWARD),
        fields(
            "pkhscanrange",
            "Returns hash fields within a range, in ascending order.",
            Order.FORWARD),
        fields(
            "pkhrscanrange",
            "Returns hash fields within a range, in descending order.",
            Order.BACKWARD));
  }

  private Row keys(String name, String summary, Order order) {
    return read(name, -4, NONE)
        .is(
            GENERIC,
            SINCE,
            "O(N) where N is the number of keys it looks at",
            summary,
            "type key-start:string key-end:string" + OPTIONS)
        .slow()
        .runs(call -> keys(call, order));
  }

  private Row fields(String name, String summary, Order order) {
    return read(name, -4, first(RO, ACCESS))
        .is(
            HASH,
            SINCE,
            "O(N) where N is the number of fields",
            summary,
            "key field-start:string field-end:string" + OPTIONS)
        .slow()
        .runs(call -> fields(call, order));
  }

  private Reply keys(Call call, Order order) {
    boolean withValues = call.argIs(1, WITH_VALUES);
    DataType type = withValues ? DataType.STRING : type(call.textArg(1));
    NameRange range = range(call, order);
    PageOptions options = PageOptions.of(call);
    Keyspace keyspace = call.keyspace();
    if (!keyspace.isOrderedByName()) {
      throw new CommandException(
          "ERR key ranges need keys sorted by name, which this data directory does not store");
    }
    NameSearch.Page page =
        new NameSearch(keyspace).page(range, options.pattern, type, options.limit);
    Strings strings = new Strings(keyspace, limits.get().strings());
    List<Reply> found = new ArrayList<>();
    for (byte[] key : page.keys()) {
      found.add(Reply.bulk(key));
      if (withValues) {
        found.add(StringDoor.reply(strings.getIfString(key)));
      }
    }
    return page(page.next(), found);
  }

  private Reply fields(Call call, Order order) {
    NameRange range = range(call, order);
    PageOptions options = PageOptions.of(call);
    Hashes hashes = new Hashes(call.keyspace(), limits.get().hashes());
    FieldSearch.Page page = new FieldSearch(hashes).page(call.arg(1), range, options.limit);
    List<Reply> found = new ArrayList<>();
    for (FieldSearch.Field field : page.fields()) {
      if (options.pattern.matches(field.name())) {
        found.add(Reply.bulk(field.name()));
        found.add(StringDoor.reply(field.value()));
      }
    }
    return page(page.next(), found);
  }

  private static Reply page(byte @Nullable [] next, List<Reply> found) {
    return Reply.array(Reply.bulk(next == null ? new byte[0] : next), Reply.array(found));
  }

  /** Parses the range; an empty name is no bound. */
  private static NameRange range(Call call, Order order) {
    byte[] first = call.arg(2).length == 0 ? null : call.arg(2);
    byte[] last = call.arg(3).length == 0 ? null : call.arg(3);
    NameRange range = new NameRange(first, last, order);
    if (range.isReversed()) {
      throw new CommandException("ERR error in given range");
    }
    return range;
  }

  /** Returns the type with this name, ignoring case. */
  static DataType type(String name) {
    for (DataType type : DataType.values()) {
      if (type.redisName().equalsIgnoreCase(name)) {
        return type;
      }
    }
    throw new CommandException("ERR unknown type '" + Args.printed(name) + "'");
  }

  /** {@code [MATCH pattern] [LIMIT limit]}; the limit counts the elements looked at. */
  private record PageOptions(Glob pattern, int limit) {
    static PageOptions of(Call call) {
      Glob pattern = Glob.compile(new byte[] {'*'});
      long limit = DEFAULT_LIMIT;
      Options options = call.optionsFrom(4);
      while (options.hasNext()) {
        if (options.takeWithValue("MATCH")) {
          pattern = Glob.compile(options.next());
        } else if (options.takeWithValue("LIMIT")) {
          limit = options.nextLong();
          if (limit <= 0) {
            throw CommandException.notAnInteger();
          }
        } else {
          throw CommandException.syntax();
        }
      }
      return new PageOptions(pattern, (int) Math.min(limit, Integer.MAX_VALUE));
    }
  }
}
