package pika.server.commands;

import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.server.command.EventNaming;
import pika.storage.key.DataType;
import pika.storage.key.KeyChange;
import pika.storage.key.KeyRecord;
import pika.storage.stream.StreamHeader;
import pika.storage.stream.Streams;

/** Names the keyspace events of streams where they are not the command's name. */
final class StreamEvents {
  /** An entry was added, and perhaps others were trimmed. */
  static final EventNaming ADDED = EventNaming.each(
      (args, change) -> hasLost(change) ? List.of("xadd", "xtrim") : List.of("xadd"));

  /** Reading in a group has no event, except for a consumer that it creates. */
  static final EventNaming READ = EventNaming.each(
      (args, change) -> hasNewConsumer(change) ? List.of("xgroup-createconsumer") : List.of());

  private StreamEvents() {}

  private static boolean hasLost(KeyChange change) {
    StreamHeader before = header(change.before());
    StreamHeader after = header(change.after());
    long length = before == null ? 0 : before.length();
    return after != null && after.length() != length + 1;
  }

  private static boolean hasNewConsumer(KeyChange change) {
    StreamHeader before = header(change.before());
    StreamHeader after = header(change.after());
    return before != null && after != null && after.consumers() > before.consumers();
  }

  private static @Nullable StreamHeader header(@Nullable KeyRecord record) {
    return record == null || record.type() != DataType.STREAM ? null : Streams.headerOf(record);
  }
}
