package pika.storage.stream;

import java.util.List;
import pika.storage.bytes.Slice;

/**
 * An entry of a stream.
 *
 * @param fields alternating names and values, as given; empty when the entry was deleted after it
 *     was delivered
 */
public record StreamEntry(StreamId id, List<Slice> fields) {
  static StreamEntry deleted(StreamId id) {
    return new StreamEntry(id, List.of());
  }
}
