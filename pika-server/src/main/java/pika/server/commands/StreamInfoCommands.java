package pika.server.commands;

import static pika.server.command.Group.STREAM;
import static pika.server.command.KeyFlag.ACCESS;
import static pika.server.command.KeyFlag.RO;
import static pika.server.command.Keys.second;
import static pika.server.command.Row.container;
import static pika.server.command.Row.help;
import static pika.server.command.Row.read;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import pika.net.resp.Reply;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Family;
import pika.server.command.Row;
import pika.storage.rocks.Cursor.Direction;
import pika.storage.stream.PendingEntry;
import pika.storage.stream.Stream;
import pika.storage.stream.StreamConsumer;
import pika.storage.stream.StreamGroup;
import pika.storage.stream.StreamHeader;
import pika.storage.stream.StreamId;
import pika.storage.stream.Streams;
import pika.storage.stream.Trim;

/** XINFO: information about streams, groups and consumers. */
final class StreamInfoCommands implements Family {
  private static final long DEFAULT_COUNT = 10;

  @Override
  public List<Row> commands() {
    return List.of(container("xinfo")
        .is(STREAM, "5.0.0", "Inspects streams, consumer groups and consumers.")
        .with(
            read("stream", -3, second(RO, ACCESS))
                .is(
                    STREAM,
                    "5.0.0",
                    "O(1)",
                    "Returns information about a stream.",
                    "key [FULL [COUNT count:integer]]")
                .slow()
                .runs(this::stream),
            read("groups", 3, second(RO, ACCESS))
                .is(STREAM, "5.0.0", "O(1)", "Returns the consumer groups of a stream.", "key")
                .onPool()
                .runs(this::groups),
            read("consumers", 4, second(RO, ACCESS))
                .is(STREAM, "5.0.0", "O(1)", "Returns the consumers of a group.", "key groupname")
                .tips("nondeterministic_output")
                .onPool()
                .runs(this::consumers),
            help(STREAM, "5.0.0")));
  }

  /** Builds a map. */
  private static final class Fields {
    private final List<Reply> fields = new ArrayList<>();

    Fields add(String name, Reply value) {
      fields.add(Reply.bulk(name));
      fields.add(value);
      return this;
    }

    Fields add(String name, long value) {
      return add(name, Reply.integer(value));
    }

    Fields add(String name, StreamId value) {
      return add(name, StreamReplies.id(value));
    }

    Reply reply() {
      return Reply.map(fields);
    }
  }

  private static Stream existing(Call call) {
    Stream stream = new Streams(call.keyspace()).find(call.arg(2));
    if (stream == null) {
      throw new CommandException("ERR no such key");
    }
    return stream;
  }

  // ---- STREAM

  private Reply stream(Call call) {
    Stream stream = existing(call);
    if (call.argCount() == 3) {
      return about(stream)
          .add("groups", stream.header().groups())
          .add("first-entry", StreamReplies.entryOrNull(stream.first()))
          .add("last-entry", StreamReplies.entryOrNull(stream.last()))
          .reply();
    }
    long count = countOfFull(call);
    List<Reply> groups = new ArrayList<>();
    for (StreamGroup group : stream.groups()) {
      groups.add(full(group, count));
    }
    return about(stream)
        .add(
            "entries",
            StreamReplies.entries(
                stream.range(StreamId.ZERO, StreamId.MAX, Direction.FORWARD, count)))
        .add("groups", Reply.array(groups))
        .reply();
  }

  private static long countOfFull(Call call) {
    boolean hasCount = call.argCount() == 6 && call.argIs(4, "COUNT");
    if (!call.argIs(3, "FULL") || (call.argCount() != 4 && !hasCount)) {
      throw StreamErrors.subcommand(call);
    }
    long count = hasCount ? call.longArg(5) : DEFAULT_COUNT;
    return count < 0 ? DEFAULT_COUNT : count;
  }

  /**
   * Describes a stream. There is no radix tree: its keys are blocks of entries, its nodes one more.
   */
  private static Fields about(Stream stream) {
    StreamHeader header = stream.header();
    long blocks = (header.length() + Trim.BLOCK_ENTRIES - 1) / Trim.BLOCK_ENTRIES;
    return new Fields()
        .add("length", header.length())
        .add("radix-tree-keys", blocks)
        .add("radix-tree-nodes", blocks + 1)
        .add("last-generated-id", header.lastId())
        .add("max-deleted-entry-id", header.maxDeletedId())
        .add("entries-added", header.added())
        .add("recorded-first-entry-id", header.firstId());
  }

  private static Reply full(StreamGroup group, long count) {
    long most = count == 0 ? Long.MAX_VALUE : count;
    List<Reply> pending = new ArrayList<>();
    for (PendingEntry entry : group.pending(StreamId.ZERO, StreamId.MAX, most)) {
      pending.add(Reply.array(
          StreamReplies.id(entry.id()),
          Reply.bulk(entry.consumer()),
          Reply.integer(entry.deliveredMs()),
          Reply.integer(entry.deliveries())));
    }
    List<Reply> consumers = new ArrayList<>();
    for (StreamConsumer consumer : group.consumers()) {
      consumers.add(full(group, consumer, most));
    }
    return new Fields()
        .add("name", Reply.bulk(group.name()))
        .add("last-delivered-id", group.lastDelivered())
        .add("entries-read", entriesRead(group))
        .add("lag", lag(group))
        .add("pel-count", group.pending())
        .add("pending", Reply.array(pending))
        .add("consumers", Reply.array(consumers))
        .reply();
  }

  private static Reply full(StreamGroup group, StreamConsumer consumer, long most) {
    List<Reply> pending = new ArrayList<>();
    for (PendingEntry entry : group.pendingOf(consumer.name(), StreamId.ZERO, StreamId.MAX, most)) {
      pending.add(Reply.array(
          StreamReplies.id(entry.id()),
          Reply.integer(entry.deliveredMs()),
          Reply.integer(entry.deliveries())));
    }
    return new Fields()
        .add("name", Reply.bulk(consumer.name()))
        .add("seen-time", consumer.seenMs())
        .add("active-time", consumer.activeMs())
        .add("pel-count", consumer.pending())
        .add("pending", Reply.array(pending))
        .reply();
  }

  // ---- GROUPS

  private Reply groups(Call call) {
    List<Reply> groups = new ArrayList<>();
    for (StreamGroup group : existing(call).groups()) {
      groups.add(new Fields()
          .add("name", Reply.bulk(group.name()))
          .add("consumers", group.consumerCount())
          .add("pending", group.pending())
          .add("last-delivered-id", group.lastDelivered())
          .add("entries-read", entriesRead(group))
          .add("lag", lag(group))
          .reply());
    }
    return Reply.array(groups);
  }

  private static Reply entriesRead(StreamGroup group) {
    long read = group.entriesRead();
    return read == StreamHeader.UNKNOWN ? Reply.NULL : Reply.integer(read);
  }

  private static Reply lag(StreamGroup group) {
    OptionalLong lag = group.lag();
    return lag.isPresent() ? Reply.integer(lag.getAsLong()) : Reply.NULL;
  }

  // ---- CONSUMERS

  private Reply consumers(Call call) {
    StreamGroup group = existing(call).group(call.arg(3));
    if (group == null) {
      throw StreamErrors.noGroup(call.arg(2), call.arg(3));
    }
    List<Reply> consumers = new ArrayList<>();
    for (StreamConsumer consumer : group.consumers()) {
      consumers.add(new Fields()
          .add("name", Reply.bulk(consumer.name()))
          .add("pending", consumer.pending())
          .add("idle", Math.max(0, call.nowMs() - consumer.seenMs()))
          .add("inactive", inactiveMs(consumer, call.nowMs()))
          .reply());
    }
    return Reply.array(consumers);
  }

  /** Returns how long ago the consumer got entries; -1 when it never did. */
  private static long inactiveMs(StreamConsumer consumer, long nowMs) {
    return consumer.activeMs() < 0 ? -1 : Math.max(0, nowMs - consumer.activeMs());
  }
}
