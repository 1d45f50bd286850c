package pika.storage.hash;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.Slice;
import pika.storage.element.Element;
import pika.storage.element.ElementFilter;
import pika.storage.element.ElementVisitor;
import pika.storage.element.Elements;
import pika.storage.element.PackedElements;
import pika.storage.element.Packing;
import pika.storage.element.RowElements;
import pika.storage.key.DataType;
import pika.storage.key.KeyRecord;
import pika.storage.key.Keyspace;
import pika.storage.packed.PackedLimits;

/**
 * One hash, opened by one command for reading and changing; {@link #save} stores the changes.
 * Expired fields are invisible, but may be among the elements until they are removed.
 */
final class OpenHash {
  /** The deadline of a field that does not exist. */
  static final long ABSENT = -2;

  private final Keyspace keyspace;
  private final byte[] userKey;
  private final PackedLimits limits;
  private final @Nullable KeyRecord before;
  private final long nowMs;
  private Elements elements;
  private HashEncoding encoding;
  /** No field expires before this time; NEVER if none does. */
  private long dueMs;

  /** The deadlines of fields in rows; null until they are needed. */
  private @Nullable FieldDeadlines deadlines;

  private boolean isChanged;
  private boolean isSet;
  private boolean isRemovedFrom;

  /** Opens the hash stored in the record; an empty one when that is null. */
  OpenHash(Keyspace keyspace, byte[] userKey, PackedLimits limits, @Nullable KeyRecord record) {
    this.keyspace = keyspace;
    this.userKey = userKey;
    this.limits = limits;
    this.before = record;
    this.nowMs = keyspace.nowMs();
    if (record == null) {
      elements = PackedElements.empty(Packing.PAIRS);
      encoding = HashEncoding.LISTPACK;
      dueMs = KeyRecord.NEVER;
    } else {
      if (record.hasRows()) {
        elements = RowElements.of(keyspace.rows(userKey, record), HashFormat.count(record));
      } else {
        elements = PackedElements.of(record, Packing.PAIRS);
      }
      encoding = HashEncoding.of(record);
      dueMs = record.partsDueMs();
    }
  }

  // ---- reading

  /** Returns the number of fields. */
  long size() {
    return mayHoldDead() ? elements.size() - countDead() : elements.size();
  }

  /** Returns the value of a field, null when it does not exist. */
  @Nullable
  Slice get(byte[] field) {
    Slice stored = elements.get(field);
    return stored == null || isDead(stored) ? null : value(stored);
  }

  /** Returns when a field expires: NEVER if it does not, ABSENT if there is no such field. */
  long deadlineMs(byte[] field) {
    Slice stored = elements.get(field);
    return stored == null || isDead(stored) ? ABSENT : deadlineMs(stored);
  }

  /** Visits all fields with their values. */
  void forEach(ElementVisitor visitor) {
    elements.forEach(living(visitor));
  }

  /** Visits a page of fields, as {@link Elements#page} does. */
  long page(long position, long count, ElementVisitor visitor) {
    return elements.page(position, count, living(visitor));
  }

  private ElementVisitor living(ElementVisitor visitor) {
    return (field, stored) -> isDead(stored) || visitor.visit(field, value(stored));
  }

  /** Returns a random field, null when there is none. */
  @Nullable
  Element draw(RandomGenerator random) {
    Element drawn = elements.draw(living(), random);
    return drawn == null ? null : withoutHead(drawn);
  }

  /** Returns different random fields. */
  List<Element> drawDistinct(long count, RandomGenerator random) {
    return withoutHeads(elements.drawDistinct(count, living(), random));
  }

  /** Returns random fields, drawn with replacement. */
  List<Element> drawRepeatedly(int count, RandomGenerator random) {
    return withoutHeads(elements.drawRepeatedly(count, living(), random));
  }

  private ElementFilter living() {
    return mayHoldDead() ? stored -> !isDead(stored) : ElementFilter.ALL;
  }

  private List<Element> withoutHeads(List<Element> drawn) {
    List<Element> values = new ArrayList<>(drawn.size());
    drawn.forEach(field -> values.add(withoutHead(field)));
    return values;
  }

  private Element withoutHead(Element field) {
    return new Element(field.name(), value(field.value()));
  }

  private boolean hasHeads() {
    return elements instanceof RowElements || encoding.hasDeadlines();
  }

  private Slice value(Slice stored) {
    return hasHeads() ? HashFormat.value(stored) : stored;
  }

  private long deadlineMs(Slice stored) {
    return hasHeads() ? HashFormat.deadlineMs(stored) : KeyRecord.NEVER;
  }

  private boolean isDead(Slice stored) {
    if (!mayHoldDead()) {
      return false;
    }
    long deadlineMs = deadlineMs(stored);
    return deadlineMs != KeyRecord.NEVER && deadlineMs <= nowMs;
  }

  private boolean mayHoldDead() {
    return dueMs != KeyRecord.NEVER && dueMs <= nowMs;
  }

  private long countDead() {
    if (elements instanceof RowElements) {
      return deadlines().countUntil(nowMs);
    }
    long[] dead = {0};
    elements.forEach((field, stored) -> {
      dead[0] += isDead(stored) ? 1 : 0;
      return true;
    });
    return dead[0];
  }

  // ---- changing

  /** Sets a field's value and clears its deadline; returns whether the field is new. */
  boolean set(byte[] field, byte[] value) {
    return set(field, Slice.of(value), KeyRecord.NEVER);
  }

  /** Sets a field's value and its deadline, or NEVER; returns whether the field is new. */
  boolean set(byte[] field, Slice value, long deadlineMs) {
    if (deadlineMs != KeyRecord.NEVER) {
      keepDeadlines();
      dueMs = dueMs == KeyRecord.NEVER ? deadlineMs : Math.min(dueMs, deadlineMs);
    }
    if ((long) field.length + value.length() > limits.maxBytes()) {
      growToRows();
    }
    byte[] stored = hasHeads() ? HashFormat.withHead(value, deadlineMs) : bytes(value);
    Slice previous = elements.put(field, stored);
    isChanged = true;
    isSet = true;
    moveDeadline(field, previous, deadlineMs);
    boolean isNew = previous == null || isDead(previous);
    noteGrowth(Math.max(field.length, value.length()));
    return isNew;
  }

  /** Sets a field's value and keeps its deadline. */
  void setKeepingDeadline(byte[] field, byte[] value) {
    long deadlineMs = hasHeads() ? deadlineMs(field) : KeyRecord.NEVER;
    set(field, Slice.of(value), deadlineMs == ABSENT ? KeyRecord.NEVER : deadlineMs);
  }

  /** Sets the deadline of an existing field, or NEVER. */
  void setDeadline(byte[] field, long deadlineMs) {
    if (deadlineMs == KeyRecord.NEVER && !encoding.hasDeadlines()) {
      return;
    }
    Slice value = get(field);
    if (value != null) {
      set(field, value, deadlineMs);
    }
  }

  /** Removes a field; returns its value, null when it did not exist. */
  @Nullable
  Slice remove(byte[] field) {
    Slice previous = elements.remove(field);
    if (previous == null) {
      return null;
    }
    isChanged = true;
    isRemovedFrom = true;
    moveDeadline(field, previous, KeyRecord.NEVER);
    return isDead(previous) ? null : value(previous);
  }

  /**
   * Removes up to about {@code limit} expired fields, all of them if the hash is packed, and
   * determines when the next are due.
   */
  void removeDead(int limit) {
    isChanged = true;
    if (elements instanceof RowElements inRows) {
      // If nothing else is left, and finding that out is cheap, the key goes as a whole.
      if (deadlines().areCounted() && size() == 0) {
        isRemovedFrom = true;
        return;
      }
      dueMs = deadlines().takeUntil(nowMs, limit, inRows::drop);
      return;
    }
    isRemovedFrom = true;
    PackedElements living = PackedElements.empty(Packing.PAIRS);
    long[] next = {KeyRecord.NEVER};
    elements.forEach((field, stored) -> {
      if (!isDead(stored)) {
        living.add(field.toByteArray(), stored.toByteArray());
        long deadlineMs = deadlineMs(stored);
        if (deadlineMs != KeyRecord.NEVER) {
          next[0] = next[0] == KeyRecord.NEVER ? deadlineMs : Math.min(next[0], deadlineMs);
        }
      }
      return true;
    });
    elements = living;
    dueMs = next[0];
  }

  /** Prepares for changes: expired fields must not be packed again. */
  OpenHash forChange() {
    if (mayHoldDead() && elements instanceof PackedElements) {
      removeDead(Integer.MAX_VALUE);
    }
    return this;
  }

  /** Stores the hash, or deletes the key when no field is left. */
  void save() {
    if (!isChanged) {
      return;
    }
    if (deadlines != null) {
      deadlines.save();
    }
    // Counting expired fields takes time, and is needed only if something was removed.
    if (elements.size() == 0 || (isRemovedFrom && size() == 0)) {
      keyspace.delete(userKey);
      return;
    }
    if (before != null && keepsHeader(before)) {
      return;
    }
    KeyRecord after = record();
    boolean isSame = before != null && Arrays.equals(before.array(), after.array());
    if (!isSame) {
      keyspace.put(userKey, after);
    } else if (isSet && elements instanceof PackedElements) {
      // Setting an identical value still counts as a write; a row records that by itself.
      keyspace.markChanged(userKey);
    }
  }

  /** Returns whether {@link #record} would be the same again, because only values in rows changed. */
  private boolean keepsHeader(KeyRecord header) {
    return header.hasRows()
        && deadlines == null
        && elements.size() == HashFormat.count(header)
        && encoding == HashEncoding.of(header)
        && dueMs == header.partsDueMs();
  }

  private KeyRecord record() {
    long expireAtMs = before == null ? KeyRecord.NEVER : before.expireAtMs();
    KeyRecord record = elements instanceof PackedElements packed
        ? KeyRecord.of(DataType.HASH, encoding.id(), expireAtMs, packed.payload())
        : inRows().rows().header(DataType.HASH, encoding.id(), expireAtMs, rowsPayload());
    return record.withPartsDue(dueMs);
  }

  // ---- form

  private byte[] rowsPayload() {
    return encoding.hasDeadlines()
        ? HashFormat.rowsPayload(
            elements.size(), deadlines().areCounted(), deadlines().start())
        : HashFormat.rowsPayload(elements.size(), false, FieldDeadlines.START);
  }

  private RowElements inRows() {
    return (RowElements) elements;
  }

  private FieldDeadlines deadlines() {
    FieldDeadlines opened = deadlines;
    if (opened == null) {
      KeyRecord header = requireNonNull(before);
      boolean areCounted =
          HashFormat.areDeadlinesCounted(header) || !HashEncoding.of(header).hasDeadlines();
      opened = new FieldDeadlines(inRows().rows(), HashFormat.deadlinesStart(header), areCounted);
      deadlines = opened;
    }
    return opened;
  }

  private void moveDeadline(byte[] field, @Nullable Slice previous, long newMs) {
    if (elements instanceof RowElements) {
      long oldMs = previous == null ? KeyRecord.NEVER : HashFormat.deadlineMs(previous);
      if (oldMs != newMs) {
        deadlines().move(field, oldMs, newMs);
      }
    }
  }

  /**
   * Converts the hash if it has outgrown its form, after setting a field whose name and value have
   * at most {@code longestBytes}.
   */
  private void noteGrowth(int longestBytes) {
    if (!limits.isCalledSmall(elements.size(), longestBytes)) {
      encoding = encoding.large();
    }
    if (elements instanceof PackedElements packed
        && !limits.allowsPacked(packed.size(), packed.payloadBytes())) {
      growToRows();
    }
  }

  private void growToRows() {
    if (elements instanceof RowElements) {
      return;
    }
    RowElements grown = RowElements.create(keyspace.newRows(userKey));
    FieldDeadlines moved = new FieldDeadlines(grown.rows(), FieldDeadlines.START, true);
    elements.forEach((name, stored) -> {
      byte[] field = name.toByteArray();
      long deadlineMs = deadlineMs(stored);
      grown.add(field, HashFormat.withHead(value(stored), deadlineMs));
      moved.move(field, KeyRecord.NEVER, deadlineMs);
      return true;
    });
    elements = grown;
    deadlines = moved;
  }

  /** Switches to an encoding whose values can carry deadlines. */
  private void keepDeadlines() {
    if (!hasHeads()) {
      PackedElements withHeads = PackedElements.empty(Packing.PAIRS);
      elements.forEach((field, value) -> {
        withHeads.add(field.toByteArray(), HashFormat.withHead(value, KeyRecord.NEVER));
        return true;
      });
      elements = withHeads;
    }
    encoding = encoding.withDeadlines();
  }

  private static byte[] bytes(Slice slice) {
    boolean isWhole = slice.offset() == 0 && slice.length() == slice.array().length;
    return isWhole ? slice.array() : slice.toByteArray();
  }
}
