package pika.storage.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.Hash64;
import pika.storage.rocks.Cursor;

/**
 * The pending entries of one group. Iterations keep to the bounds of their ids, so that they don't
 * step over tombstones of everything ever acknowledged. Whoever changes something stores
 * {@link #ids} with the group. Confined to the thread of its unit.
 */
final class PendingEntries {
  /** One id in this many narrows the bounds when it is acknowledged. */
  private static final int NARROWING_IDS = 128;

  private final GroupRows rows;
  private PendingIds ids;

  PendingEntries(GroupRows rows, PendingIds ids) {
    this.rows = rows;
    this.ids = ids;
  }

  /** Returns how many there are, and the bounds of their ids. */
  PendingIds ids() {
    return ids;
  }

  // ---- reading

  @Nullable
  PendingEntry get(StreamId id) {
    return rows.pending(id);
  }

  /** Returns the lowest or the greatest pending id; null when nothing is pending. */
  @Nullable
  StreamId first(Cursor.Direction direction) {
    PendingEntry first =
        ids.count() == 0 ? null : rows.firstPending(ids.least(), ids.greatest(), direction);
    return first == null ? null : first.id();
  }

  /** Returns those of some consecutive entries of the stream, at least one, that are pending. */
  Map<StreamId, PendingEntry> among(List<StreamEntry> entries) {
    Map<StreamId, PendingEntry> pending = new TreeMap<>();
    StreamId first = ids.notBelow(entries.get(0).id());
    StreamId last = ids.notAbove(entries.get(entries.size() - 1).id());
    if (ids.count() > 0 && !first.isBehind(last)) {
      rows.walkPendingAmong(entries.size(), first, last, entry -> {
        pending.put(entry.id(), entry);
        return true;
      });
    }
    return pending;
  }

  /** See {@link StreamGroup#pendingIdle}. */
  List<PendingEntry> idle(StreamId first, StreamId last, long count, long minIdleMs, long nowMs) {
    List<PendingEntry> entries = new ArrayList<>();
    if (count > 0 && ids.count() > 0) {
      Cursor.Direction forward = Cursor.Direction.FORWARD;
      rows.walkPending(ids.notBelow(first), ids.notAbove(last), forward, entry -> {
        if (minIdleMs == 0 || entry.idleMs(nowMs) >= minIdleMs) {
          entries.add(entry);
        }
        return entries.size() < count;
      });
    }
    return entries;
  }

  /** See {@link StreamGroup#pendingIdleOf}. */
  List<PendingEntry> idleOf(
      byte[] consumer, StreamId first, StreamId last, long count, long minIdleMs, long nowMs) {
    List<PendingEntry> entries = new ArrayList<>();
    if (count > 0 && ids.count() > 0) {
      rows.walkPendingOf(consumer, ids.notBelow(first), ids.notAbove(last), id -> {
        PendingEntry entry = rows.pending(id);
        if (entry != null && (minIdleMs == 0 || entry.idleMs(nowMs) >= minIdleMs)) {
          entries.add(entry);
        }
        return entries.size() < count;
      });
    }
    return entries;
  }

  // ---- changing

  /**
   * Sets an entry.
   *
   * @param before its previous state, null when it was not pending
   */
  void put(PendingEntry entry, @Nullable PendingEntry before) {
    rows.put(entry, before);
    if (before == null) {
      ids = ids.with(entry.id());
    }
  }

  /** Removes an entry. */
  void remove(PendingEntry entry) {
    rows.delete(entry);
    ids = ids.without(1);
    if (isNarrowing(entry.id())) {
      narrow();
    }
  }

  /** Removes all entries of a consumer. */
  void removeAllOf(StreamConsumer consumer) {
    if (consumer.pending() == 0) {
      return;
    }
    byte[] name = consumer.name();
    rows.walkPendingOf(name, ids.least(), ids.greatest(), id -> {
      rows.delete(id, name);
      return true;
    });
    ids = ids.without(consumer.pending());
    narrow();
  }

  /**
   * Returns whether an id is one of those that narrow the bounds. Looking for bounds costs as much
   * as the acknowledgement itself, and nothing counts acknowledgements from one command to the
   * next. So it is left to a hash, which makes the ids one in {@link #NARROWING_IDS} however
   * regular they are: full seconds, say, or sequence numbers that a client chose.
   */
  private static boolean isNarrowing(StreamId id) {
    return Hash64.of(StreamFormat.entryRow(id)) % NARROWING_IDS == 0;
  }

  /**
   * Looks for the bounds anew. The old ones hold as well, but may be wide. Few tombstones are to be
   * expected within them: about {@link #NARROWING_IDS}, if entries are acknowledged in their order.
   */
  private void narrow() {
    StreamId least = first(Cursor.Direction.FORWARD);
    StreamId greatest = first(Cursor.Direction.BACKWARD);
    if (least != null && greatest != null) {
      ids = new PendingIds(ids.count(), least, greatest);
    }
  }
}
