package pika.storage.string;

import static org.assertj.core.api.Assertions.assertThat;
import static pika.storage.string.StringStore.bytes;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.storage.bitmap.BitField;
import pika.storage.bitmap.BitOperation;
import pika.storage.bitmap.BitUnit;
import pika.storage.bitmap.FieldStep;
import pika.storage.bitmap.Overflow;
import pika.storage.key.UnitOfWork;
import pika.storage.string.StringStore.Session;

/**
 * Random operations on a few keys, compared with {@link PlainStrings}. Chunks are so small that
 * conversions and iteration over many rows happen all the time; units hold several commands, of
 * which some are rolled back, and some units are abandoned; the store is closed and reopened in
 * between.
 */
class StringsModelTest {
  private static final StringLimits TINY = new StringLimits(32, 8, 4096);
  private static final String[] KEYS = {"a", "b", "c", "d"};
  private static final int UNITS = 3000;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path directory;

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private PlainStrings model = new PlainStrings();

  @Test
  void stringsAreWhatPlainArraysAre() {
    try (StringStore store = new StringStore(directory.resolve("db"), TINY)) {
      for (int i = 0; i < UNITS; i++) {
        try {
          runUnit(store);
        } catch (RuntimeException | AssertionError e) {
          throw new AssertionError("seed " + seed + ", unit " + i, e);
        }
        if (random.nextInt(100) == 0) {
          store.reopen();
        }
      }
    }
  }

  private void runUnit(StringStore store) {
    PlainStrings committed = new PlainStrings(model);
    try (UnitOfWork unit = store.store().begin(UnitOfWork.Mode.MAY_BLOCK)) {
      unit.awaitAllLocks();
      Session session = new Session(unit.keyspace(0), TINY);
      for (int i = random.nextInt(5); i >= 0; i--) {
        runCommand(unit, session, store.nowMs());
      }
      if (random.nextInt(10) == 0) {
        model = committed;
        return;
      }
      unit.commit();
    }
    store.run(this::checkAll);
  }

  private void runCommand(UnitOfWork unit, Session session, long nowMs) {
    unit.beginCommand(nowMs);
    PlainStrings before = new PlainStrings(model);
    run(session);
    if (random.nextInt(5) == 0) {
      unit.rollbackCommand();
      model = before;
      unit.beginCommand(nowMs);
      checkAll(session);
    }
  }

  private void checkAll(Session session) {
    for (String key : KEYS) {
      Object value = model.get(key) == null ? "(nil)" : StringStore.text(model.orEmpty(key));
      assertThat(session.text(key)).isEqualTo(value);
    }
    assertThat(session.keys().size()).isEqualTo(model.size());
  }

  private void run(Session on) {
    switch (random.nextInt(12)) {
      case 0 -> set(on);
      case 1, 2 -> append(on);
      case 3, 4 -> setRange(on);
      case 5 -> getRange(on);
      case 6, 7 -> setBit(on);
      case 8 -> countAndFind(on);
      case 9 -> combine(on);
      case 10 -> fields(on);
      default -> moveOrDelete(on);
    }
  }

  private void set(Session on) {
    String key = key();
    byte[] value = content(100);
    on.strings().set(bytes(key), value);
    model.set(key, value);
  }

  private void append(Session on) {
    String key = key();
    byte[] tail = content(random.nextBoolean() ? 5 : 40);
    int length = model.orEmpty(key).length + tail.length;
    assertThat(on.strings().append(bytes(key), tail)).isEqualTo(length);
    model.setRange(key, length - tail.length, tail);
  }

  private void setRange(Session on) {
    String key = key();
    int offset = random.nextInt(random.nextInt(10) == 0 ? 400 : 60);
    byte[] part = content(30);
    long length = on.strings().setRange(bytes(key), offset, part);
    if (part.length > 0) {
      model.setRange(key, offset, part);
    }
    assertThat(length).isEqualTo(model.orEmpty(key).length);
  }

  private void getRange(Session on) {
    String key = key();
    int length = model.orEmpty(key).length;
    int from = random.nextInt(length + 10);
    int to = random.nextInt(length + 10);
    assertThat(on.strings().getRange(bytes(key), from, to).toByteArray())
        .isEqualTo(model.range(key, from, to));
  }

  private void setBit(Session on) {
    String key = key();
    int offset = random.nextInt(random.nextInt(10) == 0 ? 3000 : 500);
    int bit = random.nextInt(2);
    assertThat(on.bitmaps().getBit(bytes(key), offset)).isEqualTo(model.bit(key, offset));
    assertThat(on.bitmaps().setBit(bytes(key), offset, bit)).isEqualTo(model.bit(key, offset));
    model.setBit(key, offset, bit);
  }

  private void countAndFind(Session on) {
    String key = key();
    StringValue value = on.strings().find(bytes(key));
    if (value == null) {
      return;
    }
    long bits = model.orEmpty(key).length * 8L;
    IndexRange range = IndexRange.of(random.nextInt(300) - 20, random.nextInt(700) - 100, bits);
    assertThat(on.bitmaps().count(value, range, BitUnit.BIT))
        .isEqualTo(model.count(key, range.first(), range.last()));
    for (int bit = 0; bit <= 1; bit++) {
      assertThat(on.bitmaps().position(value, bit, range, BitUnit.BIT))
          .isEqualTo(model.position(key, bit, range.first(), range.last()));
    }
  }

  private void combine(Session on) {
    BitOperation operation = BitOperation.values()[random.nextInt(3)];
    String to = key();
    List<String> sources = List.of(key(), key(), key());
    int length =
        sources.stream().mapToInt(key -> model.orEmpty(key).length).max().orElse(0);
    byte[] result = new byte[length];
    for (int i = 0; i < length * 8; i++) {
      int at = i;
      long ones = sources.stream().filter(key -> model.bit(key, at) == 1).count();
      boolean one = switch (operation) {
        case AND -> ones == sources.size();
        case OR -> ones > 0;
        default -> ones % 2 == 1;
      };
      result[i / 8] |= (byte) (one ? 0x80 >> i % 8 : 0);
    }
    List<byte[]> keys = sources.stream().map(StringStore::bytes).toList();
    assertThat(on.bitmaps().combine(operation, bytes(to), keys)).isEqualTo(length);
    if (length == 0) {
      model.delete(to);
    } else {
      model.set(to, result);
    }
  }

  private void fields(Session on) {
    String key = key();
    BitField field = new BitField(BitField.Sign.UNSIGNED, 1 + random.nextInt(63));
    int offset = random.nextInt(500);
    long value = random.nextLong() & (-1L >>> (64 - field.bits()));
    var set = new FieldStep(FieldStep.Action.SET, field, offset, value, Overflow.FAIL);
    var get = new FieldStep(FieldStep.Action.GET, field, offset, 0, Overflow.WRAP);
    assertThat(on.bitmaps().fields(bytes(key), List.of(get, set, get)))
        .containsExactly(
            number(key, offset, field.bits()), number(key, offset, field.bits()), value);
    for (int i = 0; i < field.bits(); i++) {
      model.setBit(key, offset + i, (int) (value >>> (field.bits() - 1 - i)) & 1);
    }
  }

  private long number(String key, int offset, int bits) {
    long number = 0;
    for (int i = 0; i < bits; i++) {
      number = number << 1 | model.bit(key, offset + i);
    }
    return number;
  }

  private void moveOrDelete(Session on) {
    String key = key();
    String other = key();
    byte[] value = model.get(key);
    switch (random.nextInt(4)) {
      case 0 -> {
        assertThat(on.keys().delete(bytes(key))).isEqualTo(value != null);
        model.delete(key);
      }
      case 1 -> {
        assertThat(on.strings().getAndDelete(bytes(key)) != null).isEqualTo(value != null);
        model.delete(key);
      }
      case 2 -> {
        if (value != null && !key.equals(other)) {
          on.keys().rename(bytes(key), bytes(other));
          model.delete(key);
          model.set(other, value);
        }
      }
      default -> {
        if (value != null && !key.equals(other)) {
          on.keys().copy(bytes(key), on.keys(), bytes(other));
          model.set(other, value);
        }
      }
    }
  }

  private String key() {
    return KEYS[random.nextInt(KEYS.length)];
  }

  /** Returns up to {@code most} bytes, often with many consecutive zeros or ones. */
  private byte[] content(int most) {
    byte[] content = new byte[random.nextInt(most + 1)];
    int kind = random.nextInt(3);
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (kind == 0 ? 0 : kind == 1 ? -1 : random.nextInt());
    }
    return content;
  }
}
