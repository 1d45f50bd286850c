package pika.storage.hash;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.Slice;
import pika.storage.element.PackedElements;
import pika.storage.element.Packing;
import pika.storage.key.DataType;
import pika.storage.key.ExpireCondition;
import pika.storage.key.KeyRecord;
import pika.storage.key.Keyspace;
import pika.storage.key.WrongTypeException;
import pika.storage.packed.PackedLimits;
import pika.storage.string.Expiry;

/**
 * Deadlines of single fields of hashes, in milliseconds since 1970. An expired field is invisible
 * at once and removed soon after, together with the hash when no other field is left. If a key
 * holds another type, every method throws {@link WrongTypeException}. Confined to the thread of its
 * unit.
 */
public final class FieldExpiry {
  /** The deadline reported for a field that does not exist. */
  public static final long NO_FIELD = OpenHash.ABSENT;

  /** The deadline reported for a field without one. */
  public static final long NO_DEADLINE = KeyRecord.NEVER;

  /** Fields removed in one step, for which other commands on the hash have to wait. */
  private static final int REMOVED_AT_ONCE = 256;

  /** The result of setting or removing a deadline. */
  public enum Outcome {
    /** The field does not exist. */
    NO_FIELD(-2),
    /** The deadline was to be removed, but the field has none. */
    NO_DEADLINE(-1),
    /** The condition doesn't hold. */
    REFUSED(0),
    /** It was set or removed. */
    DONE(1),
    /** It was not in the future, so the field was removed. */
    REMOVED(2);

    private final int code;

    Outcome(int code) {
      this.code = code;
    }

    /** Returns the number that Redis replies. */
    public int code() {
      return code;
    }
  }

  private final Keyspace keyspace;
  private final PackedLimits limits;

  /**
   * Creates the view.
   *
   * @param limits up to which size hashes are small
   */
  public FieldExpiry(Keyspace keyspace, PackedLimits limits) {
    this.keyspace = keyspace;
    this.limits = limits;
  }

  /**
   * Returns the deadlines of fields, in order; {@link #NO_DEADLINE} or {@link #NO_FIELD} where
   * there is none.
   */
  public List<Long> deadlines(byte[] userKey, List<byte[]> fields) {
    OpenHash hash = read(userKey);
    List<Long> deadlines = new ArrayList<>(fields.size());
    for (byte[] field : fields) {
      deadlines.add(hash.deadlineMs(field));
    }
    return deadlines;
  }

  /**
   * Sets the deadline of fields whose current one meets the condition; returns the outcome for
   * each.
   */
  public List<Outcome> expire(
      byte[] userKey, long atMs, @Nullable ExpireCondition condition, List<byte[]> fields) {
    OpenHash hash = open(userKey);
    List<Outcome> outcomes = new ArrayList<>(fields.size());
    for (byte[] field : fields) {
      long present = hash.deadlineMs(field);
      if (present == OpenHash.ABSENT) {
        outcomes.add(Outcome.NO_FIELD);
      } else if (condition != null && !condition.holds(present, atMs)) {
        outcomes.add(Outcome.REFUSED);
      } else {
        outcomes.add(expire(hash, field, atMs));
      }
    }
    hash.save();
    return outcomes;
  }

  private Outcome expire(OpenHash hash, byte[] field, long atMs) {
    if (atMs <= keyspace.nowMs()) {
      hash.remove(field);
      return Outcome.REMOVED;
    }
    hash.setDeadline(field, atMs);
    return Outcome.DONE;
  }

  /** Removes the deadlines of fields; returns the outcome for each. */
  public List<Outcome> persist(byte[] userKey, List<byte[]> fields) {
    OpenHash hash = open(userKey);
    List<Outcome> outcomes = new ArrayList<>(fields.size());
    for (byte[] field : fields) {
      long present = hash.deadlineMs(field);
      if (present == OpenHash.ABSENT) {
        outcomes.add(Outcome.NO_FIELD);
      } else if (present == KeyRecord.NEVER) {
        outcomes.add(Outcome.NO_DEADLINE);
      } else {
        hash.setDeadline(field, KeyRecord.NEVER);
        outcomes.add(Outcome.DONE);
      }
    }
    hash.save();
    return outcomes;
  }

  /**
   * Changes the expiry of fields, or removes them when it is in the past; returns their values,
   * null for those that do not exist.
   */
  public List<@Nullable Slice> getAndExpire(byte[] userKey, Expiry expiry, List<byte[]> fields) {
    OpenHash hash = open(userKey);
    List<@Nullable Slice> values = new ArrayList<>(fields.size());
    for (byte[] field : fields) {
      Slice value = hash.get(field);
      values.add(value);
      if (value != null && expiry.kind() == Expiry.Kind.AT) {
        expire(hash, field, expiry.atMs());
      } else if (value != null && expiry.kind() == Expiry.Kind.NONE) {
        hash.setDeadline(field, KeyRecord.NEVER);
      }
    }
    hash.save();
    return values;
  }

  /**
   * Sets fields, given as alternating names and values, with an expiry; one in the past removes
   * them. If the condition does not hold, does nothing and returns false.
   */
  public boolean set(
      byte[] userKey, List<byte[]> fieldsAndValues, FieldCondition condition, Expiry expiry) {
    OpenHash hash = open(userKey);
    if (!holds(condition, hash, fieldsAndValues)) {
      return false;
    }
    boolean isOver = expiry.kind() == Expiry.Kind.AT && expiry.atMs() <= keyspace.nowMs();
    for (int i = 0; i < fieldsAndValues.size(); i += 2) {
      byte[] field = fieldsAndValues.get(i);
      byte[] value = fieldsAndValues.get(i + 1);
      if (isOver) {
        hash.remove(field);
      } else if (expiry.kind() == Expiry.Kind.KEEP) {
        hash.setKeepingDeadline(field, value);
      } else {
        hash.set(field, Slice.of(value), expiry.atMs());
      }
    }
    hash.save();
    return true;
  }

  private static boolean holds(
      FieldCondition condition, OpenHash hash, List<byte[]> fieldsAndValues) {
    if (condition == FieldCondition.ALWAYS) {
      return true;
    }
    boolean wanted = condition == FieldCondition.IF_ALL_ARE_THERE;
    for (int i = 0; i < fieldsAndValues.size(); i += 2) {
      if ((hash.get(fieldsAndValues.get(i)) != null) != wanted) {
        return false;
      }
    }
    return true;
  }

  /** Removes expired fields of a hash, up to a bound, and the key when none are left. */
  public void removeDead(byte[] userKey) {
    KeyRecord record = keyspace.peek(userKey);
    if (record != null && record.type() == DataType.HASH) {
      OpenHash hash = new OpenHash(keyspace, userKey, limits, record);
      hash.removeDead(REMOVED_AT_ONCE);
      hash.save();
    }
  }

  /** Returns whether {@code after} has fewer fields than {@code before}, counting expired ones. */
  public static boolean hasLostFields(@Nullable KeyRecord before, @Nullable KeyRecord after) {
    return before != null
        && (after == null || HashEncoding.size(after) < HashEncoding.size(before));
  }

  /**
   * Returns whether a record is a packed hash with expired fields, which its next change will
   * remove.
   */
  public static boolean holdsDead(KeyRecord record, long nowMs) {
    return record.type() == DataType.HASH
        && !record.hasRows()
        && record.partsDueMs() != KeyRecord.NEVER
        && record.partsDueMs() <= nowMs
        && HashEncoding.of(record).hasDeadlines()
        && isAnyOver(PackedElements.of(record, Packing.PAIRS), nowMs);
  }

  private static boolean isAnyOver(PackedElements fields, long nowMs) {
    boolean[] found = {false};
    fields.forEach((field, stored) -> {
      long atMs = HashFormat.deadlineMs(stored);
      found[0] = atMs != KeyRecord.NEVER && atMs <= nowMs;
      return !found[0];
    });
    return found[0];
  }

  /** Opens the hash for reading; an empty one when there is none. */
  private OpenHash read(byte[] userKey) {
    KeyRecord record = keyspace.get(userKey, DataType.HASH);
    return new OpenHash(keyspace, userKey, limits, record);
  }

  private OpenHash open(byte[] userKey) {
    return read(userKey).forChange();
  }
}
