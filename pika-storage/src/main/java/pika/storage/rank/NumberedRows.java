package pika.storage.rank;

import org.jspecify.annotations.Nullable;
import pika.storage.bytes.BigEndian;
import pika.storage.key.Rows;
import pika.storage.rocks.StorageException;

/**
 * A value's rows under one space byte, keyed by number and read and written as objects.
 *
 * <pre>
 * row := space:u8 number:u64
 * </pre>
 *
 * <p>Changes reach the rows in {@link #save}, so a row that a command changes many times is encoded
 * once. Confined to one command, or to the unit of work in which a
 * {@link pika.storage.key.LatePayload} keeps it. In a unit that must not wait, reading throws
 * {@link pika.storage.key.WouldBlock} when the row is not in memory.
 *
 * @param <T> the type of the objects
 */
public final class NumberedRows<T> {
  private static final int NAME_BYTES = 1 + Long.BYTES;

  /** Converts objects to and from the bytes of their rows. */
  public interface Codec<T> {
    /** Decodes an object; the bytes never change afterwards. */
    T decode(byte[] bytes);

    /** Encodes an object; nobody may change the returned bytes. */
    byte[] encode(T object);
  }

  /** Access to the rows' bytes; replaced by a fake in tests. */
  interface Bytes {
    byte @Nullable [] get(byte[] row);

    void put(byte[] row, byte[] value);

    void delete(byte[] row);
  }

  private final Bytes rows;
  private final byte space;
  private final Codec<T> codec;
  private final NumberMap<Known<T>> known = new NumberMap<>();

  /** A row that was read or changed. */
  private static final class Known<T> {
    /** The object; null for a removed row. */
    @Nullable
    T object;
    /** Whether {@link #save} has to write or delete the row. */
    boolean unsaved;
    /** Whether {@link #save} has written or deleted it. */
    boolean saved;
  }

  /** Creates access to those of {@code rows} whose names begin with the byte {@code space}. */
  public NumberedRows(Rows rows, int space, Codec<T> codec) {
    this(bytesOf(rows), space, codec);
  }

  /**
   * Creates access to rows that belong to a {@link pika.storage.key.LatePayload}, see
   * {@link Rows#complete}; none of them can be removed.
   */
  public static <T> NumberedRows<T> completing(Rows rows, int space, Codec<T> codec) {
    return new NumberedRows<>(completing(rows), space, codec);
  }

  NumberedRows(Bytes rows, int space, Codec<T> codec) {
    this.rows = rows;
    this.space = (byte) space;
    this.codec = codec;
  }

  /** Returns the object in a row, which must exist; later calls return the same object. */
  public T get(long number) {
    Known<T> row = known.get(number);
    if (row == null) {
      row = new Known<>();
      row.object = read(number);
      known.put(number, row);
    }
    return present(number, row.object);
  }

  /**
   * Like {@link #get}, but does not retain an object that was read: for iterating over many rows.
   */
  public T peek(long number) {
    Known<T> row = known.get(number);
    return row == null ? read(number) : present(number, row.object);
  }

  /**
   * Returns the object in a row that was read by {@link #get} or changed before; null when it would
   * have to be read.
   */
  public @Nullable T known(long number) {
    Known<T> row = known.get(number);
    return row == null ? null : row.object;
  }

  /**
   * Stores an object in a row. If the object changes later, it must be put again before the next
   * {@link #save}.
   */
  public void put(long number, T object) {
    Known<T> row = remember(number);
    row.object = object;
    row.unsaved = true;
  }

  /** Removes a row. */
  public void remove(long number) {
    Known<T> row = remember(number);
    row.object = null;
    row.unsaved = true;
  }

  /** Returns how many rows were read by {@link #get} or changed. */
  public int countKnown() {
    return known.size();
  }

  /** Writes all changes to the rows. */
  public void save() {
    known.forEach((number, row) -> {
      if (row.unsaved) {
        save(number, row.object);
        row.unsaved = false;
        row.saved = true;
      }
    });
  }

  /** Takes what {@link #save} has written for not written: the rows were rolled back. */
  public void unsave() {
    known.forEach((number, row) -> row.unsaved |= row.saved);
  }

  private void save(long number, @Nullable T object) {
    if (object == null) {
      rows.delete(name(number));
    } else {
      rows.put(name(number), codec.encode(object));
    }
  }

  private Known<T> remember(long number) {
    Known<T> row = known.get(number);
    if (row == null) {
      row = new Known<>();
      known.put(number, row);
    }
    return row;
  }

  private T read(long number) {
    byte[] bytes = rows.get(name(number));
    return codec.decode(present(number, bytes));
  }

  private static <V> V present(long number, @Nullable V inRow) {
    if (inRow == null) {
      throw new StorageException("damaged value: row " + number + " is missing");
    }
    return inRow;
  }

  private byte[] name(long number) {
    byte[] name = new byte[NAME_BYTES];
    name[0] = space;
    BigEndian.putLong(name, 1, number);
    return name;
  }

  static Bytes completing(Rows rows) {
    return new InRows(rows, true);
  }

  static Bytes bytesOf(Rows rows) {
    return new InRows(rows, false);
  }

  /** @param late whether they belong to a late payload, see {@link #completing} */
  private record InRows(Rows rows, boolean late) implements Bytes {
    @Override
    public byte @Nullable [] get(byte[] row) {
      return rows.get(row);
    }

    @Override
    public void put(byte[] row, byte[] value) {
      if (late) {
        rows.complete(row, value);
      } else {
        rows.put(row, value);
      }
    }

    @Override
    public void delete(byte[] row) {
      if (late) {
        throw new IllegalStateException("a row can't go before the payload is complete");
      }
      rows.delete(row);
    }
  }
}
