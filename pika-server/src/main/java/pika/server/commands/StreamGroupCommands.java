package pika.server.commands;

import static pika.server.command.Flag.BLOCKING;
import static pika.server.command.Flag.DENYOOM;
import static pika.server.command.Flag.FAST;
import static pika.server.command.Group.STREAM;
import static pika.server.command.KeyFlag.ACCESS;
import static pika.server.command.KeyFlag.DELETE;
import static pika.server.command.KeyFlag.INSERT;
import static pika.server.command.KeyFlag.RO;
import static pika.server.command.KeyFlag.RW;
import static pika.server.command.KeyFlag.UPDATE;
import static pika.server.command.Keys.first;
import static pika.server.command.Keys.second;
import static pika.server.command.Keys.streams;
import static pika.server.command.Row.container;
import static pika.server.command.Row.help;
import static pika.server.command.Row.write;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Reply;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.EventNaming;
import pika.server.command.Family;
import pika.server.command.Options;
import pika.server.command.Row;
import pika.server.command.Wait;
import pika.storage.stream.Stream;
import pika.storage.stream.StreamEntry;
import pika.storage.stream.StreamGroup;
import pika.storage.stream.StreamHeader;
import pika.storage.stream.StreamId;
import pika.storage.stream.Streams;

/** Consumer groups: managing them, and reading and acknowledging entries. */
final class StreamGroupCommands implements Family {
  @Override
  public List<Row> commands() {
    return List.of(
        container("xgroup")
            .is(STREAM, "5.0.0", "Manages consumer groups and their consumers.")
            .with(ofGroups())
            .with(ofConsumers())
            .with(help(STREAM, "5.0.0")),
        write("xreadgroup", -7, streams(4, RO, ACCESS), BLOCKING)
            .is(
                STREAM,
                "5.0.0",
                "O(N) where N is the number of entries returned",
                "Returns new or pending stream entries to a consumer of a group,"
                    + " optionally blocking until there are any.",
                "GROUP (group consumer) [COUNT count:integer] [BLOCK milliseconds:integer] [NOACK]"
                    + " STREAMS (key... id...)")
            .events(StreamEvents.READ)
            .quiet()
            .runs(this::xreadgroup),
        write("xack", -4, first(RW, UPDATE), FAST)
            .is(
                STREAM,
                "5.0.0",
                "O(1) for each entry ID",
                "Acknowledges entries that a consumer group has processed.",
                "key group id...")
            .placed(Size::place)
            .events(EventNaming.SILENT)
            .looksUp()
            .quiet()
            .runs(this::xack));
  }

  private Row[] ofGroups() {
    return new Row[] {
      write("create", -5, second(RW, INSERT), DENYOOM)
          .is(
              STREAM,
              "5.0.0",
              "O(1)",
              "Creates a consumer group.",
              "key groupname (id|$) [MKSTREAM] [ENTRIESREAD entries_read:integer]")
          .event("xgroup-create")
          .quiet()
          .runs(this::create),
      write("setid", -5, second(RW, UPDATE))
          .is(
              STREAM,
              "5.0.0",
              "O(1)",
              "Sets the last delivered ID of a consumer group.",
              "key groupname (id|$) [ENTRIESREAD entries_read:integer]")
          .event("xgroup-setid")
          .quiet()
          .runs(this::setId),
      write("destroy", 4, second(RW, DELETE))
          .is(STREAM, "5.0.0", "O(1)", "Removes a consumer group.", "key groupname")
          .event("xgroup-destroy")
          .quiet()
          .runs(this::destroy)
    };
  }

  private Row[] ofConsumers() {
    return new Row[] {
      write("createconsumer", 5, second(RW, INSERT), DENYOOM)
          .is(
              STREAM,
              "6.2.0",
              "O(1)",
              "Creates a consumer in a group.",
              "key groupname consumername")
          .event("xgroup-createconsumer")
          .quiet()
          .runs(this::createConsumer),
      write("delconsumer", 5, second(RW, DELETE))
          .is(
              STREAM,
              "5.0.0",
              "O(N) where N is the number of entries pending for the consumer",
              "Removes a consumer and its pending entries from a group.",
              "key groupname consumername")
          .slow()
          .event("xgroup-delconsumer")
          .quiet()
          .runs(this::deleteConsumer)
    };
  }

  // ---- groups

  private Reply create(Call call) {
    GroupOptions options = GroupOptions.ofCreate(call);
    Streams streams = new Streams(call.keyspace());
    Stream stream = streams.find(call.arg(2));
    if (stream == null && !options.createsStream()) {
      throw keyRequired();
    }
    StreamId read = GroupOptions.read(call, stream);
    if (stream == null) {
      stream = streams.create(call.arg(2));
    } else if (stream.group(call.arg(3)) != null) {
      throw new CommandException("BUSYGROUP Consumer Group name already exists");
    }
    stream.createGroup(call.arg(3), read, options.entriesRead());
    return Reply.OK;
  }

  private Reply setId(Call call) {
    GroupOptions options = GroupOptions.ofSetId(call);
    Stream stream = stream(call);
    StreamGroup group = group(call, stream);
    group.setRead(GroupOptions.read(call, stream), options.entriesRead());
    return Reply.OK;
  }

  private Reply destroy(Call call) {
    return stream(call).destroyGroup(call.arg(3)) ? Reply.ONE : Reply.ZERO;
  }

  private Reply createConsumer(Call call) {
    boolean created = group(call, stream(call)).createConsumer(call.arg(4), call.nowMs());
    return created ? Reply.ONE : Reply.ZERO;
  }

  private Reply deleteConsumer(Call call) {
    return Reply.integer(group(call, stream(call)).deleteConsumer(call.arg(4)));
  }

  private static Stream stream(Call call) {
    Stream stream = new Streams(call.keyspace()).find(call.arg(2));
    if (stream == null) {
      throw keyRequired();
    }
    return stream;
  }

  private static StreamGroup group(Call call, Stream stream) {
    StreamGroup group = stream.group(call.arg(3));
    if (group == null) {
      throw StreamErrors.noGroup(call.arg(2), call.arg(3));
    }
    return group;
  }

  private static CommandException keyRequired() {
    return new CommandException("ERR The XGROUP subcommand requires the key to exist. Note that for"
        + " CREATE you may want to use the MKSTREAM option to create an empty stream"
        + " automatically.");
  }

  /** The options after the id in XGROUP CREATE and SETID. */
  private record GroupOptions(boolean createsStream, long entriesRead) {
    static GroupOptions ofCreate(Call call) {
      boolean createsStream = false;
      long entriesRead = StreamHeader.UNKNOWN;
      Options options = call.optionsFrom(5);
      while (options.hasNext()) {
        if (options.take("MKSTREAM")) {
          createsStream = true;
        } else {
          entriesRead = entriesRead(options, call);
        }
      }
      return new GroupOptions(createsStream, entriesRead);
    }

    static GroupOptions ofSetId(Call call) {
      long entriesRead = StreamHeader.UNKNOWN;
      Options options = call.optionsFrom(5);
      while (options.hasNext()) {
        entriesRead = entriesRead(options, call);
      }
      return new GroupOptions(false, entriesRead);
    }

    private static long entriesRead(Options options, Call call) {
      if (!options.takeWithValue("ENTRIESREAD")) {
        throw StreamErrors.subcommand(call);
      }
      long entriesRead = options.nextLong();
      if (entriesRead < 0 && entriesRead != StreamHeader.UNKNOWN) {
        throw new CommandException("ERR value for ENTRIESREAD must be positive or -1");
      }
      return entriesRead;
    }

    /** Returns the id up to which the group has read. */
    static StreamId read(Call call, @Nullable Stream stream) {
      if (call.argIs(4, "$")) {
        return stream == null ? StreamId.ZERO : stream.header().lastId();
      }
      return call.spec().name().equals("setid")
          ? StreamIds.parseOrEdge(call.arg(4))
          : StreamIds.parse(call.arg(4));
    }
  }

  // ---- reading

  private Reply xreadgroup(Call call) {
    ReadOptions options = ReadOptions.of(call);
    Streams streams = new Streams(call.keyspace());
    List<@Nullable StreamId> seen = new ArrayList<>();
    for (int i = 0; i < options.streams(); i++) {
      Stream stream = streams.find(options.key(i));
      if (stream == null || stream.group(options.group()) == null) {
        throw StreamErrors.noKeyOrGroupToRead(options.key(i), options.group());
      }
      seen.add(seenId(options, i));
    }
    List<Reply> found = new ArrayList<>();
    for (int i = 0; i < seen.size(); i++) {
      List<StreamEntry> entries = deliver(call, options, i, seen.get(i));
      if (!entries.isEmpty() || seen.get(i) != null) {
        found.add(Reply.bulk(options.key(i)));
        found.add(StreamReplies.entries(entries));
      }
    }
    return found.isEmpty()
        ? options.nothing(
            call, until -> until.when(mayHaveNews(options, streams)).orGone())
        : new StreamReplies.OfStreams(found);
  }

  /** Returns a test for entries that are new to the group, or for the group's removal. */
  private static Wait.Readiness mayHaveNews(ReadOptions options, Streams streams) {
    List<StreamHeader> before = new ArrayList<>();
    for (int i = 0; i < options.streams(); i++) {
      before.add(Objects.requireNonNull(streams.header(options.key(i))));
    }
    return (i, record) -> {
      StreamHeader now = Streams.headerOf(record);
      return now.lastId().isBehind(before.get(i).lastId())
          || now.groups() < before.get(i).groups();
    };
  }

  /**
   * Returns the id after which a consumer wants its pending entries; null when it wants new ones.
   */
  private static @Nullable StreamId seenId(ReadOptions options, int i) {
    if (options.idIs(i, "$")) {
      throw meaningless("$");
    }
    if (options.idIs(i, "+")) {
      throw meaningless("+");
    }
    if (options.idIs(i, ">")) {
      return null;
    }
    // In Redis the greatest id also asks for new entries.
    StreamId id = StreamIds.parse(options.id(i));
    return id.equals(StreamId.MAX) ? null : id;
  }

  private static CommandException meaningless(String id) {
    return new CommandException(
        "ERR The %1$s ID is meaningless in the context of XREADGROUP: you want to read the history of this consumer by specifying a proper ID, or use the > ID to get new messages. The %1$s ID would just return an empty result set."
            .formatted(id));
  }

  private static List<StreamEntry> deliver(
      Call call, ReadOptions options, int i, @Nullable StreamId seen) {
    // Looked up again, because the same stream may have been named before.
    Stream stream = new Streams(call.keyspace()).find(options.key(i));
    StreamGroup group = stream == null ? null : stream.group(options.group());
    if (group == null) {
      throw StreamErrors.noKeyOrGroupToRead(options.key(i), options.group());
    }
    byte[] consumer = options.consumer();
    if (seen != null) {
      return group.deliverAgain(consumer, seen, options.count(), call.nowMs());
    }
    return options.acknowledges()
        ? group.deliver(consumer, options.count(), call.nowMs())
        : group.deliverForGood(consumer, options.count(), call.nowMs());
  }

  private Reply xack(Call call) {
    Stream stream = new Streams(call.keyspace()).find(call.arg(1));
    StreamGroup group = stream == null ? null : stream.group(call.arg(2));
    if (group == null) {
      return Reply.ZERO;
    }
    List<StreamId> ids = StreamIds.parseAll(call, 3);
    return Reply.integer(group.acknowledge(ids));
  }
}
