package pika.storage.set;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.BigEndian;
import pika.storage.element.Elements;
import pika.storage.element.PackedElements;
import pika.storage.element.Packing;
import pika.storage.element.RowElements;
import pika.storage.key.DataType;
import pika.storage.key.KeyRecord;
import pika.storage.key.Keyspace;
import pika.storage.string.IntegerText;

/** One set, opened by one command for reading and changing; {@link #save} stores the changes. */
final class OpenSet {
  private static final byte[] NOTHING = {};

  private final Keyspace keyspace;
  private final byte[] userKey;
  private final SetLimits limits;
  private final @Nullable KeyRecord before;
  private Elements elements;
  private SetEncoding encoding;
  private boolean isChanged;

  /** Opens the set stored in the record; when that is null, an empty one without expiry. */
  OpenSet(Keyspace keyspace, byte[] userKey, SetLimits limits, @Nullable KeyRecord record) {
    this.keyspace = keyspace;
    this.userKey = userKey;
    this.limits = limits;
    this.before = record;
    if (record == null) {
      encoding = SetEncoding.INTSET;
      elements = PackedElements.empty(Packing.INTEGERS);
    } else {
      encoding = SetEncoding.of(record);
      elements = record.hasRows()
          ? RowElements.of(keyspace.rows(userKey, record), count(record))
          : PackedElements.of(record, packing(encoding));
    }
  }

  /** Returns how many members a record holds. */
  static long size(KeyRecord record) {
    return record.hasRows() ? count(record) : PackedElements.sizeOf(record);
  }

  private static long count(KeyRecord record) {
    return BigEndian.takeLong(record.array(), record.payloadOffset());
  }

  private static Packing packing(SetEncoding encoding) {
    return encoding == SetEncoding.INTSET ? Packing.INTEGERS : Packing.NAMES;
  }

  /** Returns its members, for reading. */
  Elements members() {
    return elements;
  }

  /** Adds a member; returns false when it exists. */
  boolean add(byte[] member) {
    if (elements.contains(member)) {
      return false;
    }
    addNew(member);
    return true;
  }

  /** Adds a member that is known to be absent. */
  void addNew(byte[] member) {
    isChanged = true;
    become(encodingWith(member));
    if (member.length > limits.packed().maxBytes()) {
      growToRows();
    }
    if (elements instanceof PackedElements packed) {
      packed.add(member, NOTHING);
      if (!limits.allowsPacked(encoding, packed.size(), packed.payloadBytes())) {
        growToRows();
      }
    } else {
      inRows().add(member, NOTHING);
    }
  }

  /** Removes a member; returns whether it existed. */
  boolean remove(byte[] member) {
    boolean removed = elements.remove(member) != null;
    isChanged |= removed;
    return removed;
  }

  /** Removes a member that is known to exist. */
  void drop(byte[] member) {
    isChanged = true;
    if (elements instanceof RowElements rows) {
      rows.drop(member);
    } else {
      elements.remove(member);
    }
  }

  /** Stores the set, replacing whatever is there, or deletes the key when it is empty. */
  void save() {
    if (elements.size() == 0) {
      keyspace.delete(userKey);
    } else if (isChanged) {
      KeyRecord after = record();
      if (before == null || !Arrays.equals(before.array(), after.array())) {
        keyspace.put(userKey, after);
      }
    }
  }

  private KeyRecord record() {
    long expireAtMs = before == null ? KeyRecord.NEVER : before.expireAtMs();
    if (elements instanceof PackedElements packed) {
      return KeyRecord.of(DataType.SET, encoding.id(), expireAtMs, packed.payload());
    }
    byte[] payload = new byte[Long.BYTES];
    BigEndian.putLong(payload, 0, elements.size());
    return inRows().rows().header(DataType.SET, encoding.id(), expireAtMs, payload);
  }

  // ---- form

  private SetEncoding encodingWith(byte[] member) {
    if (encoding == SetEncoding.HASHTABLE) {
      return SetEncoding.HASHTABLE;
    }
    long size = elements.size() + 1;
    if (encoding == SetEncoding.INTSET && IntegerText.isInteger(member, 0, member.length)) {
      return size <= limits.maxIntegers() ? SetEncoding.INTSET : SetEncoding.HASHTABLE;
    }
    int longest = Math.max(member.length, encoding == SetEncoding.INTSET ? longestInteger() : 0);
    return limits.packed().isCalledSmall(size, longest)
        ? SetEncoding.LISTPACK
        : SetEncoding.HASHTABLE;
  }

  private int longestInteger() {
    if (elements instanceof RowElements) {
      return IntegerText.MAX_BYTES;
    }
    int[] longest = {0};
    elements.forEach((member, nothing) -> {
      longest[0] = Math.max(longest[0], member.length());
      return true;
    });
    return longest[0];
  }

  private void become(SetEncoding wanted) {
    if (wanted != encoding) {
      if (elements instanceof PackedElements packed) {
        elements = packed.as(packing(wanted));
      }
      encoding = wanted;
    }
  }

  private void growToRows() {
    if (elements instanceof RowElements) {
      return;
    }
    RowElements grown = RowElements.create(keyspace.newRows(userKey));
    elements.forEach((member, nothing) -> {
      grown.add(member.toByteArray(), NOTHING);
      return true;
    });
    elements = grown;
  }

  private RowElements inRows() {
    return (RowElements) elements;
  }
}
