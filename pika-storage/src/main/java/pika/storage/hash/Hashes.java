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
 * The hashes of one database inside one unit of work. A key that isn't there is a hash without fields, and one without
 * fields is not there. Where a key holds another type, every method throws {@link WrongTypeException}. Changes keep the
 * key's expiry. Confined to the thread of its unit.
 *
 * <p>Fields may have deadlines of their own, see {@link FieldExpiry}; those that are over are not there.
 */
public final class Hashes {
  private final Keyspace keyspace;
  private final PackedLimits limits;

  /** Hashes that are small within {@code limits}. */
  public Hashes(Keyspace keyspace, PackedLimits limits) {
    this.keyspace = keyspace;
    this.limits = limits;
  }

  // ---- reading

  /** The value of a field, not copied; null when there is none. */
  public @Nullable Slice get(byte[] userKey, byte[] field) {
    OpenHash hash = find(userKey);
    return hash == null ? null : hash.get(field);
  }

  /** The values of several fields in their order, null for those that are not there. */
  public List<@Nullable Slice> getAll(byte[] userKey, List<byte[]> fields) {
    OpenHash hash = find(userKey);
    List<@Nullable Slice> values = new ArrayList<>(fields.size());
    for (byte[] field : fields) {
      values.add(hash == null ? null : hash.get(field));
    }
    return values;
  }

  /** How many fields there are; reads no more than the record unless fields are over that nobody has removed yet. */
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

  /** Shows all fields with their values to a visitor until it has seen enough. */
  public void forEach(byte[] userKey, ElementVisitor visitor) {
    OpenHash hash = find(userKey);
    if (hash != null) {
      hash.forEach(visitor);
    }
  }

  /** Shows a page of about {@code count} fields and returns the position of the next, as {@link Elements#page}. */
  public long page(byte[] userKey, long position, long count, ElementVisitor visitor) {
    OpenHash hash = find(userKey);
    return hash == null ? Elements.START : hash.page(position, count, visitor);
  }

  /** A field drawn at random, null when there is none. */
  public @Nullable Element draw(byte[] userKey, RandomGenerator random) {
    OpenHash hash = find(userKey);
    return hash == null ? null : hash.draw(random);
  }

  /** Different fields drawn at random; all of them when there are no more than {@code count}. */
  public List<Element> drawDistinct(byte[] userKey, long count, RandomGenerator random) {
    OpenHash hash = find(userKey);
    return hash == null ? List.of() : hash.drawDistinct(count, random);
  }

  /** {@code count} fields, each drawn at random from all; none when there are none. */
  public List<Element> drawRepeatedly(byte[] userKey, int count, RandomGenerator random) {
    OpenHash hash = find(userKey);
    return hash == null ? List.of() : hash.drawRepeatedly(count, random);
  }

  /** Throws where the key holds another type, and does nothing else. */
  public void requireHash(byte[] userKey) {
    KeyRecord record = keyspace.header(userKey);
    if (record != null && record.type() != DataType.HASH) {
      throw new WrongTypeException();
    }
  }

  // ---- writing

  /** Sets fields, given as names and values in turn; returns how many are new. A deadline that one had is gone. */
  public long set(byte[] userKey, List<byte[]> fieldsAndValues) {
    OpenHash hash = open(userKey);
    long added = 0;
    for (int i = 0; i < fieldsAndValues.size(); i += 2) {
      if (hash.set(fieldsAndValues.get(i), fieldsAndValues.get(i + 1)) == null) {
        added++;
      }
    }
    hash.save();
    return added;
  }

  /** Sets a field that isn't there; false when it is. */
  public boolean setIfAbsent(byte[] userKey, byte[] field, byte[] value) {
    OpenHash hash = open(userKey);
    if (hash.get(field) != null) {
      return false;
    }
    hash.set(field, value);
    hash.save();
    return true;
  }

  /** Removes fields; returns how many of them there were. */
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

  /** Removes fields; returns the values they had, null for those that were not there. */
  public List<@Nullable Slice> getAndRemove(byte[] userKey, List<byte[]> fields) {
    OpenHash hash = open(userKey);
    List<@Nullable Slice> values = new ArrayList<>(fields.size());
    for (byte[] field : fields) {
      values.add(hash.remove(field));
    }
    hash.save();
    return values;
  }

  /** Adds to the integer in a field, 0 when there is none; returns the sum. Keeps the field's deadline. */
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

  /** Adds to the number in a field, 0 when there is none; returns the sum as text. Keeps the field's deadline. */
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
