package pika.storage.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import pika.storage.bytes.KeyRange;
import pika.storage.rocks.Column;
import pika.storage.rocks.Cursor;
import pika.storage.rocks.Rocks;

/** Checks invariants that hold whenever no commit is in progress. Reads everything. */
final class Audit {
  private final Engine engine;
  private final Rocks rocks;
  private final KeyFormat format;
  /** Every record, by the hexadecimal form of its key. */
  private final Map<String, KeyRecord> records = new TreeMap<>();

  private final Map<String, Key> keys = new HashMap<>();

  Audit(Engine engine) {
    this.engine = engine;
    this.rocks = engine.rocks();
    this.format = engine.format();
  }

  void check() {
    readRecords();
    checkScanIndex();
    checkExpiryIndex();
    checkCounters();
    checkRows();
    checkCache();
  }

  /** Returns whether a key's database exists; keys of dropped ones belong to the reaper. */
  private boolean isLive(Key key) {
    return engine.databases().isLive(key.databaseId());
  }

  private void readRecords() {
    walk(Column.RECORD, (recordKey, value) -> {
      Key key = format.decode(recordKey);
      if (isLive(key)) {
        keys.put(hex(recordKey), key);
        records.put(hex(recordKey), KeyRecord.decode(value));
      }
    });
  }

  private void checkScanIndex() {
    Map<String, DataType> expected = new TreeMap<>();
    records.forEach((hex, record) -> expected.put(hex(format.scanKey(key(hex))), record.type()));
    Map<String, DataType> actual = new TreeMap<>();
    walk(Column.SCAN, (scanKey, value) -> {
      if (isLive(format.key(databaseOf(scanKey), new byte[0]))) {
        actual.put(hex(scanKey), KeyFormat.typeOfScanValue(value));
      }
    });
    assertThat(actual).as("scan index").isEqualTo(expected);
  }

  private void checkExpiryIndex() {
    Set<String> expected = new TreeSet<>();
    records.forEach((hex, record) -> {
      if (record.dueMs() != KeyRecord.NEVER) {
        expected.add(hex(format.expiryKey(record.dueMs(), key(hex))));
        assertThat(record.dueMs()).isGreaterThanOrEqualTo(engine.deadlines().get());
      }
    });
    Set<String> actual = new TreeSet<>();
    walk(Column.EXPIRY, (expiryKey, value) -> {
      if (isLive(format.keyOfExpiryKey(expiryKey))) {
        actual.add(hex(expiryKey));
      }
    });
    assertThat(actual).as("expiry index").isEqualTo(expected);
  }

  private void checkCounters() {
    for (int number = 0; number < engine.databaseCount(); number++) {
      int id = engine.databases().id(number);
      long count = 0;
      long expires = 0;
      for (Map.Entry<String, KeyRecord> entry : records.entrySet()) {
        if (key(entry.getKey()).databaseId() == id) {
          count++;
          expires += entry.getValue().expireAtMs() == KeyRecord.NEVER ? 0 : 1;
        }
      }
      assertThat(engine.keyCount(number)).as("keys of database %d", number).isEqualTo(count);
      assertThat(engine.expiryCount(number)).as("deadlines of %d", number).isEqualTo(expires);
      assertThat(new Databases(rocks, engine.databaseCount()).keys(id)).isEqualTo(count);
      assertThat(new Databases(rocks, engine.databaseCount()).expires(id)).isEqualTo(expires);
    }
  }

  /** Checks that every row belongs to a record or to a garbage entry. */
  private void checkRows() {
    Set<String> owned = new TreeSet<>();
    records.forEach((hex, record) -> {
      KeyRecord.RowsId rows = record.rows();
      if (rows != null) {
        Key key = key(hex);
        byte[] home = rows.home() == null ? key.userKey() : rows.home();
        String prefix = hex(format.rowPrefix(key.databaseId(), home, rows.version()));
        assertThat(owned.add(prefix)).as("rows of %s belong to one record", key).isTrue();
      }
    });
    Set<String> garbage = new TreeSet<>();
    walk(
        Column.GARBAGE,
        (key, value) -> garbage.add(hex(Garbage.decode(key, value).prefix())));
    walk(
        Column.ROW,
        (rowKey, value) -> assertThat(
                startsWithOneOf(hex(rowKey), owned) || startsWithOneOf(hex(rowKey), garbage))
            .as("row %s is somebody's", hex(rowKey))
            .isTrue());
    owned.retainAll(garbage);
    assertThat(owned).as("live rows that are to be reaped").isEmpty();
  }

  private void checkCache() {
    records.forEach((hex, record) -> {
      KeyRecord cached = engine.cache().peek(key(hex));
      assertThat(cached == null || Arrays.equals(cached.bytes(), record.bytes()))
          .as("cached %s", key(hex))
          .isTrue();
    });
  }

  private Key key(String hex) {
    Key key = keys.get(hex);
    assertThat(key).isNotNull();
    return key;
  }

  private static boolean startsWithOneOf(String text, Set<String> prefixes) {
    return prefixes.stream().anyMatch(text::startsWith);
  }

  private static int databaseOf(byte[] scanKey) {
    return pika.storage.bytes.BigEndian.takeInt(scanKey, 0);
  }

  private interface Entry {
    void accept(byte[] key, byte[] value);
  }

  private void walk(Column column, Entry entry) {
    try (Cursor cursor = rocks.cursor(column, KeyRange.all(), Cursor.Direction.FORWARD, null)) {
      for (; cursor.valid(); cursor.next()) {
        entry.accept(cursor.key(), cursor.value());
      }
    }
  }

  private static String hex(byte @Nullable [] bytes) {
    assertThat(bytes).isNotNull();
    return HexFormat.of().formatHex(bytes);
  }
}
