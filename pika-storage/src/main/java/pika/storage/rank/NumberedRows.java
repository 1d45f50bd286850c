package pika.storage.rank;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.BigEndian;
import pika.storage.key.Rows;
import pika.storage.rocks.StorageException;

/**
 * One space of a value's rows, whose rows are named by numbers, read and written as objects.
 *
 * <pre>
 * row := space:u8 number:u64
 * </pre>
 *
 * What is put here reaches the rows by {@link #save}, so that a row that a command changes many times is encoded once.
 * Confined to one command. In a unit of work that must not wait, reading throws {@link pika.storage.key.WouldBlock} where the
 * row is not in memory.
 *
 * @param <T> what a row holds
 */
public final class NumberedRows<T> {
  private static final int NAME_BYTES = 1 + Long.BYTES;

  /** Between objects and the bytes of their rows. */
  public interface Codec<T> {
    /** Reads an object; {@code bytes} will not be changed by anybody. */
    T decode(byte[] bytes);

    /** The bytes, which nobody may change afterwards. */
    byte[] encode(T object);
  }

  /** Where the bytes are: the rows, or something that stands for them in a test. */
  interface Bytes {
    byte @Nullable [] get(byte[] row);

    void put(byte[] row, byte[] value);

    void delete(byte[] row);
  }

  private final Bytes rows;
  private final byte space;
  private final Codec<T> codec;
  private final Map<Long, Known<T>> known = new HashMap<>();

  /** What this knows of a row. */
  private static final class Known<T> {
    /** Null for a row that was removed. */
    @Nullable
    T object;
    /** Whether {@link #save} has to write it, or to delete it. */
    boolean unsaved;
  }

  /** The rows of {@code rows} whose names begin with the byte {@code space}. */
  public NumberedRows(Rows rows, int space, Codec<T> codec) {
    this(bytesOf(rows), space, codec);
  }

  NumberedRows(Bytes rows, int space, Codec<T> codec) {
    this.rows = rows;
    this.space = (byte) space;
    this.codec = codec;
  }

  /** The object in a row that must be there; later calls give the same object. */
  public T get(long number) {
    Known<T> row = known.get(number);
    if (row == null) {
      row = new Known<>();
      row.object = read(number);
      known.put(number, row);
    }
    return present(number, row.object);
  }

  /** The same for walks over many rows: keeps no object but those that were put here or got before. */
  public T peek(long number) {
    Known<T> row = known.get(number);
    return row == null ? read(number) : present(number, row.object);
  }

  /** The object in a row if it was put here or got before, null when it would have to be read. */
  public @Nullable T known(long number) {
    Known<T> row = known.get(number);
    return row == null ? null : row.object;
  }

  /** Makes {@code object} what the row holds. If it is changed later, it must be put again before the next save. */
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

  /** Writes all changes into the rows. */
  public void save() {
    known.forEach((number, row) -> {
      if (row.unsaved) {
        save(number, row.object);
        row.unsaved = false;
      }
    });
  }

  private void save(long number, @Nullable T object) {
    if (object == null) {
      rows.delete(name(number));
    } else {
      rows.put(name(number), codec.encode(object));
    }
  }

  private Known<T> remember(long number) {
    return known.computeIfAbsent(number, absent -> new Known<>());
  }

  private T read(long number) {
    byte[] bytes = rows.get(name(number));
    return codec.decode(present(number, bytes));
  }

  private static <V> V present(long number, @Nullable V inRow) {
    if (inRow == null) {
      throw new StorageException("row " + number + " of a value is missing");
    }
    return inRow;
  }

  private byte[] name(long number) {
    byte[] name = new byte[NAME_BYTES];
    name[0] = space;
    BigEndian.putLong(name, 1, number);
    return name;
  }

  static Bytes bytesOf(Rows rows) {
    return new Bytes() {
      @Override
      public byte @Nullable [] get(byte[] row) {
        return rows.get(row);
      }

      @Override
      public void put(byte[] row, byte[] value) {
        rows.put(row, value);
      }

      @Override
      public void delete(byte[] row) {
        rows.delete(row);
      }
    };
  }
}
