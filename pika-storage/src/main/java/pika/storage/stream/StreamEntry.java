package pika.storage.stream;

import java.util.List;
import pika.storage.bytes.Slice;

/**
 * An entry of a stream.
 *
 * @param fields names and values in turn, as they were given; none when the entry was deleted after
 *     it was delivered
 */
public record StreamEntry(StreamId id, List<Slice> fields) {
  static StreamEntry deleted(StreamId id) {
    return new StreamEntry(id, List.of());
  }
}
