package pika.server.commands;

import static pika.server.command.Flag.DENYOOM;
import static pika.server.command.Group.LIST;
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
import pika.net.resp.Reply;
import pika.server.command.Args;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Family;
import pika.server.command.Options;
import pika.server.command.Place;
import pika.server.command.Row;
import pika.storage.bytes.Slice;
import pika.storage.list.ListValue;
import pika.storage.list.Side;
import pika.storage.packed.PackedLimits;

/**
 * Elements of lists by index and by value. They start on the loop: a packed list is short enough
 * for that, and a search in rows stops there after a few leaves and moves to a pool, the slow one
 * if it may be long.
 */
final class ListElementCommands implements Family {
  private static final String SEARCH =
      "O(N) where N is the number of elements to look at until the one in question.";

  private final ListDoor door;

  /** Creates the family; {@code limits} supplies the limits in force. */
  ListElementCommands(Supplier<PackedLimits> limits) {
    this.door = new ListDoor(limits);
  }

  @Override
  public List<Row> commands() {
    List<Row> rows = new ArrayList<>(reads());
    rows.addAll(writes());
    return rows;
  }

  private List<Row> reads() {
    return List.of(
        read("lindex", 3, first(RO, ACCESS))
            .is(
                LIST,
                "1.0.0",
                "O(log(N))",
                "Returns the list element at an index.",
                "key index:integer")
            .runs(this::lindex),
        read("lrange", 4, first(RO, ACCESS))
            .is(
                LIST,
                "1.0.0",
                "O(log(N)+M) where N is the length of the list and M the length of the range.",
                "Returns the list elements in a range of indices.",
                "key start:integer stop:integer")
            .placed(WideRange::byIndex)
            .runs(this::lrange),
        read("lpos", -3, first(RO, ACCESS))
            .is(
                LIST,
                "6.0.6",
                SEARCH,
                "Returns the indices of list elements equal to a value.",
                "key element [RANK rank:integer] [COUNT num-matches:integer] [MAXLEN len:integer]")
            .slowIfLarge()
            .runs(this::lpos));
  }

  private List<Row> writes() {
    return List.of(
        write("lset", 4, first(RW, UPDATE), DENYOOM)
            .is(
                LIST,
                "1.0.0",
                "O(log(N))",
                "Replaces the list element at an index.",
                "key index:integer element")
            .placed(Size::place)
            .runs(this::lset),
        write("linsert", 5, first(RW, INSERT), DENYOOM)
            .is(
                LIST,
                "2.2.0",
                SEARCH,
                "Inserts an element before or after another element of a list.",
                "key (BEFORE|AFTER) pivot element")
            .placed(args -> Size.place(args).and(Place.SLOW_IF_LARGE))
            .runs(this::linsert),
        write("lrem", 4, first(RW, DELETE))
            .is(
                LIST,
                "1.0.0",
                SEARCH,
                "Removes list elements equal to a value.",
                "key count:integer element")
            .slowIfLarge()
            .runs(this::lrem),
        write("ltrim", 4, first(RW, DELETE))
            .is(
                LIST,
                "1.0.0",
                "O(N) where N is the number of elements to remove.",
                "Removes all list elements outside a range of indices.",
                "key start:integer stop:integer")
            .runs(this::ltrim));
  }

  private Reply lindex(Call call) {
    ListValue list = door.find(call);
    return list == null ? Reply.NULL : ListDoor.reply(list.get(call.longArg(2)));
  }

  private Reply lrange(Call call) {
    long start = call.longArg(2);
    long stop = call.longArg(3);
    ListValue list = door.find(call);
    return list == null ? Reply.EMPTY_ARRAY : ListDoor.reply(list.range(start, stop));
  }

  private Reply lset(Call call) {
    ListValue list = door.find(call);
    if (list == null) {
      throw new CommandException("ERR no such key");
    }
    if (!list.set(call.longArg(2), Slice.of(call.arg(3)))) {
      throw new CommandException("ERR index out of range");
    }
    return Reply.OK;
  }

  private Reply linsert(Call call) {
    Side side = side(call);
    ListValue list = door.find(call);
    if (list == null) {
      return Reply.ZERO;
    }
    boolean done = list.insert(side, call.arg(3), Slice.of(call.arg(4)));
    return Reply.integer(done ? list.size() : -1);
  }

  private static Side side(Call call) {
    if (call.argIs(2, "BEFORE")) {
      return Side.BEFORE;
    }
    if (call.argIs(2, "AFTER")) {
      return Side.AFTER;
    }
    throw CommandException.syntax();
  }

  private Reply lrem(Call call) {
    long count = call.longArg(2);
    ListValue list = door.find(call);
    return list == null ? Reply.ZERO : Reply.integer(list.remove(call.arg(3), count));
  }

  private Reply ltrim(Call call) {
    long start = call.longArg(2);
    long stop = call.longArg(3);
    ListValue list = door.find(call);
    if (list != null) {
      long length = list.size();
      list.trim(start, stop);
      if (list.size() == length) {
        call.keyspace().markChanged(call.arg(1));
      }
    }
    return Reply.OK;
  }

  private Reply lpos(Call call) {
    Search search = Search.of(call.optionsFrom(3));
    ListValue list = door.find(call);
    if (list == null) {
      return search.wantsAll ? Reply.EMPTY_ARRAY : Reply.NULL;
    }
    List<Long> found = list.positions(call.arg(2), search.rank, search.most, search.looks);
    if (search.wantsAll) {
      return Reply.array(found.stream().map(Reply::integer).toList());
    }
    return found.isEmpty() ? Reply.NULL : Reply.integer(found.get(0));
  }

  /** The options of LPOS; COUNT makes the reply an array. */
  private record Search(long rank, long most, long looks, boolean wantsAll) {

    static Search of(Options options) {
      Search search = new Search(1, 1, 0, false);
      while (options.hasNext()) {
        if (options.takeWithValue("RANK")) {
          search = search.from(options.nextLong());
        } else if (options.takeWithValue("COUNT")) {
          long most = notNegative(options.next(), "ERR COUNT can't be negative");
          search = new Search(search.rank, most, search.looks, true);
        } else if (options.takeWithValue("MAXLEN")) {
          long looks = notNegative(options.next(), "ERR MAXLEN can't be negative");
          search = new Search(search.rank, search.most, looks, search.wantsAll);
        } else {
          throw CommandException.syntax();
        }
      }
      return search;
    }

    private Search from(long newRank) {
      if (newRank == 0) {
        throw new CommandException(
            "ERR RANK can't be zero: use 1 to start from the first match, 2 from"
                + " the second ... or use negative to start from the end of the list");
      }
      // The smallest long has no positive counterpart; Redis treats it as the last match.
      return new Search(newRank == Long.MIN_VALUE ? -1 : newRank, most, looks, wantsAll);
    }

    private static long notNegative(byte[] arg, String errorText) {
      long value = Args.parseLong(arg, errorText);
      if (value < 0) {
        throw new CommandException(errorText);
      }
      return value;
    }
  }
}
