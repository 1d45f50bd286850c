package pika.storage.stream;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import pika.storage.key.Rows;
import pika.storage.rocks.Cursor;

/**
 * One consumer group inside one unit of work: each entry is delivered to one consumer and is
 * pending until that one acknowledges it. Confined to the thread of its unit.
 */
public final class StreamGroup {
  private final Stream stream;
  private final GroupRows rows;
  private final PendingEntries pending;
  /** Up to date but for what is pending, which {@link #save()} enters. */
  private GroupState state;
  /** Consumers looked up so far, so that each has one object; absent ones are not cached. */
  private final Map<ByteBuffer, StreamConsumer> consumers = new HashMap<>();

  StreamGroup(Stream stream, Rows rows, GroupState state) {
    this.stream = stream;
    this.rows = new GroupRows(rows, state.number());
    this.pending = new PendingEntries(this.rows, state.pending());
    this.state = state;
  }

  int number() {
    return state.number();
  }

  /** Returns its name, unique in the stream. */
  public byte[] name() {
    return state.name();
  }

  /** Returns the last delivered id. */
  public StreamId lastDelivered() {
    return state.lastDelivered();
  }

  /**
   * Returns how many entries had been added up to that id, {@link StreamHeader#UNKNOWN} if unknown.
   */
  public long entriesRead() {
    return state.entriesRead();
  }

  /** Returns how many entries it has yet to read; empty when unknown. */
  public OptionalLong lag() {
    return stream.header().lag(state.lastDelivered(), state.entriesRead());
  }

  /** Returns how many entries are pending. */
  public long pending() {
    return pending.ids().count();
  }

  /** Returns how many consumers it has. */
  public long consumerCount() {
    return state.consumers();
  }

  /** Sets how far the group has read. */
  public void setRead(StreamId lastDelivered, long entriesRead) {
    state = state.readUpTo(lastDelivered, entriesRead);
    save();
  }

  // ---- consumers

  /** Returns a consumer, null when there is none of this name. */
  public @Nullable StreamConsumer consumer(byte[] name) {
    ByteBuffer key = ByteBuffer.wrap(name);
    StreamConsumer consumer = consumers.get(key);
    if (consumer == null) {
      consumer = rows.consumer(name);
      if (consumer != null) {
        consumers.put(key, consumer);
      }
    }
    return consumer;
  }

  /** Returns all consumers in name order. */
  public List<StreamConsumer> consumers() {
    return rows.consumers();
  }

  /** Returns a consumer that is reading now, creating it if necessary. */
  private StreamConsumer seen(byte[] name, long nowMs) {
    createConsumer(name, nowMs);
    StreamConsumer consumer = existing(name);
    consumer.seen(nowMs);
    rows.put(consumer);
    return consumer;
  }

  /** Creates a consumer; returns false when there is one of this name. */
  public boolean createConsumer(byte[] name, long nowMs) {
    if (consumer(name) != null) {
      return false;
    }
    StreamConsumer consumer = new StreamConsumer(name, nowMs, StreamConsumer.NEVER, 0);
    consumers.put(ByteBuffer.wrap(name), consumer);
    rows.put(consumer);
    state = state.withConsumers(1);
    stream.addConsumers(1);
    save();
    return true;
  }

  /** Removes a consumer and its pending entries; returns how many there were. */
  public long deleteConsumer(byte[] name) {
    StreamConsumer consumer = consumer(name);
    if (consumer == null) {
      return 0;
    }
    pending.removeAllOf(consumer);
    rows.delete(consumer);
    consumers.remove(ByteBuffer.wrap(name));
    state = state.withConsumers(-1);
    stream.addConsumers(-1);
    save();
    return consumer.pending();
  }

  /** Restores a consumer from a dump; none of its name may exist. */
  public void addConsumer(byte[] name, long seenMs, long activeMs) {
    StreamConsumer consumer = new StreamConsumer(name, seenMs, activeMs, 0);
    consumers.put(ByteBuffer.wrap(name), consumer);
    state = state.withConsumers(1);
    stream.addConsumers(1);
    save(consumer);
  }

  /** Restores a pending entry from a dump; it must not be pending yet. */
  public void addPending(PendingEntry entry) {
    StreamConsumer consumer = existing(entry.consumer());
    assign(entry.id(), null, consumer, entry.deliveredMs(), entry.deliveries());
    save(consumer);
  }

  private StreamConsumer existing(byte[] name) {
    StreamConsumer consumer = consumer(name);
    if (consumer == null) {
      throw new IllegalStateException("pending entries of a consumer that isn't there");
    }
    return consumer;
  }

  // ---- reading

  /**
   * Delivers the next entries to a consumer, which is created if there are any; they become
   * pending.
   *
   * @param count how many at most, 0 for all
   */
  public List<StreamEntry> deliver(byte[] consumer, long count, long nowMs) {
    List<StreamEntry> entries = deliverForGood(consumer, count, nowMs);
    if (entries.isEmpty()) {
      return entries;
    }
    // They may be pending already, if the group was set back or they were claimed with FORCE.
    Map<StreamId, PendingEntry> before = pending.among(entries);
    StreamConsumer reader = existing(consumer);
    for (StreamEntry entry : entries) {
      assign(entry.id(), before.get(entry.id()), reader, nowMs, 1);
    }
    save(reader);
    return entries;
  }

  /** Delivers without requiring acknowledgement (NOACK): the entries do not become pending. */
  public List<StreamEntry> deliverForGood(byte[] consumer, long count, long nowMs) {
    List<StreamEntry> entries = stream.behind(state.lastDelivered(), count);
    if (entries.isEmpty()) {
      if (consumer(consumer) != null) {
        seen(consumer, nowMs);
      }
      return entries;
    }
    StreamConsumer reader = seen(consumer, nowMs);
    reader.active(nowMs);
    readTo(entries);
    save(reader);
    return entries;
  }

  private void readTo(List<StreamEntry> entries) {
    StreamHeader header = stream.header();
    long read = state.entriesRead();
    for (StreamEntry entry : entries) {
      if (read != StreamHeader.UNKNOWN && !header.hasGapFrom(entry.id())) {
        read++;
      } else if (header.added() > 0) {
        read = header.addedUpTo(entry.id());
      }
    }
    state = state.readUpTo(entries.get(entries.size() - 1).id(), read);
  }

  /**
   * Delivers a consumer's pending entries after {@code id} again, creating the consumer if
   * necessary; entries deleted from the stream come without fields.
   *
   * @param count how many at most, 0 for all
   */
  public List<StreamEntry> deliverAgain(byte[] consumer, StreamId id, long count, long nowMs) {
    StreamConsumer reader = seen(consumer, nowMs);
    List<StreamEntry> entries = new ArrayList<>();
    StreamId first = id.next();
    if (first == null || reader.pending() == 0) {
      return entries;
    }
    long most = count == 0 ? Long.MAX_VALUE : count;
    for (PendingEntry before : pendingOf(consumer, first, StreamId.MAX, most)) {
      StreamEntry entry = stream.get(before.id());
      if (entry == null) {
        entries.add(StreamEntry.deleted(before.id()));
      } else {
        entries.add(entry);
        assign(before.id(), before, reader, nowMs, before.deliveries() + 1);
      }
    }
    return entries;
  }

  /** Acknowledges entries; returns how many of them were pending. */
  public long acknowledge(List<StreamId> ids) {
    long acknowledged = 0;
    for (StreamId id : ids) {
      PendingEntry entry = pending.get(id);
      if (entry != null) {
        release(entry);
        acknowledged++;
      }
    }
    return acknowledged;
  }

  // ---- what is pending

  /** Returns the lowest or the greatest pending id; null when nothing is pending. */
  public @Nullable StreamId firstPending(Cursor.Direction direction) {
    return pending.first(direction);
  }

  /**
   * Returns the first {@code count} pending entries from {@code first} to {@code last}, inclusive.
   */
  public List<PendingEntry> pending(StreamId first, StreamId last, long count) {
    return pendingIdle(first, last, count, 0, 0);
  }

  /** Like {@link #pending}, for entries that have been idle for at least {@code minIdleMs}. */
  public List<PendingEntry> pendingIdle(
      StreamId first, StreamId last, long count, long minIdleMs, long nowMs) {
    return pending.idle(first, last, count, minIdleMs, nowMs);
  }

  /** Like {@link #pending}, for one consumer. */
  public List<PendingEntry> pendingOf(byte[] consumer, StreamId first, StreamId last, long count) {
    return pendingIdleOf(consumer, first, last, count, 0, 0);
  }

  /** Like {@link #pendingIdle}, for one consumer. */
  public List<PendingEntry> pendingIdleOf(
      byte[] consumer, StreamId first, StreamId last, long count, long minIdleMs, long nowMs) {
    return pending.idleOf(consumer, first, last, count, minIdleMs, nowMs);
  }

  // ---- claiming

  /**
   * Transfers pending entries to a consumer, which is created if there are any, and returns them;
   * entries deleted from the stream stop being pending.
   */
  public List<StreamEntry> claim(byte[] consumer, List<StreamId> ids, Claim claim, long nowMs) {
    List<StreamEntry> claimed = new ArrayList<>();
    for (StreamId id : ids) {
      PendingEntry before = pending.get(id);
      StreamEntry entry = stream.get(id);
      if (entry == null) {
        if (before != null) {
          release(before);
        }
      } else if (take(id, before, consumer, claim, nowMs)) {
        claimed.add(entry);
      }
    }
    return claimed;
  }

  private boolean take(
      StreamId id, @Nullable PendingEntry before, byte[] consumer, Claim claim, long nowMs) {
    boolean wanted = before == null
        ? claim.unclaimed() == Claim.Unclaimed.TAKEN
        : nowMs - before.deliveredMs() >= claim.minIdleMs() || claim.minIdleMs() == 0;
    if (!wanted) {
      return false;
    }
    long deliveries = claim.deliveriesAfter(before == null ? 1 : before.deliveries());
    StreamConsumer taker = seen(consumer, nowMs);
    assign(id, before, taker, claim.deliveredMs(), deliveries);
    taker.active(nowMs);
    save(taker);
    return true;
  }

  /**
   * The result of {@link #claimFrom}.
   *
   * @param next where to continue, {@link StreamId#ZERO} when everything was visited
   * @param deleted ids that were pending but are deleted from the stream; they are not pending any
   *     more
   */
  public record Claimed(StreamId next, List<StreamEntry> entries, List<StreamId> deleted) {}

  /**
   * Transfers pending entries from {@code first} on to a consumer, as {@link #claim} does.
   *
   * @param count how many at most, including deleted ones
   * @param attempts how many entries to look at, at most
   */
  public Claimed claimFrom(
      byte[] consumer, StreamId first, long count, long attempts, Claim claim, long nowMs) {
    Candidates candidates = new Candidates(first);
    List<StreamEntry> claimed = new ArrayList<>();
    List<StreamId> deleted = new ArrayList<>();
    long looked = 0;
    for (PendingEntry entry = candidates.next();
        entry != null && looked < attempts && claimed.size() + deleted.size() < count;
        entry = candidates.next(), looked++) {
      StreamEntry found = stream.get(entry.id());
      if (found == null) {
        release(entry);
        deleted.add(entry.id());
      } else if (take(entry.id(), entry, consumer, claim, nowMs)) {
        claimed.add(found);
      }
    }
    PendingEntry next = candidates.present();
    return new Claimed(next == null ? StreamId.ZERO : next.id(), claimed, deleted);
  }

  /** Reads pending entries in portions, because they change during the iteration. */
  private final class Candidates {
    private static final int PORTION = 100;

    private @Nullable StreamId from;
    private List<PendingEntry> portion = List.of();
    private int at;
    private @Nullable PendingEntry present;

    Candidates(StreamId first) {
      this.from = first;
    }

    @Nullable
    PendingEntry next() {
      if (at == portion.size() && from != null) {
        portion = pending(from, StreamId.MAX, PORTION);
        at = 0;
        from = portion.isEmpty() ? null : portion.get(portion.size() - 1).id().next();
      }
      present = at < portion.size() ? portion.get(at++) : null;
      return present;
    }

    /** Returns the last result of {@link #next}. */
    @Nullable
    PendingEntry present() {
      return present;
    }
  }

  // ---- changes

  private void assign(
      StreamId id,
      @Nullable PendingEntry before,
      StreamConsumer to,
      long deliveredMs,
      long deliveries) {
    pending.put(new PendingEntry(id, to.name(), deliveredMs, deliveries), before);
    if (before == null) {
      to.addPending(1);
    } else if (!before.belongsTo(to.name())) {
      StreamConsumer from = existing(before.consumer());
      from.addPending(-1);
      rows.put(from);
      to.addPending(1);
    }
  }

  private void release(PendingEntry entry) {
    pending.remove(entry);
    StreamConsumer consumer = existing(entry.consumer());
    consumer.addPending(-1);
    save(consumer);
  }

  private void save(StreamConsumer consumer) {
    rows.put(consumer);
    save();
  }

  private void save() {
    state = state.withPending(pending.ids());
    rows.put(state);
  }
}
