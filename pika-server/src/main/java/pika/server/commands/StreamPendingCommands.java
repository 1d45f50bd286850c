package pika.server.commands;

import static pika.server.command.Flag.FAST;
import static pika.server.command.Group.STREAM;
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
import pika.net.resp.Reply;
import pika.server.command.Args;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.Family;
import pika.server.command.Options;
import pika.server.command.Row;
import pika.storage.rocks.Cursor.Direction;
import pika.storage.stream.Claim;
import pika.storage.stream.PendingEntry;
import pika.storage.stream.Stream;
import pika.storage.stream.StreamConsumer;
import pika.storage.stream.StreamEntry;
import pika.storage.stream.StreamGroup;
import pika.storage.stream.StreamId;
import pika.storage.stream.Streams;

/** Pending entries: listing and claiming them. */
final class StreamPendingCommands implements Family {
  private static final long DEFAULT_COUNT = 100;

  /** Entries looked at per claimed entry before XAUTOCLAIM returns a cursor. */
  private static final long ATTEMPTS_FACTOR = 10;

  /** The largest number of ids that Redis could allocate. */
  private static final long MAX_COUNT = Long.MAX_VALUE / 16;

  @Override
  public List<Row> commands() {
    return List.of(
        read("xpending", -3, first(RO, ACCESS))
            .is(
                STREAM,
                "5.0.0",
                "O(N) where N is the number of entries returned, or examined if IDLE is given",
                "Returns the pending entries of a consumer group, summarized or listed.",
                "key group [[IDLE min-idle-time:integer] start end count:integer [consumer]]")
            .tips("nondeterministic_output")
            .slow()
            .runs(this::xpending),
        write("xclaim", -6, first(RW, UPDATE), FAST)
            .is(
                STREAM,
                "5.0.0",
                "O(1) for each entry ID",
                "Transfers the ownership of pending entries to another consumer.",
                "key group consumer min-idle-time id... [IDLE ms:integer]"
                    + " [TIME unix-time-milliseconds:unix-time] [RETRYCOUNT count:integer]"
                    + " [FORCE] [JUSTID] [LASTID id]")
            .tips("nondeterministic_output")
            .placed(Size::place)
            .events(StreamEvents.READ)
            .looksUp()
            .quiet()
            .runs(this::xclaim),
        write("xautoclaim", -6, first(RW, DELETE), FAST)
            .is(
                STREAM,
                "6.2.0",
                "O(1) if COUNT is small",
                "Transfers the ownership of entries that have been pending for long"
                    + " enough to another consumer.",
                "key group consumer min-idle-time start [COUNT count:integer] [JUSTID]")
            .tips("nondeterministic_output")
            .onPool()
            .events(StreamEvents.READ)
            .looksUp()
            .quiet()
            .runs(this::xautoclaim));
  }

  // ---- XPENDING

  private Reply xpending(Call call) {
    if (call.argCount() == 3) {
      return summary(existing(call));
    }
    if (call.argCount() < 6 || call.argCount() > 9) {
      throw CommandException.syntax();
    }
    int start = 3;
    long minIdleMs = 0;
    if (call.argIs(3, "IDLE")) {
      minIdleMs = call.longArg(4);
      if (call.argCount() < 8) {
        throw CommandException.syntax();
      }
      start = 5;
    }
    long count = Math.max(0, call.longArg(start + 2));
    StreamId from = StreamIds.parseStart(call.arg(start));
    StreamId to = StreamIds.parseEnd(call.arg(start + 1));
    StreamGroup group = existing(call);
    if (start + 3 == call.argCount()) {
      return list(group.pendingIdle(from, to, count, minIdleMs, call.nowMs()), call.nowMs());
    }
    byte[] consumer = call.arg(start + 3);
    return list(
        group.pendingIdleOf(consumer, from, to, count, minIdleMs, call.nowMs()), call.nowMs());
  }

  private static Reply summary(StreamGroup group) {
    StreamId least = group.firstPending(Direction.FORWARD);
    StreamId greatest = group.firstPending(Direction.BACKWARD);
    if (least == null || greatest == null) {
      return Reply.array(Reply.ZERO, Reply.NULL, Reply.NULL, Reply.NULL_ARRAY);
    }
    List<Reply> consumers = new ArrayList<>();
    for (StreamConsumer consumer : group.consumers()) {
      if (consumer.pending() > 0) {
        Reply pending = Reply.bulk(Long.toString(consumer.pending()));
        consumers.add(Reply.array(Reply.bulk(consumer.name()), pending));
      }
    }
    return Reply.array(
        Reply.integer(group.pending()),
        StreamReplies.id(least),
        StreamReplies.id(greatest),
        Reply.array(consumers));
  }

  private static Reply list(List<PendingEntry> entries, long nowMs) {
    List<Reply> replies = new ArrayList<>(entries.size());
    for (PendingEntry entry : entries) {
      replies.add(Reply.array(
          StreamReplies.id(entry.id()),
          Reply.bulk(entry.consumer()),
          Reply.integer(entry.idleMs(nowMs)),
          Reply.integer(entry.deliveries())));
    }
    return Reply.array(replies);
  }

  // ---- XCLAIM

  private Reply xclaim(Call call) {
    StreamGroup group = existing(call);
    long minIdleMs = minIdleMs(call);
    List<StreamId> ids = leadingIds(call);
    ClaimOptions options = ClaimOptions.of(call, 5 + ids.size());
    if (options.lastId().isBehind(group.lastDelivered())) {
      group.setRead(options.lastId(), group.entriesRead());
    }
    List<StreamEntry> claimed =
        group.claim(call.arg(3), ids, options.claim(minIdleMs), call.nowMs());
    return reply(claimed, options.justIds());
  }

  /** Parses ids up to the first argument that is none. */
  private static List<StreamId> leadingIds(Call call) {
    List<StreamId> ids = new ArrayList<>();
    for (int i = 5; i < call.argCount(); i++) {
      StreamId id = StreamIds.parseOrNull(call.arg(i));
      if (id == null) {
        break;
      }
      ids.add(id);
    }
    return ids;
  }

  private static long minIdleMs(Call call) {
    String errorText = "ERR Invalid min-idle-time argument for "
        + (call.spec().name().equals("xclaim") ? "XCLAIM" : "XAUTOCLAIM");
    return Math.max(0, Args.parseLong(call.arg(4), errorText));
  }

  // ---- XAUTOCLAIM

  private Reply xautoclaim(Call call) {
    long minIdleMs = minIdleMs(call);
    StreamId start = StreamIds.parseStart(call.arg(5));
    long count = DEFAULT_COUNT;
    boolean justIds = false;
    Options options = call.optionsFrom(6);
    while (options.hasNext()) {
      if (options.takeWithValue("COUNT")) {
        count = count(options.next());
      } else if (options.take("JUSTID")) {
        justIds = true;
      } else {
        throw CommandException.syntax();
      }
    }
    StreamGroup group = existing(call);
    long deliveries = justIds ? Claim.KEPT : Claim.ONE_MORE;
    Claim claim = new Claim(minIdleMs, call.nowMs(), deliveries, Claim.Unclaimed.SKIPPED);
    StreamGroup.Claimed claimed =
        group.claimFrom(call.arg(3), start, count, count * ATTEMPTS_FACTOR, claim, call.nowMs());
    return Reply.array(
        StreamReplies.id(claimed.next()),
        reply(claimed.entries(), justIds),
        StreamReplies.ids(claimed.deleted()));
  }

  private static long count(byte[] arg) {
    long count = Args.parseLong(arg, "ERR COUNT must be > 0");
    if (count < 1 || count > MAX_COUNT) {
      throw new CommandException("ERR COUNT must be > 0");
    }
    return count;
  }

  private static Reply reply(List<StreamEntry> entries, boolean justIds) {
    return justIds ? StreamReplies.idsOf(entries) : StreamReplies.entries(entries);
  }

  private static StreamGroup existing(Call call) {
    Stream stream = new Streams(call.keyspace()).find(call.arg(1));
    StreamGroup group = stream == null ? null : stream.group(call.arg(2));
    if (group == null) {
      throw StreamErrors.noKeyOrGroup(call.arg(1), call.arg(2));
    }
    return group;
  }
}
