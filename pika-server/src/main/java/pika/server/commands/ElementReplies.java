package pika.server.commands;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Reply;
import pika.server.command.Call;
import pika.storage.bytes.Slice;

/** Formats elements of collections. */
final class ElementReplies {
  /**
   * Longer replies are encoded by the thread that creates them, so that the loop only copies bytes.
   */
  private static final int MANY = 256;

  private ElementReplies() {}

  /** Returns the bytes, without copying. */
  static Reply bulk(Slice bytes) {
    return Reply.bulk(bytes.array(), bytes.offset(), bytes.length());
  }

  /** Returns the bytes, or null. */
  static Reply bulkOrNull(@Nullable Slice bytes) {
    return bytes == null ? Reply.NULL : bulk(bytes);
  }

  /** Returns an array of values and nulls. */
  static Reply values(List<@Nullable Slice> values) {
    List<Reply> replies = new ArrayList<>(values.size());
    values.forEach(value -> replies.add(bulkOrNull(value)));
    return Reply.array(replies);
  }

  static Reply array(Call call, List<Reply> items) {
    return written(call, items.size(), Reply.array(items));
  }

  static Reply set(Call call, List<Reply> items) {
    return written(call, items.size(), Reply.set(items));
  }

  static Reply map(Call call, List<Reply> keysAndValues) {
    return written(call, keysAndValues.size(), Reply.map(keysAndValues));
  }

  static List<Reply> bulks(List<Slice> slices) {
    List<Reply> replies = new ArrayList<>(slices.size());
    slices.forEach(slice -> replies.add(bulk(slice)));
    return replies;
  }

  private static Reply written(Call call, int size, Reply reply) {
    return size <= MANY ? reply : Reply.encoded(call.protocol(), reply);
  }
}
