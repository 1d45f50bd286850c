package pika.storage.hash;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static pika.storage.key.TestEngine.bytes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.storage.bytes.Slice;
import pika.storage.expiry.Sweeper;
import pika.storage.key.Deadlines;
import pika.storage.key.KeyRecord;
import pika.storage.key.Keyspace;
import pika.storage.key.TestEngine;
import pika.storage.key.UnitOfWork;
import pika.storage.key.WouldBlock;
import pika.storage.keys.Keys;
import pika.storage.packed.PackedLimits;
import pika.storage.string.Expiry;

class HashesTest {
  private static final PackedLimits LIMITS = new PackedLimits(4, 8, 100);
  private static final byte[] KEY = bytes("key");

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path directory;

  @SuppressWarnings("NullAway.Init")
  private TestEngine engine;

  @BeforeEach
  void open() {
    engine = TestEngine.in(directory);
  }

  @AfterEach
  void close() {
    engine.audit();
    engine.close();
  }

  @Test
  void smallHashesKeepTheOrderOfTheirFields() {
    set("b", "1", "a", "2", "c", "3", "a", "4");
    assertThat(all()).containsExactly("b=1", "a=4", "c=3");
    assertThat(encoding()).isEqualTo("listpack");
  }

  @Test
  void aLongValueMakesAHashLargeForGood() {
    set("a", "123456789");
    assertThat(encoding()).isEqualTo("hashtable");
    set("a", "1");
    assertThat(encoding()).isEqualTo("hashtable");
    assertThat(hasRows()).isFalse();
  }

  @Test
  void aLongValueMakesAHashLargeThatIsCalledSmallThoughInRows() {
    PackedLimits tight = new PackedLimits(4, 8, 20);
    List<byte[]> fields = List.of(
        bytes("a"), bytes("12345678"), bytes("b"), bytes("12345678"), bytes("c"), bytes("1"));
    engine.run(keyspace -> new Hashes(keyspace, tight).set(KEY, fields));
    assertThat(hasRows()).isTrue();
    assertThat(encoding()).isEqualTo("listpack");

    List<byte[]> longer = List.of(bytes("a"), bytes("123456789"));
    engine.run(keyspace -> new Hashes(keyspace, tight).set(KEY, longer));

    assertThat(encoding()).isEqualTo("hashtable");
  }

  @Test
  void manyFieldsMakeAHashLarge() {
    set("a", "1", "b", "1", "c", "1", "d", "1");
    assertThat(encoding()).isEqualTo("listpack");
    set("e", "1");
    assertThat(encoding()).isEqualTo("hashtable");
    assertThat(hasRows()).isTrue();
  }

  @Test
  void anIncompressibleHundredFieldsTakeLittleMoreThanTheirBytes() {
    PackedLimits usual = new PackedLimits(512, 64, 8 << 10);
    List<byte[]> pairs = new ArrayList<>();
    int plain = 0;
    for (int i = 100; i < 200; i++) {
      pairs.add(bytes("field" + i));
      pairs.add(bytes("value" + i));
      plain += 16;
    }
    engine.run(keyspace -> new Hashes(keyspace, usual).set(KEY, pairs));
    long stored = engine.ask(keyspace -> new Keys(keyspace).storedBytes(KEY, 0));
    assertThat((double) stored / plain).isLessThan(1.3);
  }

  @Test
  void aFieldWithADeadlineMakesASmallHashAnotherKindOfSmall() {
    set("a", "1");
    expire("a", 100);
    assertThat(encoding()).isEqualTo("listpackex");
    set("a", "1");
    assertThat(encoding()).isEqualTo("listpackex");
    set("a", "123456789");
    assertThat(encoding()).isEqualTo("hashtable");
  }

  @Test
  void whatIsOverIsSweptAndGivesItsSpaceBack() {
    for (int fields : new int[] {3, 50}) {
      for (int i = 0; i < fields; i++) {
        set("f" + i, "v");
        expire("f" + i, 100 + i);
      }
      set("stays", "v");
      engine.pass(101);
      assertThat(size()).isEqualTo(fields - 1);
      sweep();
      assertThat(size()).isEqualTo(fields - 1);
      engine.pass(1000);
      assertThat(size()).isEqualTo(1);
      assertThat(all()).containsExactly("stays=v");
      sweep();
      assertThat(engine.engine().keyCount(0)).isEqualTo(1);
      remove("stays");
      assertThat(engine.engine().keyCount(0)).isZero();
    }
  }

  @Test
  void aHashWhoseFieldsAreAllOverIsSwept() {
    for (int fields : new int[] {2, 50}) {
      for (int i = 0; i < fields; i++) {
        set("f" + i, "v");
        expire("f" + i, 100);
      }
      engine.pass(100);
      assertThat(size()).isZero();
      sweep();
      assertThat(engine.engine().keyCount(0)).isZero();
    }
  }

  @Test
  void deadlinesBeforeThoseThatWereSweptAreSweptToo() {
    for (int i = 0; i < 50; i++) {
      set("f" + i, "v");
      expire("f" + i, 1000);
    }
    set("stays", "v");
    engine.pass(1000);
    sweep();
    assertThat(storedFields()).isEqualTo(1);
    // The clock is set back.
    engine.pass(-900);
    set("early", "v");
    expire("early", 50);
    engine.pass(50);
    assertThat(size()).isEqualTo(1);
    sweep();
    assertThat(storedFields()).isEqualTo(1);
    assertThat(all()).containsExactly("stays=v");
  }

  @Test
  void moreFieldsThanOneStepRemovesAreSweptInOneRun() {
    List<byte[]> fields = new ArrayList<>();
    List<byte[]> pairs = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      fields.add(bytes("f" + i));
      pairs.add(bytes("f" + i));
      pairs.add(bytes("v"));
    }
    engine.run(keyspace -> new Hashes(keyspace, LIMITS).set(KEY, pairs));
    set("stays", "v");
    engine.run(keyspace ->
        new FieldExpiry(keyspace, LIMITS).expire(KEY, engine.nowMs() + 100, null, fields));
    engine.pass(100);
    assertThat(size()).isEqualTo(1);
    assertThat(storedFields()).isEqualTo(5001);
    sweep();
    assertThat(storedFields()).isEqualTo(1);
  }

  @Test
  void aHashWithNothingLeftGoesAsAWholeHoweverLargeItIs() {
    setTogether(2000, 100);
    engine.pass(100);
    engine.run(keyspace -> new FieldExpiry(keyspace, LIMITS).removeDead(KEY));
    assertThat(engine.engine().keyCount(0)).isZero();
  }

  @Test
  void fieldsWhoseDeadlinesWereNeverCountedAreSweptToo() {
    setTogether(500, 100);
    set("stays", "v");
    engine.run(keyspace -> {
      // As it was written before tallies were introduced.
      KeyRecord record = requireNonNull(keyspace.header(KEY));
      keyspace.put(
          KEY,
          record.withPayload(
              HashFormat.rowsPayload(501, false, HashFormat.deadlinesStart(record))));
    });
    engine.pass(100);
    assertThat(size()).isEqualTo(1);
    sweep();
    assertThat(storedFields()).isEqualTo(1);
    assertThat(all()).containsExactly("stays=v");
  }

  private void setTogether(int count, long inMs) {
    List<byte[]> pairs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pairs.add(bytes("f" + i));
      pairs.add(bytes("v"));
    }
    engine.run(keyspace -> new FieldExpiry(keyspace, LIMITS)
        .set(KEY, pairs, FieldCondition.ALWAYS, Expiry.at(engine.nowMs() + inMs)));
  }

  @Test
  void settingAFieldThatIsOverMakesItANewOne() {
    for (int others : new int[] {0, 10}) {
      for (int i = 0; i < others; i++) {
        set("other" + i, "v");
      }
      set("a", "1");
      expire("a", 10);
      engine.pass(10);
      assertThat(set("a", "2")).isEqualTo(1);
      assertThat(size()).isEqualTo(others + 1);
      engine.pass(1000);
      sweep();
      assertThat(size()).isEqualTo(others + 1);
    }
  }

  @Test
  void anEarlierKeyDeadlineComesFirst() {
    set("a", "1");
    expire("a", 1000);
    engine.run(keyspace -> new Keys(keyspace).expire(KEY, engine.nowMs() + 10, Set.of()));
    engine.audit();
    engine.pass(10);
    sweep();
    assertThat(engine.engine().keyCount(0)).isZero();
  }

  @Test
  void largeHashesAreNotWalkedWhereNobodyMayWait() {
    set("a", "1", "b", "1", "c", "1", "d", "1", "e", "1");
    try (UnitOfWork unit = engine.engine().begin(UnitOfWork.Mode.MEMORY_ONLY)) {
      unit.beginCommand(engine.nowMs());
      Hashes hashes = new Hashes(unit.keyspace(0), LIMITS);
      assertThat(hashes.size(KEY)).isEqualTo(5);
      assertThatThrownBy(() -> hashes.forEach(KEY, (field, value) -> true))
          .isSameAs(WouldBlock.INSTANCE);
    }
  }

  private long set(String... pairs) {
    List<byte[]> bytes = new ArrayList<>();
    for (String text : pairs) {
      bytes.add(bytes(text));
    }
    return engine.ask(keyspace -> new Hashes(keyspace, LIMITS).set(KEY, bytes));
  }

  private void remove(String field) {
    engine.run(keyspace -> new Hashes(keyspace, LIMITS).remove(KEY, List.of(bytes(field))));
  }

  private void expire(String field, long inMs) {
    List<FieldExpiry.Outcome> outcomes = engine.ask(keyspace -> new FieldExpiry(keyspace, LIMITS)
        .expire(KEY, engine.nowMs() + inMs, null, List.of(bytes(field))));
    assertThat(outcomes).containsExactly(FieldExpiry.Outcome.DONE);
  }

  private long size() {
    return engine.ask(keyspace -> new Hashes(keyspace, LIMITS).size(KEY));
  }

  /** Counts expired fields not yet removed as well. */
  private long storedFields() {
    return engine.ask(keyspace -> {
      var record = keyspace.header(KEY);
      return record == null ? 0 : HashFormat.count(record);
    });
  }

  private List<String> all() {
    List<String> all = new ArrayList<>();
    engine.run(keyspace -> new Hashes(keyspace, LIMITS)
        .forEach(KEY, (field, value) -> all.add(text(field) + "=" + text(value))));
    return all;
  }

  private String encoding() {
    return engine.ask(keyspace -> String.valueOf(new Keys(keyspace).encoding(KEY)));
  }

  private boolean hasRows() {
    return engine.ask(HashesTest::hasRows);
  }

  private static boolean hasRows(Keyspace keyspace) {
    var record = keyspace.header(KEY);
    return record != null && record.hasRows();
  }

  private void sweep() {
    Deadlines deadlines = new Deadlines(
        engine.engine(), (keys, key) -> new FieldExpiry(keys, LIMITS).removeDead(key));
    new Sweeper(deadlines, engine::nowMs).run();
  }

  private static String text(Slice slice) {
    return TestEngine.text(slice.toByteArray());
  }
}
