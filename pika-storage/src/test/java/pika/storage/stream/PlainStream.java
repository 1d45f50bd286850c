package pika.storage.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A model of streams: sorted maps. */
final class PlainStream {
  /** An unacknowledged entry: its consumer, and how often it was delivered. */
  record Pending(String consumer, long deliveries) {}

  /** A group: the last id read, its consumers, and the pending entries. */
  static final class Group {
    StreamId read;
    final List<String> consumers = new ArrayList<>();
    final NavigableMap<StreamId, Pending> pending = new TreeMap<>();

    Group(StreamId read) {
      this.read = read;
    }

    Group(Group other) {
      this(other.read);
      consumers.addAll(other.consumers);
      pending.putAll(other.pending);
    }

    void give(StreamId id, String consumer, long deliveries) {
      pending.put(id, new Pending(consumer, deliveries));
    }

    void meet(String consumer) {
      if (!consumers.contains(consumer)) {
        consumers.add(consumer);
      }
    }

    long pendingOf(String consumer) {
      return pending.values().stream()
          .filter(p -> p.consumer().equals(consumer))
          .count();
    }
  }

  final NavigableMap<StreamId, String> entries = new TreeMap<>();
  final Map<String, Group> groups = new TreeMap<>();
  long added;
  StreamId last = StreamId.ZERO;
  StreamId maxDeleted = StreamId.ZERO;

  PlainStream() {}

  PlainStream(PlainStream other) {
    entries.putAll(other.entries);
    other.groups.forEach((name, group) -> groups.put(name, new Group(group)));
    added = other.added;
    last = other.last;
    maxDeleted = other.maxDeleted;
  }

  void add(StreamId id, String value) {
    entries.put(id, value);
    added++;
    last = id;
  }

  long delete(List<StreamId> ids) {
    long deleted = 0;
    for (StreamId id : ids) {
      if (entries.remove(id) != null) {
        deleted++;
        maxDeleted = id.isBehind(maxDeleted) ? id : maxDeleted;
      }
    }
    return deleted;
  }

  /** Removes {@code count} entries from the front. */
  void cutOff(long count) {
    for (long i = 0; i < count; i++) {
      entries.pollFirstEntry();
    }
  }

  StreamId first() {
    return entries.isEmpty() ? StreamId.ZERO : entries.firstKey();
  }
}
