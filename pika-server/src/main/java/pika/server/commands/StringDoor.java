package pika.server.commands;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Reply;
import pika.server.command.Call;
import pika.storage.bitmap.Bitmaps;
import pika.storage.bytes.Slice;
import pika.storage.key.Keyspace;
import pika.storage.string.StringLimits;
import pika.storage.string.Strings;

/**
 * Opens the strings of a call's database.
 *
 * @param inForce supplies the current limits, which follow {@code proto-max-bulk-len}
 */
record StringDoor(Supplier<StringLimits> inForce) {

  StringLimits limits() {
    return inForce.get();
  }

  Strings strings(Call call) {
    return new Strings(call.keyspace(), limits());
  }

  Bitmaps bitmaps(Call call) {
    Keyspace keyspace = call.keyspace();
    return new Bitmaps(keyspace, new Strings(keyspace, limits()));
  }

  /** Returns the bytes, without copying, or null. */
  static Reply reply(@Nullable Slice value) {
    return value == null ? Reply.NULL : Reply.bulk(value.array(), value.offset(), value.length());
  }
}
