package pika.storage.string;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static pika.storage.string.StringStore.bytes;

import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.storage.key.DataException;
import pika.storage.key.DataException.Problem;
import pika.storage.key.DataType;
import pika.storage.key.KeyRecord;
import pika.storage.key.WouldBlock;
import pika.storage.key.WrongTypeException;
import pika.storage.string.StringStore.Session;

class StringsTest {
  /** Anything longer than 32 bytes is in chunks of 8. */
  private static final StringLimits TINY = new StringLimits(32, 8, 1000);

  private static final byte[] KEY = bytes("key");
  private static final String LONG = "0123456789abcdefghijklmnopqrstuvwxyzABCDEF";

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
  void getSharesTheRecordsArray() {
    store.run(on -> on.set("key", "value"));
    store.run(on -> {
      KeyRecord record = on.keys().get(KEY);
      assertThat(record).isNotNull();
      assertThat(on.strings().get(KEY))
          .isNotNull()
          .satisfies(slice -> assertThat(slice.array()).isSameAs(record.array()))
          .satisfies(slice -> assertThat(slice.toByteArray()).isEqualTo(bytes("value")));
    });
  }

  @Test
  void setReplacesAnyTypeAndTheExpiry() {
    store.run(on -> on.keys().put(KEY, KeyRecord.of(DataType.LIST, 0, Long.MAX_VALUE, KEY)));
    store.run(on -> on.set("key", "value"));
    store.run(on -> {
      assertThat(on.text("key")).isEqualTo("value");
      assertThat(expiry(on)).isEqualTo(KeyRecord.NEVER);
    });
  }

  @Test
  void conditionsLookAtKeysOfAnyType() {
    store.run(on -> on.keys().put(KEY, KeyRecord.of(DataType.LIST, 0, KeyRecord.NEVER, KEY)));
    store.run(on -> {
      assertThat(set(on, "a", SetCondition.IF_ABSENT, Expiry.NONE)).isFalse();
      assertThat(set(on, "b", SetCondition.IF_PRESENT, Expiry.NONE)).isTrue();
      assertThat(on.text("key")).isEqualTo("b");
      on.keys().delete(KEY);
      assertThat(set(on, "c", SetCondition.IF_PRESENT, Expiry.NONE)).isFalse();
      assertThat(set(on, "d", SetCondition.IF_ABSENT, Expiry.NONE)).isTrue();
      assertThat(on.text("key")).isEqualTo("d");
    });
  }

  @Test
  void setKeepsOrReplacesTheExpiry() {
    long deadline = store.nowMs() + 100;
    store.run(on -> {
      assertThat(set(on, "a", SetCondition.ALWAYS, Expiry.at(deadline))).isTrue();
      assertThat(set(on, "b", SetCondition.ALWAYS, Expiry.KEEP)).isTrue();
      assertThat(expiry(on)).isEqualTo(deadline);
      assertThat(set(on, "c", SetCondition.ALWAYS, Expiry.NONE)).isTrue();
      assertThat(expiry(on)).isEqualTo(KeyRecord.NEVER);
      assertThat(set(on, "d", SetCondition.ALWAYS, Expiry.at(store.nowMs()))).isTrue();
      assertThat(on.text("key")).isEqualTo("(nil)");
    });
  }

  @Test
  void changesInPlaceKeepTheExpiry() {
    Expiry expiry = Expiry.at(store.nowMs() + 100);
    store.run(on -> {
      set(on, "1", SetCondition.ALWAYS, expiry);
      on.strings().increment(KEY, 1);
      on.strings().incrementByFloat(KEY, bytes("0.5"));
      on.strings().append(KEY, bytes(LONG));
      on.strings().setRange(KEY, 60, bytes("x"));
      on.bitmaps().setBit(KEY, 0, 1);
      assertThat(expiry(on)).isEqualTo(expiry.atMs());
    });
  }

  @Test
  void getAndExpireSetsKeepsOrEndsTheExpiry() {
    store.run(on -> {
      assertThat(on.strings().getAndExpire(KEY, () -> Expiry.NONE)).isNull();
      on.set("key", LONG);
      on.strings().getAndExpire(KEY, () -> Expiry.at(store.nowMs() + 5));
      on.strings().getAndExpire(KEY, () -> Expiry.KEEP);
      assertThat(expiry(on)).isEqualTo(store.nowMs() + 5);
      on.strings().getAndExpire(KEY, () -> Expiry.NONE);
      assertThat(expiry(on)).isEqualTo(KeyRecord.NEVER);
      assertThat(on.strings().getAndExpire(KEY, () -> Expiry.at(store.nowMs()))).isNotNull();
      assertThat(on.keys().size()).isZero();
    });
  }

  @Test
  void getAndDeleteRemovesLongStringsToo() {
    store.run(on -> on.set("key", LONG));
    store.run(on -> {
      assertThat(on.strings().getAndDelete(KEY)).isNotNull();
      assertThat(on.strings().getAndDelete(KEY)).isNull();
    });
  }

  @Test
  void aLongStringIsCutIntoChunksAndReadsTheSame() {
    store.run(on -> on.set("key", LONG));
    store.reopen();
    store.run(on -> {
      KeyRecord record = on.keys().get(KEY);
      assertThat(record).isNotNull();
      assertThat(record.hasRows()).isTrue();
      assertThat(on.text("key")).isEqualTo(LONG);
      assertThat(on.strings().length(KEY)).isEqualTo(LONG.length());
      assertThat(range(on, 6, 9)).isEqualTo(LONG.substring(6, 10));
      assertThat(range(on, 3, -4)).isEqualTo(LONG.substring(3, LONG.length() - 3));
    });
  }

  @Test
  void growingBeyondTheLimitConvertsOnceAndOnlySetConvertsBack() {
    store.run(on -> {
      on.set("key", LONG.substring(0, 32));
      assertThat(hasRows(on)).isFalse();
      on.strings().append(KEY, bytes("x"));
      assertThat(hasRows(on)).isTrue();
      assertThat(on.text("key")).isEqualTo(LONG.substring(0, 32) + "x");
      on.set("key", "short");
      assertThat(hasRows(on)).isFalse();
    });
  }

  @Test
  void whatWasNeverWrittenReadsAsZeros() {
    store.run(on -> on.strings().setRange(KEY, 900, bytes("end")));
    store.run(on -> {
      assertThat(on.strings().length(KEY)).isEqualTo(903);
      assertThat(range(on, 0, 899)).isEqualTo("\0".repeat(900));
      assertThat(range(on, 895, 999)).isEqualTo("\0\0\0\0\0end");
    });
  }

  @Test
  void rangesAreCutToTheString() {
    store.run(on -> {
      assertThat(range(on, 0, -1)).isEmpty();
      on.set("key", "hello");
      assertThat(range(on, 0, -100)).isEqualTo("h");
      assertThat(range(on, -100, -101)).isEmpty();
      assertThat(range(on, -2, 100)).isEqualTo("lo");
      assertThat(range(on, 5, 9)).isEmpty();
      assertThat(range(on, Long.MIN_VALUE, Long.MAX_VALUE)).isEqualTo("hello");
    });
  }

  @Test
  void overwritingWithNothingChangesNothing() {
    store.run(on -> {
      assertThat(on.strings().setRange(KEY, Long.MAX_VALUE, bytes(""))).isZero();
      assertThat(on.keys().get(KEY)).isNull();
    });
  }

  @Test
  void stringsDontGrowBeyondTheirLimit() {
    store.run(on -> {
      on.set("key", LONG);
      assertProblem(Problem.STRING_TOO_LONG, () -> on.strings().setRange(KEY, 1000, bytes("x")));
      assertProblem(
          Problem.STRING_TOO_LONG, () -> on.strings().setRange(KEY, Long.MAX_VALUE, bytes("x")));
      assertProblem(Problem.STRING_TOO_LONG, () -> on.strings().append(KEY, new byte[999]));
      assertThat(on.strings().setRange(KEY, 999, bytes("x"))).isEqualTo(1000);
    });
  }

  @Test
  void incrementStaysInsideTheRangeOfLongs() {
    store.run(on -> {
      assertThat(on.strings().increment(KEY, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
      assertProblem(Problem.OVERFLOW, () -> on.strings().increment(KEY, 1));
      assertThat(on.strings().increment(KEY, Long.MIN_VALUE)).isEqualTo(-1);
      assertProblem(Problem.OVERFLOW, () -> on.strings().increment(KEY, Long.MIN_VALUE));
      assertThat(on.text("key")).isEqualTo("-1");
    });
  }

  @Test
  void onlyCanonicalIntegersAreIncremented() {
    store.run(on -> {
      for (String text : new String[] {"", "01", "+1", " 1", "1 ", "-0", "1.0", "-", LONG}) {
        on.set("key", text);
        assertProblem(Problem.NOT_AN_INTEGER, () -> on.strings().increment(KEY, 1));
      }
    });
  }

  @Test
  void floatsAddUpAsInRedis() {
    store.run(on -> {
      assertThat(add(on, "10.5")).isEqualTo("10.5");
      assertThat(add(on, "0.1")).isEqualTo("10.6");
      assertThat(add(on, "989.5")).isEqualTo("1000.09999999999999998");
      on.set("key", "5.0e3");
      assertThat(add(on, "200")).isEqualTo("5200");
      on.set("key", "inf");
      assertProblem(Problem.NAN_OR_INFINITY, () -> add(on, "1"));
      assertProblem(Problem.NOT_A_FLOAT, () -> add(on, "nan"));
      on.set("key", LONG);
      assertProblem(Problem.NOT_A_FLOAT, () -> add(on, "1"));
    });
  }

  @Test
  void encodingsAreNamedAsInRedis() {
    store.run(on -> {
      assertThat(encodingOf(on, "-9223372036854775808")).isEqualTo("int");
      assertThat(encodingOf(on, "9223372036854775808")).isEqualTo("embstr");
      assertThat(encodingOf(on, "x".repeat(32))).isEqualTo("embstr");
      assertThat(encodingOf(on, "x".repeat(45))).isEqualTo("raw");
      on.set("key", "1");
      on.strings().append(KEY, bytes(""));
      assertThat(on.encoding("key")).isEqualTo("raw");
      on.strings().increment(KEY, 1);
      assertThat(on.encoding("key")).isEqualTo("int");
      add(on, "1");
      assertThat(on.encoding("key")).isEqualTo("embstr");
    });
  }

  @Test
  void otherTypesAreRefused() {
    store.run(on -> {
      on.keys().put(KEY, KeyRecord.of(DataType.HASH, 0, KeyRecord.NEVER, KEY));
      assertWrongType(() -> on.strings().get(KEY));
      assertWrongType(() -> on.strings().length(KEY));
      assertWrongType(() -> on.strings().append(KEY, KEY));
      assertWrongType(() -> on.strings().setRange(KEY, 0, bytes("")));
      assertWrongType(() -> on.strings().increment(KEY, 1));
      assertWrongType(() -> on.strings().incrementByFloat(KEY, KEY));
      assertWrongType(() -> on.strings().getAndDelete(KEY));
      assertWrongType(() -> on.bitmaps().getBit(KEY, 0));
    });
  }

  @Test
  void chunksAreForThreadsThatMayWait() {
    assertWouldBlock(() -> store.callInMemory(on -> set(on, LONG)));
    assertThat(store.<Boolean>callInMemory(on -> set(on, "short"))).isTrue();
    store.run(on -> on.set("key", LONG));
    assertWouldBlock(() -> store.callInMemory(on -> on.strings().get(KEY)));
    assertWouldBlock(() -> store.callInMemory(on -> on.strings().append(KEY, KEY)));
    assertThat(store.<Boolean>callInMemory(on -> set(on, "short"))).isTrue();
  }

  private static boolean set(Session on, String value) {
    return set(on, value, SetCondition.ALWAYS, Expiry.NONE);
  }

  private static boolean set(Session on, String value, SetCondition condition, Expiry expiry) {
    return on.strings().set(KEY, bytes(value), condition, expiry);
  }

  private static String range(Session on, long start, long end) {
    return StringStore.text(on.strings().getRange(KEY, start, end).toByteArray());
  }

  private static String add(Session on, String delta) {
    return StringStore.text(on.strings().incrementByFloat(KEY, bytes(delta)));
  }

  private static String encodingOf(Session on, String value) {
    on.set("key", value);
    return on.encoding("key");
  }

  private static boolean hasRows(Session on) {
    KeyRecord record = on.keys().get(KEY);
    return record != null && record.hasRows();
  }

  private static long expiry(Session on) {
    KeyRecord record = on.keys().get(KEY);
    return record == null ? 0 : record.expireAtMs();
  }

  private static void assertProblem(Problem problem, ThrowingCallable code) {
    assertThatThrownBy(code)
        .isInstanceOfSatisfying(
            DataException.class, e -> assertThat(e.problem()).isEqualTo(problem));
  }

  private static void assertWrongType(ThrowingCallable code) {
    AbstractThrowableAssert<?, ?> unused =
        assertThatThrownBy(code).isInstanceOf(WrongTypeException.class);
  }

  private static void assertWouldBlock(ThrowingCallable code) {
    assertThatThrownBy(code).isSameAs(WouldBlock.INSTANCE);
  }
}
