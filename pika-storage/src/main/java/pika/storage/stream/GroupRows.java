package pika.storage.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.KeyRange;
import pika.storage.key.Rows;
import pika.storage.rocks.Cursor;

/**
 * The rows of one group: its consumers and its pending entries. Confined to the thread of its unit.
 */
final class GroupRows {
  private final Rows rows;
  private final int number;

  GroupRows(Rows rows, int number) {
    this.rows = rows;
    this.number = number;
  }

  void put(GroupState state) {
    rows.put(StreamFormat.groupRow(state.name()), StreamFormat.group(state));
  }

  // ---- consumers

  @Nullable
  StreamConsumer consumer(byte[] name) {
    byte[] value = rows.get(StreamFormat.consumerRow(number, name));
    return value == null ? null : StreamFormat.consumer(name, value);
  }

  List<StreamConsumer> consumers() {
    List<StreamConsumer> consumers = new ArrayList<>();
    try (Cursor cursor = rows.walk(StreamFormat.consumerRows(number), Cursor.Direction.FORWARD)) {
      for (; cursor.valid(); cursor.next()) {
        byte[] name = StreamFormat.consumerName(rows.name(cursor.key()));
        consumers.add(StreamFormat.consumer(name, cursor.value()));
      }
    }
    return consumers;
  }

  void put(StreamConsumer consumer) {
    rows.put(StreamFormat.consumerRow(number, consumer.name()), StreamFormat.consumer(consumer));
  }

  void delete(StreamConsumer consumer) {
    rows.delete(StreamFormat.consumerRow(number, consumer.name()));
  }

  // ---- what is pending

  @Nullable
  PendingEntry pending(StreamId id) {
    byte[] value = rows.get(StreamFormat.pendingRow(number, id));
    return value == null ? null : StreamFormat.pending(id, value);
  }

  /**
   * Passes the pending entries from {@code first} to {@code last}, inclusive, to {@code wanted}
   * until it returns false.
   */
  void walkPending(
      StreamId first, StreamId last, Cursor.Direction direction, Predicate<PendingEntry> wanted) {
    if (!first.isBehind(last)) {
      walk(rows.walk(StreamFormat.pendingRows(number, first, last), direction), wanted);
    }
  }

  /**
   * Returns the first pending entry of a range in the given direction, null when there is none.
   * Reads from memory where it can, so there should be few deleted rows before it.
   */
  @Nullable
  PendingEntry firstPending(StreamId first, StreamId last, Cursor.Direction direction) {
    List<PendingEntry> found = new ArrayList<>();
    walk(rows.walkFew(StreamFormat.pendingRows(number, first, last), direction), entry -> {
      found.add(entry);
      return false;
    });
    return found.isEmpty() ? null : found.get(0);
  }

  /**
   * Like {@link #walkPending}, over a range that spans {@code entries} entries of the stream;
   * hardly any others should be pending.
   */
  void walkPendingAmong(
      int entries, StreamId first, StreamId last, Predicate<PendingEntry> wanted) {
    KeyRange range = StreamFormat.pendingRows(number, first, last);
    Cursor.Direction forward = Cursor.Direction.FORWARD;
    walk(entries <= Stream.FEW ? rows.walkFew(range, forward) : rows.walk(range, forward), wanted);
  }

  private void walk(Cursor pending, Predicate<PendingEntry> wanted) {
    try (Cursor cursor = pending) {
      boolean more = true;
      for (; more && cursor.valid(); cursor.next()) {
        StreamId id = StreamFormat.lastId(rows.name(cursor.key()));
        more = wanted.test(StreamFormat.pending(id, cursor.value()));
      }
    }
  }

  /**
   * Passes the ids of a consumer's pending entries from {@code first} to {@code last}, inclusive,
   * to {@code wanted} until it returns false.
   */
  void walkPendingOf(byte[] consumer, StreamId first, StreamId last, Predicate<StreamId> wanted) {
    if (first.isBehind(last)) {
      return;
    }
    try (Cursor cursor = rows.walk(
        StreamFormat.pendingRowsOf(number, consumer, first, last), Cursor.Direction.FORWARD)) {
      boolean more = true;
      for (; more && cursor.valid(); cursor.next()) {
        more = wanted.test(StreamFormat.lastId(rows.name(cursor.key())));
      }
    }
  }

  /**
   * Sets a pending entry.
   *
   * @param before its previous state, null when it was not pending
   */
  void put(PendingEntry entry, @Nullable PendingEntry before) {
    rows.put(StreamFormat.pendingRow(number, entry.id()), StreamFormat.pending(entry));
    if (before != null && before.belongsTo(entry.consumer())) {
      return;
    }
    if (before != null) {
      rows.deleteWalked(StreamFormat.pendingRowOf(number, before.consumer(), before.id()));
    }
    rows.put(StreamFormat.pendingRowOf(number, entry.consumer(), entry.id()), Rows.ONLY_WALKED);
  }

  void delete(PendingEntry entry) {
    delete(entry.id(), entry.consumer());
  }

  /** Deletes a pending entry, given its id and consumer. */
  void delete(StreamId id, byte[] consumer) {
    rows.delete(StreamFormat.pendingRow(number, id));
    rows.deleteWalked(StreamFormat.pendingRowOf(number, consumer, id));
  }
}
