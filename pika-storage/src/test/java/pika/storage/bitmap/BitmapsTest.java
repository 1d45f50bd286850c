package pika.storage.bitmap;

import static org.assertj.core.api.Assertions.assertThat;
import static pika.storage.string.StringStore.bytes;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.storage.bitmap.BitField.Sign;
import pika.storage.bitmap.FieldStep.Action;
import pika.storage.string.IndexRange;
import pika.storage.string.StringLimits;
import pika.storage.string.StringStore;
import pika.storage.string.StringStore.Session;
import pika.storage.string.StringValue;

class BitmapsTest {
  private static final StringLimits TINY = new StringLimits(32, 8, 1 << 20);
  private static final byte[] KEY = bytes("key");
  private static final BitField U8 = new BitField(Sign.UNSIGNED, 8);

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path directory;

  @SuppressWarnings("NullAway.Init")
  private StringStore store;

  @BeforeEach
  void open() {
    store = new StringStore(directory.resolve("db"), TINY);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void bitZeroIsTheMostSignificantOfTheFirstByte() {
    store.run(on -> {
      assertThat(on.bitmaps().setBit(KEY, 1, 1)).isZero();
      assertThat(on.bitmaps().setBit(KEY, 7, 1)).isZero();
      assertThat(on.text("key")).isEqualTo("A");
      assertThat(on.bitmaps().setBit(KEY, 7, 0)).isOne();
      assertThat(on.text("key")).isEqualTo("@");
    });
  }

  @Test
  void aBitFarBehindTheEndMakesOneChunk() {
    store.run(on -> on.bitmaps().setBit(KEY, 8_000_000, 1));
    store.run(on -> {
      assertThat(on.strings().length(KEY)).isEqualTo(1_000_001);
      assertThat(on.bitmaps().getBit(KEY, 8_000_000)).isOne();
      assertThat(on.bitmaps().getBit(KEY, 7_999_999)).isZero();
      assertThat(on.bitmaps().getBit(KEY, 1L << 40)).isZero();
      StringValue value = found(on);
      IndexRange all = IndexRange.all(value.length());
      assertThat(on.bitmaps().count(value, all, BitUnit.BYTE)).isOne();
      assertThat(on.bitmaps().position(value, 1, all, BitUnit.BYTE)).isEqualTo(8_000_000);
      assertThat(on.bitmaps().position(value, 0, all, BitUnit.BYTE)).isZero();
    });
  }

  @Test
  void onesToTheEndAreFollowedByAZeroUnlessTheRangeHasAnEnd() {
    store.run(on -> {
      on.set("key", "\u00ff\u00ff");
      StringValue value = found(on);
      IndexRange all = IndexRange.all(2);
      assertThat(on.bitmaps().positionToEnd(value, 0, all)).isEqualTo(16);
      assertThat(on.bitmaps().position(value, 0, all, BitUnit.BYTE)).isEqualTo(-1);
      assertThat(on.bitmaps().positionToEnd(value, 0, IndexRange.of(5, -1, 2))).isEqualTo(-1);
      assertThat(on.bitmaps().positionToEnd(value, 1, all)).isZero();
    });
  }

  @Test
  void rangesOfBitsStartAndEndInsideBytes() {
    store.run(on -> {
      on.set("key", "\u00ff\u0000\u00ff");
      StringValue value = found(on);
      assertThat(on.bitmaps().count(value, new IndexRange(5, 18), BitUnit.BIT)).isEqualTo(6);
      assertThat(on.bitmaps().count(value, new IndexRange(5, 6), BitUnit.BIT)).isEqualTo(2);
      assertThat(on.bitmaps().position(value, 0, new IndexRange(3, 7), BitUnit.BIT))
          .isEqualTo(-1);
      assertThat(on.bitmaps().position(value, 0, new IndexRange(3, 9), BitUnit.BIT))
          .isEqualTo(8);
      assertThat(on.bitmaps().position(value, 1, new IndexRange(9, 23), BitUnit.BIT))
          .isEqualTo(16);
    });
  }

  @Test
  void missingBitmapsAreZerosAndTheResultIsAsLongAsTheLongest() {
    store.run(on -> {
      on.set("a", "abc");
      on.set("b", "d".repeat(40));
      assertThat(combine(on, BitOperation.AND, "a", "b", "none")).isEqualTo(40);
      assertThat(on.text("to")).isEqualTo("\0".repeat(40));
      assertThat(combine(on, BitOperation.OR, "none", "a")).isEqualTo(3);
      assertThat(on.text("to")).isEqualTo("abc");
      assertThat(combine(on, BitOperation.NOT, "a")).isEqualTo(3);
      assertThat(on.text("to")).isEqualTo("\u009e\u009d\u009c");
      assertThat(combine(on, BitOperation.XOR, "none", "none")).isZero();
      assertThat(on.text("to")).isEqualTo("(nil)");
    });
  }

  @Test
  void theDestinationMayBeASource() {
    store.run(on -> on.set("to", "x".repeat(40)));
    store.run(on -> {
      on.set("a", "y");
      assertThat(combine(on, BitOperation.OR, "to", "a")).isEqualTo(40);
      assertThat(on.text("to")).isEqualTo("y" + "x".repeat(39));
    });
  }

  @Test
  void fieldsSeeWhatEarlierStepsWrote() {
    store.run(on -> {
      List<FieldStep> steps = List.of(
          new FieldStep(Action.SET, U8, 300, 200, Overflow.WRAP),
          new FieldStep(Action.INCREMENT, U8, 300, 100, Overflow.WRAP),
          new FieldStep(Action.INCREMENT, U8, 300, 300, Overflow.FAIL),
          new FieldStep(Action.GET, U8, 300, 0, Overflow.WRAP),
          new FieldStep(Action.GET, U8, 1L << 40, 0, Overflow.WRAP));
      assertThat(on.bitmaps().fields(KEY, steps)).containsExactly(0L, 44L, null, 44L, 0L);
      assertThat(on.strings().length(KEY)).isEqualTo(39);
    });
  }

  @Test
  void readingFieldsMakesNoKey() {
    store.run(on -> {
      List<FieldStep> steps = List.of(new FieldStep(Action.GET, U8, 3, 0, Overflow.WRAP));
      assertThat(on.bitmaps().fields(KEY, steps)).containsExactly(0L);
      assertThat(on.keys().size()).isZero();
    });
  }

  private static long combine(Session on, BitOperation operation, String... sources) {
    List<byte[]> keys = Stream.of(sources).map(StringStore::bytes).toList();
    return on.bitmaps().combine(operation, bytes("to"), keys);
  }

  private static StringValue found(Session on) {
    StringValue value = on.strings().find(KEY);
    assertThat(value).isNotNull();
    return value;
  }
}
