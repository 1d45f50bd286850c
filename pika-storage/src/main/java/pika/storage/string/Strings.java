package pika.storage.string;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.Slice;
import pika.storage.key.DataException;
import pika.storage.key.DataException.Problem;
import pika.storage.key.DataType;
import pika.storage.key.KeyRecord;
import pika.storage.key.Keyspace;
import pika.storage.key.WrongTypeException;

/**
 * The strings of one database inside one unit of work. If a key holds another type, every method
 * but {@link #set} and {@link #getIfString} throws {@link WrongTypeException}. Confined to the
 * thread of its unit.
 */
public final class Strings {
  private final Keyspace keyspace;
  private final StringLimits limits;

  /** Creates the view with the default limits. */
  public Strings(Keyspace keyspace) {
    this(keyspace, StringLimits.DEFAULT);
  }

  /** Creates the view with the given limits. */
  public Strings(Keyspace keyspace, StringLimits limits) {
    this.keyspace = keyspace;
    this.limits = limits;
  }

  /** Returns the limits. */
  public StringLimits limits() {
    return limits;
  }

  // ---- reading

  /** Returns the whole string, without copying unless it is in chunks; null when there is none. */
  public @Nullable Slice get(byte[] userKey) {
    KeyRecord record = record(userKey);
    if (record == null) {
      return null;
    }
    if (record.hasRows()) {
      return value(userKey, record).all();
    }
    return new Slice(record.array(), record.payloadOffset(), record.payloadLength());
  }

  /** Returns the string for reading parts of it; null when there is none. */
  public @Nullable StringValue find(byte[] userKey) {
    KeyRecord record = record(userKey);
    return record == null ? null : value(userKey, record);
  }

  /** Like {@link #get}, but returns null if the key holds another type. */
  public @Nullable Slice getIfString(byte[] userKey) {
    KeyRecord record = keyspace.get(userKey);
    return record == null || record.type() != DataType.STRING
        ? null
        : value(userKey, record).all();
  }

  /** Returns the string's length in bytes, 0 when there is none; reads only the record. */
  public long length(byte[] userKey) {
    KeyRecord record = keyspace.touch(userKey);
    if (record == null) {
      return 0;
    }
    if (record.type() != DataType.STRING) {
      throw new WrongTypeException();
    }
    return StringFormat.length(record);
  }

  /**
   * Returns the bytes at the positions that {@link IndexRange#inOrder} gives for {@code start} and
   * {@code end}.
   */
  public Slice getRange(byte[] userKey, long start, long end) {
    StringValue value = find(userKey);
    if (value == null) {
      return Slice.empty();
    }
    IndexRange range = IndexRange.inOrder(start, end, value.length());
    return range.isEmpty() ? Slice.empty() : value.slice(range.first(), range.last() + 1);
  }

  // ---- writing whole strings

  /** Sets the key to {@code value}, whatever was stored, without expiry. */
  public void set(byte[] userKey, byte[] value) {
    put(userKey, value, KeyRecord.NEVER);
  }

  /**
   * Sets the key to {@code value}, whatever was stored, if the condition holds; returns whether it
   * did.
   */
  public boolean set(byte[] userKey, byte[] value, SetCondition condition, Expiry expiry) {
    boolean blind = condition == SetCondition.ALWAYS && expiry.kind() != Expiry.Kind.KEEP;
    KeyRecord present = blind ? null : keyspace.meet(userKey);
    if (!condition.holdsFor(present)) {
      return false;
    }
    put(userKey, value, expiry.after(present));
    return true;
  }

  /** Deletes the string and returns it; returns null when there was none. */
  public @Nullable Slice getAndDelete(byte[] userKey) {
    Slice value = get(userKey);
    if (value != null) {
      keyspace.delete(userKey);
    }
    return value;
  }

  /**
   * Changes the string's expiry, or deletes it if that is in the past, and returns it; if there is
   * none, returns null without evaluating {@code expiry}.
   */
  public @Nullable Slice getAndExpire(byte[] userKey, Supplier<Expiry> expiry) {
    KeyRecord record = record(userKey);
    if (record == null) {
      return null;
    }
    Slice value = value(userKey, record).all();
    Expiry given = expiry.get();
    KeyRecord renewed = record.withExpiry(given.after(record));
    if (renewed.isExpired(keyspace.nowMs())) {
      keyspace.delete(userKey);
    } else if (renewed != record) {
      keyspace.put(userKey, renewed);
    } else if (given.kind() == Expiry.Kind.AT) {
      keyspace.markChanged(userKey);
    }
    return value;
  }

  // ---- changing strings in place

  /** Appends {@code tail}, creating the string if necessary; returns the new length. */
  public long append(byte[] userKey, byte[] tail) {
    StringValue value = find(userKey);
    if (value == null) {
      put(userKey, tail, KeyRecord.NEVER);
      return tail.length;
    }
    long length = lengthAllowed(value.length(), tail.length);
    StringEdit edit = edit(userKey, value, length);
    edit.write(value.length(), tail);
    edit.save();
    return length;
  }

  /**
   * Overwrites the string from {@code offset} on, padding with zeros up to there; returns the new
   * length. Overwriting with nothing changes nothing.
   */
  public long setRange(byte[] userKey, long offset, byte[] part) {
    StringValue value = find(userKey);
    long length = value == null ? 0 : value.length();
    if (part.length == 0) {
      return length;
    }
    length = Math.max(length, lengthAllowed(offset, part.length));
    StringEdit edit = edit(userKey, value, length);
    edit.write(offset, part);
    edit.save();
    return length;
  }

  /**
   * Adds to the integer in the string, 0 when there is none; returns the sum. Keeps the expiry.
   *
   * @throws DataException if the string is not an integer or the sum overflows
   */
  public long increment(byte[] userKey, long delta) {
    KeyRecord record = record(userKey);
    long value = record == null ? 0 : integer(userKey, record);
    long sum = value + delta;
    if (((value ^ sum) & (delta ^ sum)) < 0) {
      throw new DataException(Problem.OVERFLOW);
    }
    write(userKey, record, StringEncoding.PLAIN, IntegerText.bytes(sum));
    return sum;
  }

  /**
   * Adds to the number in the string, 0 when there is none; returns the sum as text. Keeps the
   * expiry.
   *
   * @throws DataException if the string or {@code delta} is not a number, or the sum is infinite
   */
  public byte[] incrementByFloat(byte[] userKey, byte[] delta) {
    KeyRecord record = record(userKey);
    LongDouble value = record == null ? LongDouble.ZERO : number(userKey, record);
    LongDouble sum = value.plus(number(Slice.of(delta)));
    if (sum.isInfinite()) {
      throw new DataException(Problem.NAN_OR_INFINITY);
    }
    byte[] text = sum.text();
    write(userKey, record, StringEncoding.TEXT, text);
    return text;
  }

  /**
   * Opens a string for changes at any position.
   *
   * @param value the current value, null to create one
   * @param length the new length, at least the current one
   */
  public StringEdit edit(byte[] userKey, @Nullable StringValue value, long length) {
    long expireAtMs = value == null ? KeyRecord.NEVER : value.record().expireAtMs();
    EditedKey key = new EditedKey(keyspace, userKey, expireAtMs);
    if (value instanceof ChunkedValue chunked) {
      return ChunkedEdit.of(key, chunked, length);
    }
    Slice present = value == null ? Slice.empty() : value.all();
    StringEdit edit = editOfNew(key, length);
    edit.write(0, present.array(), present.offset(), present.length());
    return edit;
  }

  /**
   * Opens a string of {@code length} zeros that will replace whatever is stored, without expiry.
   */
  public StringEdit replace(byte[] userKey, long length) {
    return editOfNew(new EditedKey(keyspace, userKey, KeyRecord.NEVER), length);
  }

  /**
   * Replaces the string as if it were changed in place, keeping its expiry; creates it if
   * necessary.
   */
  public void rewrite(byte[] userKey, byte[] value) {
    long expireAtMs = Expiry.KEEP.after(keyspace.header(userKey));
    StringEdit edit = editOfNew(new EditedKey(keyspace, userKey, expireAtMs), value.length);
    edit.write(0, value);
    edit.save();
  }

  private StringEdit editOfNew(EditedKey key, long length) {
    return length <= limits.inlineBytes()
        ? new InlineEdit(key, new byte[(int) length])
        : ChunkedEdit.ofNew(key, length, limits.chunkBytes());
  }

  private void put(byte[] userKey, byte[] value, long expireAtMs) {
    if (value.length <= limits.inlineBytes()) {
      int encoding = StringEncoding.PLAIN.id();
      keyspace.put(userKey, KeyRecord.of(DataType.STRING, encoding, expireAtMs, value));
      return;
    }
    StringEdit edit = editOfNew(new EditedKey(keyspace, userKey, expireAtMs), value.length);
    edit.write(0, value);
    edit.save();
  }

  private void write(
      byte[] userKey, @Nullable KeyRecord before, StringEncoding encoding, byte[] payload) {
    long expireAtMs = Expiry.KEEP.after(before);
    keyspace.put(userKey, KeyRecord.of(DataType.STRING, encoding.id(), expireAtMs, payload));
  }

  private long integer(byte[] userKey, KeyRecord record) {
    if (StringFormat.length(record) > IntegerText.MAX_BYTES) {
      throw new DataException(Problem.NOT_AN_INTEGER);
    }
    Slice text = value(userKey, record).all();
    return IntegerText.parse(text.array(), text.offset(), text.length());
  }

  private LongDouble number(byte[] userKey, KeyRecord record) {
    if (StringFormat.length(record) > LongDouble.MAX_TEXT_BYTES) {
      throw new DataException(Problem.NOT_A_FLOAT);
    }
    return number(value(userKey, record).all());
  }

  private static LongDouble number(Slice text) {
    LongDouble number = LongDouble.parse(text.array(), text.offset(), text.length());
    if (number == null) {
      throw new DataException(Problem.NOT_A_FLOAT);
    }
    return number;
  }

  private @Nullable KeyRecord record(byte[] userKey) {
    return keyspace.get(userKey, DataType.STRING);
  }

  private StringValue value(byte[] userKey, KeyRecord record) {
    return record.hasRows()
        ? new ChunkedValue(record, keyspace.rows(userKey, record))
        : new InlineValue(record);
  }

  private long lengthAllowed(long length, long more) {
    if (length > limits.maxBytes() - more) {
      throw new DataException(Problem.STRING_TOO_LONG);
    }
    return length + more;
  }
}
