package pika.storage.rdb;

import java.util.List;
import pika.storage.rocks.Cursor;
import pika.storage.stream.PendingEntry;
import pika.storage.stream.Stream;
import pika.storage.stream.StreamConsumer;
import pika.storage.stream.StreamEntry;
import pika.storage.stream.StreamGroup;
import pika.storage.stream.StreamHeader;
import pika.storage.stream.StreamId;

/**
 * Dumps of streams; {@link StreamRestore} reads them, as well as the older and newer encodings.
 *
 * <pre>
 * STREAM_LISTPACKS_2 := count node* length last:id first:id max-deleted:id added groups     since 7.0
 * node     := {@link StreamNode}
 * id       := ms sequence                                     unless noted, numbers are lengths
 * groups   := count group*
 * group    := name:string last-delivered:id entries-read pending consumers
 * pending  := count (raw-id delivered-ms:u64 deliveries)*     raw-id: 16 bytes, big-endian
 * consumers := count consumer*
 * consumer := name:string seen-ms:u64 count raw-id*           STREAM_LISTPACKS_3 has active-ms:u64 after seen-ms
 *
 * STREAM_LISTPACKS has neither first, max-deleted and added nor entries-read.
 * </pre>
 */
final class StreamDump {
  /** Entries read at a time. */
  private static final int PORTION = 1000;

  private StreamDump() {}

  static void write(Stream stream, RdbOutput out) {
    StreamHeader header = stream.header();
    out.putByte(RdbType.STREAM_LISTPACKS_2.code());
    writeEntries(stream, out);
    out.putLength(header.length());
    putId(header.lastId(), out);
    putId(header.firstId(), out);
    putId(header.maxDeletedId(), out);
    out.putLength(header.added());
    List<StreamGroup> groups = stream.groups();
    out.putLength(groups.size());
    groups.forEach(group -> write(group, out));
  }

  /** Writes the entries. Their number comes first, so the nodes are collected before. */
  private static void writeEntries(Stream stream, RdbOutput out) {
    RdbOutput nodes = out.another();
    long count = 0;
    StreamId from = StreamId.ZERO;
    while (from != null) {
      List<StreamEntry> entries =
          stream.range(from, StreamId.MAX, Cursor.Direction.FORWARD, PORTION);
      for (List<StreamEntry> node : StreamNode.cut(entries)) {
        StreamNode.write(node, nodes);
        count++;
      }
      from = entries.size() < PORTION ? null : entries.get(PORTION - 1).id().next();
    }
    out.putLength(count).putBytes(nodes.toByteArray());
  }

  private static void write(StreamGroup group, RdbOutput out) {
    out.putString(group.name());
    putId(group.lastDelivered(), out);
    out.putLength(group.entriesRead());
    List<PendingEntry> pending = group.pending(StreamId.ZERO, StreamId.MAX, Long.MAX_VALUE);
    out.putLength(pending.size());
    for (PendingEntry entry : pending) {
      out.putBytes(StreamNode.id(entry.id()))
          .putLong(entry.deliveredMs())
          .putLength(entry.deliveries());
    }
    List<StreamConsumer> consumers = group.consumers();
    out.putLength(consumers.size());
    for (StreamConsumer consumer : consumers) {
      out.putString(consumer.name()).putLong(consumer.seenMs());
      List<PendingEntry> own =
          group.pendingOf(consumer.name(), StreamId.ZERO, StreamId.MAX, Long.MAX_VALUE);
      out.putLength(own.size());
      own.forEach(entry -> out.putBytes(StreamNode.id(entry.id())));
    }
  }

  private static void putId(StreamId id, RdbOutput out) {
    out.putLength(id.ms()).putLength(id.sequence());
  }
}
