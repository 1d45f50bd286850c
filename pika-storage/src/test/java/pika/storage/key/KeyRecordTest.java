package pika.storage.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static pika.storage.key.TestEngine.bytes;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import pika.storage.Seeds;
import pika.storage.rocks.StorageException;

class KeyRecordTest {
  /** The layout is on disk: these bytes must never change. */
  @Test
  void layoutIsAsDrawn() {
    assertThat(hex(KeyRecord.of(DataType.STRING, 2, KeyRecord.NEVER, bytes("ab"))))
        .isEqualTo("11" + "02" + "00" + "6162");
    assertThat(hex(KeyRecord.of(DataType.HASH, 0, 5, bytes("ab"))))
        .isEqualTo("15" + "00" + "01" + "0000000000000005" + "6162");
    KeyRecord.RowsId own = new KeyRecord.RowsId(9, null);
    assertThat(hex(KeyRecord.of(DataType.LIST, 1, KeyRecord.NEVER, own, bytes("ab"))))
        .isEqualTo("12" + "01" + "04" + "0000000000000009" + "6162");
    KeyRecord.RowsId moved = new KeyRecord.RowsId(9, bytes("h"));
    assertThat(hex(KeyRecord.of(DataType.LIST, 1, 5, moved, bytes("ab"))))
        .isEqualTo("12" + "01" + "0d" + "0000000000000005" + "0000000000000009" + "00000001" + "68"
            + "6162");
  }

  @Test
  void whatIsEncodedCanBeDecoded() throws Exception {
    Seeds.run(random -> {
      for (int i = 0; i < 1000; i++) {
        DataType type = DataType.values()[random.nextInt(DataType.values().length)];
        int encoding = random.nextInt(100);
        long expireAtMs = random.nextBoolean() ? KeyRecord.NEVER : random.nextLong() >>> 1;
        byte[] home = random.nextBoolean() ? null : new byte[random.nextInt(20)];
        KeyRecord.RowsId rows =
            random.nextBoolean() ? null : new KeyRecord.RowsId(random.nextLong() >>> 1, home);
        byte[] payload = new byte[random.nextInt(40)];
        random.nextBytes(payload);

        KeyRecord record = KeyRecord.decode(
            KeyRecord.of(type, encoding, expireAtMs, rows, payload).bytes());

        assertThat(record.type()).isSameAs(type);
        assertThat(record.encoding()).isEqualTo(encoding);
        assertThat(record.expireAtMs()).isEqualTo(expireAtMs);
        assertThat(record.payload()).isEqualTo(payload);
        assertThat(record.payloadLength()).isEqualTo(payload.length);
        assertSameRows(record.rows(), rows);
      }
    });
  }

  @Test
  void changedRecordsKeepTheRest() {
    KeyRecord.RowsId rows = new KeyRecord.RowsId(9, bytes("home"));
    KeyRecord record = KeyRecord.of(DataType.ZSET, 3, 100, rows, bytes("payload"));

    KeyRecord later = record.withExpiry(200);
    assertThat(later.expireAtMs()).isEqualTo(200);
    assertThat(later.payload()).isEqualTo(bytes("payload"));
    assertThat(later.encoding()).isEqualTo(3);
    assertSameRows(later.rows(), rows);
    assertThat(record.withExpiry(100)).isSameAs(record);

    KeyRecord other = record.withPayload(bytes("other"));
    assertThat(other.expireAtMs()).isEqualTo(100);
    assertThat(other.payload()).isEqualTo(bytes("other"));
    assertSameRows(other.rows(), rows);
  }

  @Test
  void expiresAtItsDeadline() {
    KeyRecord record = TestEngine.record("x", 1000);

    assertThat(record.isExpired(999)).isFalse();
    assertThat(record.isExpired(1000)).isTrue();
    assertThat(TestEngine.record("x").isExpired(Long.MAX_VALUE)).isFalse();
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertRefused("");
    assertRefused("1102");
    assertRefused("210000");
    assertRefused("f10000");
    assertRefused("110080");
    assertRefused("190000");
    assertRefused("11000100000000");
    assertRefused("1100040000000000000009".substring(0, 18));
    assertRefused("11000c" + "0000000000000009" + "00000005" + "68");
    assertRefused("11000c" + "0000000000000009" + "ffffffff" + "68");
  }

  private static void assertRefused(String hex) {
    assertThatThrownBy(() -> KeyRecord.decode(HexFormat.of().parseHex(hex)))
        .as(hex)
        .isInstanceOf(StorageException.class);
  }

  private static void assertSameRows(
      KeyRecord.@Nullable RowsId actual, KeyRecord.@Nullable RowsId expected) {
    if (expected == null) {
      assertThat(actual).isNull();
      return;
    }
    assertThat(actual).isNotNull();
    assertThat(actual.version()).isEqualTo(expected.version());
    assertThat(actual.home()).isEqualTo(expected.home());
  }

  private static String hex(KeyRecord record) {
    return HexFormat.of().formatHex(record.bytes());
  }
}
