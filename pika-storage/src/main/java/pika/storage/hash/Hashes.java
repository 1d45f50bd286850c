package pika.storage.hash;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.Slice;
import pika.storage.element.Element;
import pika.storage.element.ElementVisitor;
import pika.storage.element.Elements;
import pika.storage.key.DataException;
import pika.storage.key.DataException.Problem;
import pika.storage.key.DataType;
import pika.storage.key.KeyRecord;
import pika.storage.key.Keyspace;
import pika.storage.key.WrongTypeException;
import pika.storage.packed.PackedLimits;
import pika.storage.string.IntegerText;
import pika.storage.string.LongDouble;

/**
 * The hashes of one database inside one unit of work. A missing key is an empty hash, and an empty
 * hash is not stored. If a key holds another type, every method throws {@link WrongTypeException}.
 * Changes keep the key's expiry. Confined to the thread of its unit.
 *
 * <p>Fields may have deadlines of their own, see {@link FieldExpiry}; expired ones are invisible.
 */
public final class Hashes {
  private final Keyspace keyspace;
  private final PackedLimits limits;

  /**
   * Creates the view.
   *
   * @param limits up to which size hashes are small
   */
  public Hashes(Keyspace keyspace, PackedLimits limits) {
    this.keyspace = keyspace;
    this.limits = limits;
  }

  // ---- reading

  /** Returns the value of a field, without copying; null when it does not exist. */
  public @Nullable Slice get(byte[] userKey, byte[] field) {
    OpenHash hash = find(userKey);
    return hash == null ? null : hash.get(field);
  }

  /** Returns the values of several fields, in order, null for those that do not exist. */
  public List<@Nullable Slice> getAll(byte[] userKey, List<byte[]> fields) {
    OpenHash hash = find(userKey);
    List<@Nullable Slice> values = new ArrayList<>(fields.size());
    for (byte[] field : fields) {
      values.add(hash == null ? null : hash.get(field));
    }
    return values;
  }

  /**
   * Returns the number of fields; reads only the record unless there are expired fields not yet
   * removed.
   */
  public long size(byte[] userKey) {
    KeyRecord record = keyspace.touch(userKey);
    if (record == null) {
      return 0;
    }
    if (record.type() != DataType.HASH) {
      throw new WrongTypeException();
    }
    if (!record.hasRows()) {
      return new OpenHash(keyspace, userKey, limits, record).size();
    }
    if (!mayHoldDead(record)) {
      return HashFormat.count(record);
    }
    OpenHash hash = find(userKey);
    return hash == null ? 0 : hash.size();
  }

  private boolean mayHoldDead(KeyRecord record) {
    return record.partsDueMs() != KeyRecord.NEVER && record.partsDueMs() <= keyspace.nowMs();
  }

  /** Passes all fields with their values to the visitor until it returns false. */
  public void forEach(byte[] userKey, ElementVisitor visitor) {
    OpenHash hash = find(userKey);
    if (hash != null) {
      hash.forEach(visitor);
    }
  }

  /**
   * Visits a page of about {@code count} fields and returns the next position, as
   * {@link Elements#page} does.
   */
  public long page(byte[] userKey, long position, long count, ElementVisitor visitor) {
    OpenHash hash = find(userKey);
    return hash == null ? Elements.START : hash.page(position, count, visitor);
  }

  /** Returns a random field, null when there is none. */
  public @Nullable Element draw(byte[] userKey, RandomGenerator random) {
    OpenHash hash = find(userKey);
    return hash == null ? null : hash.draw(random);
  }

  /** Returns different random fields; all of them when there are no more than {@code count}. */
  public List<Element> drawDistinct(byte[] userKey, long count, RandomGenerator random) {
    OpenHash hash = find(userKey);
    return hash == null ? List.of() : hash.drawDistinct(count, random);
  }

  /** Returns {@code count} random fields, drawn with replacement; none when the hash is empty. */
  public List<Element> drawRepeatedly(byte[] userKey, int count, RandomGenerator random) {
    OpenHash hash = find(userKey);
    return hash == null ? List.of() : hash.drawRepeatedly(count, random);
  }

  /** Throws if the key holds another type; does nothing else. */
  public void requireHash(byte[] userKey) {
    KeyRecord record = keyspace.header(userKey);
    if (record != null && record.type() != DataType.HASH) {
      throw new WrongTypeException();
    }
  }

  // ---- writing

  /**
   * Sets fields, given as alternating names and values, and clears their deadlines; returns how
   * many are new.
   */
  public long set(byte[] userKey, List<byte[]> fieldsAndValues) {
    OpenHash hash = open(userKey);
    long added = 0;
    for (int i = 0; i < fieldsAndValues.size(); i += 2) {
      if (hash.set(fieldsAndValues.get(i), fieldsAndValues.get(i + 1))) {
        added++;
      }
    }
    hash.save();
    return added;
  }

  /** Sets a field if it does not exist; returns whether it did so. */
  public boolean setIfAbsent(byte[] userKey, byte[] field, byte[] value) {
    OpenHash hash = open(userKey);
    if (hash.get(field) != null) {
      return false;
    }
    hash.set(field, value);
    hash.save();
    return true;
  }

  /** Removes fields; returns how many existed. */
  public long remove(byte[] userKey, List<byte[]> fields) {
    OpenHash hash = open(userKey);
    long removed = 0;
    for (byte[] field : fields) {
      if (hash.remove(field) != null) {
        removed++;
      }
    }
    hash.save();
    return removed;
  }

  /** Removes fields; returns their values, null for those that did not exist. */
  public List<@Nullable Slice> getAndRemove(byte[] userKey, List<byte[]> fields) {
    OpenHash hash = open(userKey);
    List<@Nullable Slice> values = new ArrayList<>(fields.size());
    for (byte[] field : fields) {
      values.add(hash.remove(field));
    }
    hash.save();
    return values;
  }

  /**
   * Adds to the integer in a field, 0 if it does not exist; returns the sum. Keeps the field's
   * deadline.
   *
   * @throws DataException if the value is not an integer or the sum overflows
   */
  public long increment(byte[] userKey, byte[] field, long delta) {
    OpenHash hash = open(userKey);
    Slice text = hash.get(field);
    long value = text == null ? 0 : integer(text);
    long sum = value + delta;
    if (((value ^ sum) & (delta ^ sum)) < 0) {
      throw new DataException(Problem.OVERFLOW);
    }
    replace(hash, field, IntegerText.bytes(sum));
    return sum;
  }

  private static long integer(Slice text) {
    if (!IntegerText.isInteger(text.array(), text.offset(), text.length())) {
      throw new DataException(Problem.FIELD_NOT_AN_INTEGER);
    }
    return IntegerText.parse(text.array(), text.offset(), text.length());
  }

  /**
   * Adds to the number in a field, 0 if it does not exist; returns the sum as text. Keeps the
   * field's deadline.
   *
   * @throws DataException if the value or {@code delta} is not a number, or the sum is infinite
   */
  public byte[] incrementByFloat(byte[] userKey, byte[] field, byte[] delta) {
    LongDouble added = number(Slice.of(delta), Problem.NOT_A_FLOAT);
    if (added.isInfinite()) {
      throw new DataException(Problem.INFINITE_VALUE);
    }
    OpenHash hash = open(userKey);
    Slice text = hash.get(field);
    LongDouble value = text == null ? LongDouble.ZERO : number(text, Problem.FIELD_NOT_A_FLOAT);
    LongDouble sum = value.plus(added);
    if (sum.isInfinite()) {
      throw new DataException(Problem.NAN_OR_INFINITY);
    }
    byte[] sumText = sum.text();
    replace(hash, field, sumText);
    return sumText;
  }

  private static LongDouble number(Slice text, Problem otherwise) {
    LongDouble number = LongDouble.parse(text.array(), text.offset(), text.length());
    if (number == null) {
      throw new DataException(otherwise);
    }
    return number;
  }

  private static void replace(OpenHash hash, byte[] field, byte[] value) {
    hash.setKeepingDeadline(field, value);
    hash.save();
  }

  private @Nullable OpenHash find(byte[] userKey) {
    KeyRecord record = keyspace.get(userKey, DataType.HASH);
    return record == null ? null : new OpenHash(keyspace, userKey, limits, record);
  }

  private OpenHash open(byte[] userKey) {
    KeyRecord record = keyspace.get(userKey, DataType.HASH);
    return new OpenHash(keyspace, userKey, limits, record).forChange();
  }
}
