package pika.storage.list;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static pika.storage.string.StringStore.bytes;
import static pika.storage.string.StringStore.text;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.storage.TypeLimits;
import pika.storage.bytes.Slice;
import pika.storage.key.KeyRecord;
import pika.storage.key.Keyspace;
import pika.storage.key.WouldBlock;
import pika.storage.key.WrongTypeException;
import pika.storage.rocks.Cursor;
import pika.storage.string.StringLimits;
import pika.storage.string.StringStore;

class ListsTest {
  private static final byte[] KEY = bytes("key");
  private static final long DEADLINE_MS = StringStore.START_MS + 1000;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path directory;

  @SuppressWarnings("NullAway.Init")
  private StringStore store;

  @BeforeEach
  void open() {
    store = new StringStore(directory.resolve("db"), StringLimits.DEFAULT);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void aListLeavesItsRecordWhenItGrowsAndComesBackWhenItIsShort() {
    push(1000);
    assertThat(encoding()).isEqualTo("listpack");
    push(4000);
    assertThat(encoding()).isEqualTo("quicklist");
    change(list -> list.pop(End.HEAD, 4995));
    assertThat(encoding()).isEqualTo("listpack");
    assertThat(rowCount()).isZero();
    assertThat(range(0, 1)).containsExactly("3995", "3996");
  }

  @Test
  void elementsOfMegabytesAreElements() {
    String huge = "x".repeat(3 << 20);
    run(lists -> lists.push(KEY, End.TAIL, List.of(slice("a"), slice(huge), slice("b"))));
    run(lists -> lists.push(KEY, End.HEAD, List.of(slice(huge + "y"))));
    assertThat(range(0, -1)).containsExactly(huge + "y", "a", huge, "b");
    change(list -> list.insert(Side.AFTER, bytes("a"), slice(huge + "z")));
    change(list -> list.set(0, slice("short")));
    assertThat(range(0, 2)).containsExactly("short", "a", huge + "z");
    change(list -> list.remove(bytes(huge), 0));
    change(list -> list.pop(End.TAIL, 2));
    assertThat(range(0, -1)).containsExactly("short", "a");
  }

  @Test
  void aMillionElementsAreFoundByIndexFromFewRows() {
    push(1_000_000);
    List<Slice> found = call(lists -> {
      ListValue list = requireNonNull(lists.find(KEY));
      return List.of(
          requireNonNull(list.get(500_000)),
          requireNonNull(list.get(-1)),
          list.range(777_777, 777_777).get(0));
    });
    assertThat(found.stream().map(ListsTest::string)).containsExactly("500000", "999999", "777777");
    assertThat(rowCount()).isLessThan(1_000_000 / 100);
  }

  @Test
  void changesInTheMiddleOfALongListTouchFewRows() {
    push(200_000);
    long before = rowCount();
    change(list -> list.insert(Side.BEFORE, bytes("100000"), slice("new")));
    change(list -> list.remove(bytes("100001"), 0));
    change(list -> list.set(100_500, slice("other")));
    assertThat(rowCount()).isBetween(before - 3, before + 3);
    assertThat(range(99_999, 100_002)).containsExactly("99999", "new", "100000", "100002");
  }

  @Test
  void noOrderOfRemovalsLeavesManySmallLeaves() {
    push(50_000);
    change(list -> {
      for (int i = 0; i < 50_000; i++) {
        if (i % 25 != 0) {
          list.set(i, slice("unwanted"));
        }
      }
    });
    change(list -> assertThat(list.remove(bytes("unwanted"), 20_000)).isEqualTo(20_000));
    change(list -> assertThat(list.remove(bytes("unwanted"), -30_000)).isEqualTo(28_000));
    assertThat(range(1000, 1001)).containsExactly("25000", "25025");
    assertThat(rowCount()).isLessThan(2000 / 20);
  }

  @Test
  void longElementsReplacedByShortOnesLeaveFewLeaves() {
    List<Slice> elements = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      elements.add(slice("x".repeat(1500)));
    }
    run(lists -> lists.push(KEY, End.TAIL, elements));
    assertThat(rowCount()).isGreaterThan(2000);
    change(list -> {
      for (int i = 0; i < 2000; i++) {
        list.set(i, slice("" + i));
      }
    });
    assertThat(rowCount()).isLessThan(200);
    assertThat(range(1234, 1235)).containsExactly("1234", "1235");
  }

  @Test
  void theDeadlineStaysThroughChangesOfForm() {
    push(10);
    store.run(session -> {
      KeyRecord record = requireNonNull(session.keys().get(KEY));
      session.keys().put(KEY, record.withExpiry(DEADLINE_MS));
    });
    push(5000);
    assertThat(record().hasRows()).isTrue();
    assertThat(record().expireAtMs()).isEqualTo(DEADLINE_MS);
    change(list -> list.pop(End.HEAD, 5005));
    assertThat(record().hasRows()).isFalse();
    assertThat(record().expireAtMs()).isEqualTo(DEADLINE_MS);
  }

  @Test
  void aListWithoutElementsIsNone() {
    push(10_000);
    change(list -> list.trim(1, 0));
    assertThat(length(KEY)).isZero();
    push(3);
    change(list -> list.pop(End.TAIL, 3));
    assertThat(length(KEY)).isZero();
    store.run(session -> assertThat(session.keys().size()).isZero());
  }

  @Test
  void aRenamedListGoesOnGrowing() {
    push(10_000);
    byte[] other = bytes("other");
    store.run(session -> session.keys().rename(KEY, other));
    run(lists -> lists.push(other, End.HEAD, numbers(1000, "h")));
    assertThat(length(other)).isEqualTo(11_000);
    run(lists -> {
      ListValue list = requireNonNull(lists.find(other));
      assertThat(string(list.range(999, 1001).get(1))).isEqualTo("0");
    });
  }

  @Test
  void aLongListIsNeitherMadeNorWalkedOverWhereNobodyMayWait() {
    push(100);
    long length = inMemory(lists -> lists.push(KEY, End.TAIL, numbers(1, "")));
    assertThat(length).isEqualTo(101);
    assertThatThrownBy(() -> inMemory(lists -> lists.push(KEY, End.TAIL, numbers(10_000, ""))))
        .isSameAs(WouldBlock.INSTANCE);
    push(100_000);
    long after = inMemory(lists -> lists.length(KEY));
    assertThat(after).isEqualTo(100_100);
    assertThatThrownBy(() -> inMemory(lists -> range(lists, 0, -1))).isSameAs(WouldBlock.INSTANCE);
    assertThatThrownBy(() -> inMemory(lists -> requireNonNull(lists.find(KEY)).remove(KEY, 0)))
        .isSameAs(WouldBlock.INSTANCE);
  }

  @Test
  void otherTypesAreRefused() {
    store.run(session -> session.set("key", "text"));
    assertThatThrownBy(() -> call(lists -> lists.find(KEY))).isInstanceOf(WrongTypeException.class);
    assertThatThrownBy(() -> call(lists -> lists.length(KEY)))
        .isInstanceOf(WrongTypeException.class);
    byte[] source = bytes("source");
    run(lists -> lists.push(source, End.TAIL, numbers(1, "")));
    assertThatThrownBy(() -> call(lists -> lists.move(source, End.HEAD, KEY, End.HEAD)))
        .isInstanceOf(WrongTypeException.class);
  }

  // ---- shorthands

  private void push(int count) {
    run(lists -> lists.push(KEY, End.TAIL, numbers(count, "")));
  }

  private void change(Consumer<ListValue> change) {
    run(lists -> change.accept(requireNonNull(lists.find(KEY))));
  }

  private long length(byte[] key) {
    return call(lists -> lists.length(key));
  }

  private List<String> range(long start, long stop) {
    return call(lists -> range(lists, start, stop)).stream()
        .map(ListsTest::string)
        .toList();
  }

  private static List<Slice> range(Lists lists, long start, long stop) {
    return requireNonNull(lists.find(KEY)).range(start, stop);
  }

  private String encoding() {
    return ListEncoding.redisName(record());
  }

  private KeyRecord record() {
    return store.call(session -> requireNonNull(session.keys().get(KEY)));
  }

  private long rowCount() {
    return store.call(session -> {
      KeyRecord record = requireNonNull(session.keys().get(KEY));
      return record.hasRows() ? rowCount(session.keys(), record) : 0;
    });
  }

  private static long rowCount(Keyspace keys, KeyRecord record) {
    long count = 0;
    try (Cursor cursor = keys.rows(KEY, record).walkAll()) {
      for (; cursor.valid(); cursor.next()) {
        count++;
      }
    }
    return count;
  }

  private void run(Consumer<Lists> command) {
    store.run(session -> command.accept(lists(session)));
  }

  private <T> T call(Function<Lists, T> command) {
    return store.call(session -> command.apply(lists(session)));
  }

  private <T> T inMemory(Function<Lists, T> command) {
    return store.callInMemory(session -> command.apply(lists(session)));
  }

  private static Lists lists(StringStore.Session session) {
    return new Lists(session.keys(), TypeLimits.DEFAULT.lists());
  }

  private static List<Slice> numbers(int count, String prefix) {
    Slice[] numbers = new Slice[count];
    Arrays.setAll(numbers, i -> slice(prefix + i));
    return List.of(numbers);
  }

  private static Slice slice(String text) {
    return Slice.of(bytes(text));
  }

  private static String string(Slice slice) {
    return text(slice.toByteArray());
  }
}
