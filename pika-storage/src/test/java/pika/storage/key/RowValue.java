package pika.storage.key;

import static pika.storage.key.TestEngine.bytes;
import static pika.storage.key.TestEngine.text;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import pika.storage.rocks.Cursor;

/** An artificial large value: a header with the number of rows, and rows with texts. */
public final class RowValue {
  private RowValue() {}

  /** Stores a value with {@code count} rows, replacing what is there. */
  public static void put(Keyspace keyspace, String key, int count) {
    put(keyspace, key, rowsOf(key, count), KeyRecord.NEVER);
  }

  /** Stores a value with these rows, replacing what is there. */
  public static void put(Keyspace keyspace, String key, Map<String, String> rows, long expireAtMs) {
    Rows written = keyspace.newRows(bytes(key));
    rows.forEach((name, value) -> written.putNew(bytes(name), bytes(value)));
    keyspace.put(bytes(key), written.header(DataType.HASH, 7, expireAtMs, bytes("" + rows.size())));
  }

  /** Returns the rows of the live value under a key; null when there is no value with rows. */
  public static @Nullable Map<String, String> get(Keyspace keyspace, String key) {
    KeyRecord record = keyspace.get(bytes(key));
    if (record == null || !record.hasRows()) {
      return null;
    }
    Rows rows = keyspace.rows(bytes(key), record);
    Map<String, String> found = new TreeMap<>();
    try (Cursor cursor = rows.walkAll()) {
      for (; cursor.valid(); cursor.next()) {
        found.put(text(rows.name(cursor.key())), text(cursor.value()));
      }
    }
    return found;
  }

  /** Returns the rows that {@link #put(Keyspace, String, int)} writes. */
  public static Map<String, String> rowsOf(String key, int count) {
    Map<String, String> rows = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      rows.put("row%05d".formatted(i), key + i);
    }
    return rows;
  }
}
