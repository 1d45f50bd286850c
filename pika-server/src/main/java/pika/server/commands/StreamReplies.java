package pika.server.commands;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Protocol;
import pika.net.resp.Reply;
import pika.net.resp.RespWriter;
import pika.storage.bytes.Slice;
import pika.storage.stream.StreamEntry;
import pika.storage.stream.StreamId;

/** Formats stream entries as Redis does. */
final class StreamReplies {
  private StreamReplies() {}

  static Reply id(StreamId id) {
    return Reply.bulk(id.toString());
  }

  static Reply ids(List<StreamId> ids) {
    return Reply.array(ids.stream().map(StreamReplies::id).toList());
  }

  /** Returns the id and the list of fields, which is null for a deleted entry. */
  static Reply entry(StreamEntry entry) {
    if (entry.fields().isEmpty()) {
      return Reply.array(id(entry.id()), Reply.NULL_ARRAY);
    }
    List<Reply> fields = new ArrayList<>(entry.fields().size());
    for (Slice field : entry.fields()) {
      fields.add(Reply.bulk(field.array(), field.offset(), field.length()));
    }
    return Reply.array(id(entry.id()), Reply.array(fields));
  }

  static Reply entryOrNull(@Nullable StreamEntry entry) {
    return entry == null ? Reply.NULL : entry(entry);
  }

  static Reply entries(List<StreamEntry> entries) {
    return Reply.array(entries.stream().map(StreamReplies::entry).toList());
  }

  static Reply idsOf(List<StreamEntry> entries) {
    return Reply.array(entries.stream().map(entry -> id(entry.id())).toList());
  }

  /**
   * Entries of several streams: a map in RESP3, a list of pairs in RESP2.
   *
   * @param keysAndEntries alternating keys and lists of entries
   */
  record OfStreams(List<Reply> keysAndEntries) implements Reply {
    @Override
    public void writeTo(RespWriter out) {
      int pairs = keysAndEntries.size() / 2;
      boolean isMap = out.protocol() == Protocol.RESP3;
      if (isMap) {
        out.mapHeader(pairs);
      } else {
        out.arrayHeader(pairs);
      }
      for (int i = 0; i < keysAndEntries.size(); i++) {
        if (!isMap && i % 2 == 0) {
          out.arrayHeader(2);
        }
        keysAndEntries.get(i).writeTo(out);
      }
    }
  }
}
