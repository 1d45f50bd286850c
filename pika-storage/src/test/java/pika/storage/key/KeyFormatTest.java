package pika.storage.key;

import static org.assertj.core.api.Assertions.assertThat;
import static pika.storage.key.TestEngine.bytes;
import static pika.storage.key.TestEngine.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import pika.storage.Seeds;
import pika.storage.bytes.KeyRange;

class KeyFormatTest {
  private static final List<KeyFormat> FORMATS = List.of(KeyFormat.plain(), KeyFormat.slotted());

  /** The layouts are on disk: these bytes must never change. */
  @Test
  void layoutsAreAsDrawn() {
    KeyFormat plain = KeyFormat.plain();
    Key key = plain.key(0x01020304, bytes("foo"));
    assertThat(hex(key.bytes())).isEqualTo("01020304" + "666f6f");
    assertThat(hex(plain.scanKey(key)))
        .startsWith("01020304")
        .endsWith("666f6f")
        .hasSize(26);
    assertThat(hex(plain.expiryKey(0x1122334455667788L, key)))
        .isEqualTo("01020304" + "1122334455667788" + "666f6f");
    assertThat(hex(plain.rowPrefix(0x01020304, bytes("foo"), 9)))
        .isEqualTo("01020304" + "03" + "666f6f" + "0000000000000009");

    KeyFormat slotted = KeyFormat.slotted();
    Key slottedKey = slotted.key(1, bytes("foo"));
    assertThat(hex(slottedKey.bytes())).isEqualTo("00000001" + "2f96" + "666f6f");
    assertThat(hex(slotted.expiryKey(5, slottedKey)))
        .isEqualTo("00000001" + "0000000000000005" + "2f96" + "666f6f");
    assertThat(hex(slotted.rowPrefix(1, bytes("foo"), 9)))
        .isEqualTo("00000001" + "2f96" + "03" + "666f6f" + "0000000000000009");
  }

  @Test
  void whatIsEncodedCanBeDecoded() throws Exception {
    Seeds.run(random -> {
      for (KeyFormat format : FORMATS) {
        for (int i = 0; i < 1000; i++) {
          byte[] userKey = randomBytes(random);
          int database = random.nextInt() & Integer.MAX_VALUE;
          long deadline = random.nextLong() & Long.MAX_VALUE;
          Key key = format.key(database, userKey);

          assertThat(key.databaseId()).isEqualTo(database);
          assertThat(key.userKey()).isEqualTo(userKey);
          assertThat(format.decode(key.bytes())).isEqualTo(key).hasSameHashCodeAs(key);
          assertThat(format.userKeyOfRecordKey(key.bytes())).isEqualTo(userKey);
          assertThat(format.userKeyOfScanKey(format.scanKey(key))).isEqualTo(userKey);
          byte[] expiryKey = format.expiryKey(deadline, key);
          assertThat(format.keyOfExpiryKey(expiryKey)).isEqualTo(key);
          assertThat(KeyFormat.deadlineOfExpiryKey(expiryKey)).isEqualTo(deadline);
        }
      }
    });
  }

  @Test
  void scanKeysStandInTheOrderOfTheirPositions() throws Exception {
    Seeds.run(random -> {
      for (KeyFormat format : FORMATS) {
        List<Key> keys = randomKeys(format, random);
        assertOrder(
            keys,
            format::scanKey,
            Comparator.comparingLong(key -> format.scanPosition(format.scanKey(key))));
        for (Key key : keys) {
          long position = format.scanPosition(format.scanKey(key));
          assertThat(position).isBetween(0L, format.scanPositions() - 1);
          byte[] start = format.scanStart(key.databaseId(), position);
          assertThat(Arrays.compareUnsigned(start, format.scanKey(key))).isNotPositive();
          if (position + 1 < format.scanPositions()) {
            byte[] next = format.scanStart(key.databaseId(), position + 1);
            assertThat(Arrays.compareUnsigned(next, format.scanKey(key))).isPositive();
          }
        }
      }
    });
  }

  @Test
  void expiryKeysStandInTheOrderOfTheirDeadlines() throws Exception {
    Seeds.run(random -> {
      KeyFormat format = KeyFormat.plain();
      List<Long> deadlines = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        deadlines.add(random.nextLong() >>> (1 + random.nextInt(62)));
      }
      assertOrder(
          deadlines,
          deadline -> format.expiryKey(deadline, format.key(3, randomBytes(random))),
          Comparator.naturalOrder());
    });
  }

  @Test
  void deadlinesFromAMomentAreTheRestOfTheirDatabase() {
    KeyFormat format = KeyFormat.plain();
    KeyRange range = KeyFormat.deadlinesFrom(3, 1000);

    assertThat(range.contains(format.expiryKey(999, format.key(3, bytes("x"))))).isFalse();
    assertThat(range.contains(format.expiryKey(1000, format.key(3, bytes(""))))).isTrue();
    assertThat(range.contains(format.expiryKey(Long.MAX_VALUE, format.key(3, bytes("x")))))
        .isTrue();
    assertThat(range.contains(format.expiryKey(1000, format.key(4, bytes("x")))))
        .isFalse();
    assertThat(KeyFormat.deadlinesFrom(3, Long.MIN_VALUE)
            .contains(format.expiryKey(0, format.key(3, bytes("")))))
        .isTrue();
  }

  @Test
  void rowsOfOneValueAreNotAmongThoseOfAnother() throws Exception {
    Seeds.run(random -> {
      for (KeyFormat format : FORMATS) {
        for (int i = 0; i < 1000; i++) {
          byte[] home = randomBytes(random);
          byte[] longer = Arrays.copyOf(home, home.length + 1 + random.nextInt(9));
          long version = random.nextInt(3);
          KeyRange rows = KeyRange.ofPrefix(format.rowPrefix(1, home, version));
          assertThat(rows.contains(format.rowPrefix(1, longer, version))).isFalse();
          assertThat(rows.contains(format.rowPrefix(1, home, version + 1))).isFalse();
          assertThat(rows.contains(format.rowPrefix(2, home, version))).isFalse();
        }
      }
    });
  }

  @Test
  void everythingOfADatabaseLiesInItsRange() {
    for (KeyFormat format : FORMATS) {
      for (int database : new int[] {1, 0xff, 0x1ff}) {
        KeyRange range = KeyFormat.databaseRange(database);
        Key key = format.key(database, bytes("k"));
        Key other = format.key(database + 1, bytes("k"));
        assertThat(range.contains(key.bytes())).isTrue();
        assertThat(range.contains(format.scanKey(key))).isTrue();
        assertThat(range.contains(format.expiryKey(Long.MAX_VALUE, key))).isTrue();
        assertThat(range.contains(format.rowPrefix(database, bytes("k"), 1))).isTrue();
        assertThat(range.contains(other.bytes())).isFalse();
        assertThat(range.contains(format.expiryKey(0, other))).isFalse();
      }
    }
  }

  @Test
  void scanValuesTellTheType() {
    for (DataType type : DataType.values()) {
      assertThat(KeyFormat.typeOfScanValue(KeyFormat.scanValue(type))).isSameAs(type);
    }
  }

  private static <T> void assertOrder(
      List<T> values, Function<T, byte[]> encoding, Comparator<T> order) {
    List<T> sorted = new ArrayList<>(values);
    sorted.sort(order);
    for (int i = 1; i < sorted.size(); i++) {
      int expected = order.compare(sorted.get(i - 1), sorted.get(i));
      int actual =
          Arrays.compareUnsigned(encoding.apply(sorted.get(i - 1)), encoding.apply(sorted.get(i)));
      if (expected != 0) {
        assertThat(actual).isNegative();
      }
    }
  }

  private static List<Key> randomKeys(KeyFormat format, Random random) {
    List<Key> keys = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      keys.add(format.key(7, randomBytes(random)));
    }
    return keys;
  }

  private static byte[] randomBytes(Random random) {
    byte[] bytes = new byte[random.nextInt(12)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static String hex(byte[] bytes) {
    assertThat(text(bytes)).hasSize(bytes.length);
    return HexFormat.of().formatHex(bytes);
  }
}
