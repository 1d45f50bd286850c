package pika.storage.rdb;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import pika.storage.stream.PendingEntry;
import pika.storage.stream.Stream;
import pika.storage.stream.StreamGroup;
import pika.storage.stream.StreamId;

/** Reads a dumped stream, see {@link StreamDump}, into a new one. */
final class StreamRestore {
  private static final byte[] NOBODY = {};

  private final RdbType type;
  private final RdbInput in;
  private final Stream stream;

  StreamRestore(RdbType type, RdbInput in, Stream stream) {
    this.type = type;
    this.in = in;
    this.stream = stream;
  }

  void read() {
    for (long nodes = in.takeCount(); nodes > 0; nodes--) {
      StreamNode.read(in, this::append);
    }
    long length = in.takeLength();
    StreamId last = takeId();
    if (length != stream.header().length() || last.isBefore(stream.header().lastId())) {
      throw new RdbException("a stream with other entries than it says");
    }
    StreamId maxDeleted = StreamId.ZERO;
    long added = length;
    if (type != RdbType.STREAM_LISTPACKS) {
      takeId();
      maxDeleted = takeId();
      added = in.takeLength();
    }
    stream.setIds(added, last, maxDeleted);
    for (long groups = in.takeCount(); groups > 0; groups--) {
      readGroup();
    }
  }

  private void append(StreamId id, List<byte[]> fields) {
    if (!id.isBehind(stream.header().lastId())) {
      throw new RdbException("entries out of order");
    }
    stream.append(id, fields);
  }

  private void readGroup() {
    byte[] name = in.takeString();
    StreamId lastDelivered = takeId();
    long entriesRead = type == RdbType.STREAM_LISTPACKS
        ? stream.header().addedUpTo(lastDelivered)
        : in.takeNumber();
    if (stream.group(name) != null) {
      throw new RdbException("a group twice");
    }
    StreamGroup group = stream.createGroup(name, lastDelivered, entriesRead);
    Map<StreamId, PendingEntry> pending = takePending();
    for (long consumers = in.takeCount(); consumers > 0; consumers--) {
      readConsumer(group, pending);
    }
    if (!pending.isEmpty()) {
      throw new RdbException("something pending for nobody");
    }
  }

  private Map<StreamId, PendingEntry> takePending() {
    Map<StreamId, PendingEntry> pending = new TreeMap<>();
    for (long left = in.takeCount(); left > 0; left--) {
      StreamId id = StreamNode.takeId(in);
      PendingEntry entry = new PendingEntry(id, NOBODY, in.takeLong(), in.takeLength());
      if (pending.put(id, entry) != null) {
        throw new RdbException("something pending twice");
      }
    }
    return pending;
  }

  private void readConsumer(StreamGroup group, Map<StreamId, PendingEntry> pending) {
    byte[] name = in.takeString();
    long seenMs = in.takeLong();
    long activeMs = type == RdbType.STREAM_LISTPACKS_3 ? in.takeLong() : seenMs;
    if (group.consumer(name) != null) {
      throw new RdbException("a consumer twice");
    }
    group.addConsumer(name, seenMs, activeMs);
    for (long left = in.takeCount(); left > 0; left--) {
      PendingEntry entry = pending.remove(StreamNode.takeId(in));
      if (entry == null) {
        throw new RdbException("something pending that the group doesn't know");
      }
      group.addPending(new PendingEntry(entry.id(), name, entry.deliveredMs(), entry.deliveries()));
    }
  }

  private StreamId takeId() {
    long ms = in.takeNumber();
    return new StreamId(ms, in.takeNumber());
  }
}
