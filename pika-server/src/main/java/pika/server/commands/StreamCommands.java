package pika.server.commands;

import static pika.server.command.Flag.BLOCKING;
import static pika.server.command.Flag.DENYOOM;
import static pika.server.command.Flag.FAST;
import static pika.server.command.Group.STREAM;
import static pika.server.command.KeyFlag.ACCESS;
import static pika.server.command.KeyFlag.DELETE;
import static pika.server.command.KeyFlag.RO;
import static pika.server.command.KeyFlag.RW;
import static pika.server.command.KeyFlag.UPDATE;
import static pika.server.command.Keys.first;
import static pika.server.command.Keys.streams;
import static pika.server.command.Row.read;
import static pika.server.command.Row.write;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Reply;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Family;
import pika.server.command.Options;
import pika.server.command.Place;
import pika.server.command.Row;
import pika.server.command.Wait;
import pika.storage.TypeLimits;
import pika.storage.rocks.Cursor.Direction;
import pika.storage.stream.NewId;
import pika.storage.stream.Stream;
import pika.storage.stream.StreamEntry;
import pika.storage.stream.StreamHeader;
import pika.storage.stream.StreamId;
import pika.storage.stream.Streams;
import pika.storage.stream.Trim;

/** Streams as logs: adding, reading and removing entries. */
final class StreamCommands implements Family {
  private static final String TRIM_SYNTAX = "(MAXLEN|MINID) [=|~] threshold [LIMIT count:integer]";

  private final Supplier<TypeLimits> limits;

  StreamCommands(Supplier<TypeLimits> limits) {
    this.limits = limits;
  }

  @Override
  public List<Row> commands() {
    List<Row> rows = new ArrayList<>(writing());
    rows.addAll(reading());
    return rows;
  }

  private List<Row> writing() {
    return List.of(
        write("xadd", -5, first(RW, UPDATE), DENYOOM, FAST)
            .is(
                STREAM,
                "5.0.0",
                "O(1) to add an entry, O(N) when trimming, where N is the number of"
                    + " entries evicted",
                "Appends an entry to a stream, creating it if needed.",
                "key [NOMKSTREAM] [" + TRIM_SYNTAX + "] (*|id) (field value)...")
            .tips("nondeterministic_output")
            .placed(Size::place)
            .events(StreamEvents.ADDED)
            .runs(this::xadd),
        write("xdel", -3, first(RW, DELETE), FAST)
            .is(
                STREAM,
                "5.0.0",
                "O(1) for each entry ID",
                "Deletes entries from a stream by ID.",
                "key id...")
            .placed(Size::place)
            .runs(this::xdel),
        write("xtrim", -4, first(RW, DELETE))
            .is(
                STREAM,
                "5.0.0",
                "O(N) where N is the number of entries evicted",
                "Deletes the oldest entries of a stream.",
                "key (" + TRIM_SYNTAX + ")")
            .tips("nondeterministic_output")
            .placed(args -> TrimOptions.isBounded(args) ? Place.POOL : Place.SLOW)
            .runs(this::xtrim),
        write("xsetid", -3, first(RW, UPDATE), DENYOOM, FAST)
            .is(
                STREAM,
                "5.0.0",
                "O(1)",
                "Sets the last generated ID of a stream.",
                "key last-id [ENTRIESADDED entries_added:integer]"
                    + " [MAXDELETEDID max_deleted_entry_id]")
            .quiet()
            .runs(this::xsetid));
  }

  private List<Row> reading() {
    return List.of(
        read("xlen", 2, first(RO), FAST)
            .is(STREAM, "5.0.0", "O(1)", "Returns the number of entries of a stream.", "key")
            .runs(this::xlen),
        read("xrange", -4, first(RO, ACCESS))
            .is(
                STREAM,
                "5.0.0",
                "O(N) where N is the number of entries returned",
                "Returns stream entries within a range of IDs.",
                "key start end [COUNT count:integer]")
            .placed(StreamCommands::placeOfRange)
            .runs(call -> range(call, Direction.FORWARD)),
        read("xrevrange", -4, first(RO, ACCESS))
            .is(
                STREAM,
                "5.0.0",
                "O(N) where N is the number of entries returned",
                "Returns stream entries within a range of IDs, newest first.",
                "key end start [COUNT count:integer]")
            .placed(StreamCommands::placeOfRange)
            .runs(call -> range(call, Direction.BACKWARD)),
        read("xread", -4, streams(1, RO, ACCESS), BLOCKING)
            .is(
                STREAM,
                "5.0.0",
                "O(N) where N is the number of entries returned",
                "Returns stream entries with IDs greater than the given ones,"
                    + " optionally blocking until there are any.",
                "[COUNT count:integer] [BLOCK milliseconds:integer] STREAMS (key... id...)")
            .runs(this::xread));
  }

  /** Returns where to run a range: reading a whole stream must not delay others. */
  private static Place placeOfRange(byte[][] args) {
    return args.length > 4 ? Place.POOL : Place.SLOW;
  }

  // ---- writing

  private Reply xadd(Call call) {
    Options arguments = call.optionsFrom(2);
    TrimOptions options = TrimOptions.ofAdd(arguments);
    NewId wanted = options.id();
    int fields = arguments.remaining();
    if (wanted == null || fields < 2 || fields % 2 != 0) {
      throw CommandException.wrongArity(call.spec().fullName());
    }
    if (wanted.equals(NewId.of(StreamId.ZERO))) {
      throw new CommandException("ERR The ID specified in XADD must be greater than 0-0");
    }
    Streams streams = new Streams(call.keyspace());
    Stream present = streams.find(call.arg(1));
    if (present == null && !options.createsStream()) {
      return Reply.NULL;
    }
    StreamId id = newId(wanted, present, call.nowMs());
    Stream stream = present == null ? streams.create(call.arg(1)) : present;
    stream.append(id, argsFrom(call, call.argCount() - fields));
    Trim trim = options.trim(limits.get().streamBlockEntries());
    if (trim != null) {
      stream.trim(trim);
    }
    return StreamReplies.id(id);
  }

  private static StreamId newId(NewId wanted, @Nullable Stream stream, long nowMs) {
    StreamId last = stream == null ? StreamId.ZERO : stream.header().lastId();
    if (last.equals(StreamId.MAX)) {
      throw new CommandException(
          "ERR The stream has exhausted the last possible ID, unable to add more items");
    }
    StreamId id = wanted.after(last, nowMs);
    if (id == null) {
      throw new CommandException(
          "ERR The ID specified in XADD is equal or smaller than the target stream top item");
    }
    return id;
  }

  private Reply xdel(Call call) {
    Stream stream = new Streams(call.keyspace()).find(call.arg(1));
    return stream == null ? Reply.ZERO : Reply.integer(stream.delete(StreamIds.parseAll(call, 2)));
  }

  private Reply xtrim(Call call) {
    Trim trim = TrimOptions.ofTrim(call.optionsFrom(2)).trim(limits.get().streamBlockEntries());
    Stream stream = new Streams(call.keyspace()).find(call.arg(1));
    return stream == null || trim == null ? Reply.ZERO : Reply.integer(stream.trim(trim));
  }

  private Reply xsetid(Call call) {
    StreamId last = StreamIds.parse(call.arg(2));
    long added = StreamHeader.UNKNOWN;
    StreamId maxDeleted = StreamId.ZERO;
    Options options = call.optionsFrom(3);
    while (options.hasNext()) {
      if (options.takeWithValue("ENTRIESADDED")) {
        added = options.nextLong();
        if (added < 0) {
          throw new CommandException("ERR entries_added must be positive");
        }
      } else if (options.takeWithValue("MAXDELETEDID")) {
        maxDeleted = StreamIds.parse(options.next());
        if (last.isBefore(maxDeleted)) {
          throw smaller("the provided max_deleted_entry_id");
        }
      } else {
        throw CommandException.syntax();
      }
    }
    Stream stream = new Streams(call.keyspace()).find(call.arg(1));
    if (stream == null) {
      throw new CommandException("ERR no such key");
    }
    setIds(stream, last, added, maxDeleted);
    return Reply.OK;
  }

  private static void setIds(Stream stream, StreamId last, long added, StreamId maxDeleted) {
    StreamHeader header = stream.header();
    StreamEntry top = last.isBefore(header.lastId()) ? stream.last() : null;
    if (top != null && last.isBefore(top.id())) {
      throw smaller("the target stream top item");
    }
    boolean addedGiven = added != StreamHeader.UNKNOWN;
    if (addedGiven && header.length() > added) {
      throw new CommandException(
          "ERR The entries_added specified in XSETID is smaller than the target stream length");
    }
    stream.setIds(
        addedGiven ? added : header.added(),
        last,
        maxDeleted.isZero() ? header.maxDeletedId() : maxDeleted);
  }

  private static CommandException smaller(String than) {
    return new CommandException("ERR The ID specified in XSETID is smaller than " + than);
  }

  // ---- reading

  private Reply xlen(Call call) {
    StreamHeader header = new Streams(call.keyspace()).header(call.arg(1));
    return header == null ? Reply.ZERO : Reply.integer(header.length());
  }

  private Reply range(Call call, Direction direction) {
    boolean forward = direction == Direction.FORWARD;
    StreamId start = StreamIds.parseStart(call.arg(forward ? 2 : 3));
    StreamId end = StreamIds.parseEnd(call.arg(forward ? 3 : 2));
    long count = -1;
    Options options = call.optionsFrom(4);
    while (options.hasNext()) {
      if (!options.takeWithValue("COUNT")) {
        throw CommandException.syntax();
      }
      count = Math.max(0, options.nextLong());
    }
    Stream stream = new Streams(call.keyspace()).find(call.arg(1));
    if (stream == null) {
      return Reply.EMPTY_ARRAY;
    }
    return count == 0
        ? Reply.NULL_ARRAY
        : StreamReplies.entries(stream.range(start, end, direction, Math.max(0, count)));
  }

  private Reply xread(Call call) {
    ReadOptions options = ReadOptions.of(call);
    Streams streams = new Streams(call.keyspace());
    List<StreamId> seen = new ArrayList<>();
    boolean anything = false;
    for (int i = 0; i < options.streams(); i++) {
      StreamHeader header = streams.header(options.key(i));
      StreamId id = seenId(options, i, header);
      seen.add(id);
      anything |= header != null && id.isBefore(header.lastId());
    }
    List<Reply> found = new ArrayList<>();
    // The headers suffice to find that there is nothing, on any thread.
    for (int i = 0; anything && i < seen.size(); i++) {
      List<StreamEntry> entries = behind(streams, options, i, seen.get(i));
      if (!entries.isEmpty()) {
        found.add(Reply.bulk(options.key(i)));
        found.add(StreamReplies.entries(entries));
      }
    }
    return found.isEmpty()
        ? options.nothing(
            call, until -> until.when(isBehind(seen)).retriedAs(key -> options.only(key, seen)))
        : new StreamReplies.OfStreams(found);
  }

  /** Returns a test for entries after those that a waiting client has seen. */
  private static Wait.Readiness isBehind(List<StreamId> seen) {
    return (i, record) -> seen.get(i).isBefore(Streams.headerOf(record).lastId());
  }

  /** Returns the id after which a client wants to read the {@code i}-th stream. */
  private static StreamId seenId(ReadOptions options, int i, @Nullable StreamHeader header) {
    if (options.idIs(i, ">")) {
      throw new CommandException("ERR The > ID can be specified only when calling XREADGROUP using"
          + " the GROUP <group> <consumer> option.");
    }
    if (options.idIs(i, "+")) {
      return StreamId.ZERO;
    }
    if (options.idIs(i, "$")) {
      return header == null ? StreamId.ZERO : header.lastId();
    }
    return StreamIds.parse(options.id(i));
  }

  private static List<StreamEntry> behind(
      Streams streams, ReadOptions options, int i, StreamId seen) {
    Stream stream = streams.find(options.key(i));
    if (stream == null) {
      return List.of();
    }
    if (options.idIs(i, "+")) {
      StreamEntry last = stream.last();
      return last == null ? List.of() : List.of(last);
    }
    return stream.behind(seen, options.count());
  }

  private static List<byte[]> argsFrom(Call call, int first) {
    return Arrays.asList(call.args()).subList(first, call.argCount());
  }
}
