package pika.storage.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static pika.storage.key.TestEngine.bytes;
import static pika.storage.key.TestEngine.record;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.storage.key.DataType;
import pika.storage.key.ExpireCondition;
import pika.storage.key.KeyRecord;
import pika.storage.key.Keyspace;
import pika.storage.key.RowValue;
import pika.storage.key.TestEngine;

class KeysTest {
  private static final Set<ExpireCondition> ALWAYS = EnumSet.noneOf(ExpireCondition.class);

  @TempDir
  Path directory;

  private TestEngine store;

  @BeforeEach
  void open() {
    store = TestEngine.in(directory);
    store.run(k -> k.put(bytes("k"), record("x")));
    store.run(k -> k.put(bytes("dated"), record("x", store.nowMs() + 1000)));
    store.run(k -> k.put(bytes("over"), record("x", store.nowMs())));
    store.run(k -> RowValue.put(k, "large", 100));
  }

  @AfterEach
  void close() {
    store.audit();
    store.close();
  }

  @Test
  void tellWhatIsThere() {
    assertThat(is(keys -> keys.exists(bytes("k")))).isTrue();
    assertThat(is(keys -> keys.exists(bytes("over")))).isFalse();
    assertThat(is(keys -> keys.touch(bytes("over")))).isFalse();
    run(keys -> assertThat(keys.type(bytes("large"))).isSameAs(DataType.HASH));
    run(keys -> assertThat(keys.type(bytes("over"))).isNull());
    assertThat(number(keys -> keys.deadline(bytes("k")))).isEqualTo(KeyRecord.NEVER);
    assertThat(number(keys -> keys.deadline(bytes("over")))).isEqualTo(Keys.ABSENT);
    assertThat(number(keys -> keys.deadline(bytes("dated")))).isEqualTo(store.nowMs() + 1000);
  }

  @Test
  void deleteWhatIsThere() {
    assertThat(is(keys -> keys.delete(bytes("k")))).isTrue();
    assertThat(is(keys -> keys.delete(bytes("k")))).isFalse();
    assertThat(is(keys -> keys.delete(bytes("over")))).isFalse();
    assertThat(is(keys -> keys.delete(bytes("large")))).isTrue();
    assertThat(store.engine().keyCount(0)).isEqualTo(1);
  }

  @Test
  void takeDeadlinesOnConditions() {
    long now = store.nowMs();
    assertThat(expire("k", now + 50, ExpireCondition.XX)).isFalse();
    assertThat(expire("k", now + 50, ExpireCondition.GT)).isFalse();
    assertThat(expire("k", now + 50, ExpireCondition.LT)).isTrue();
    assertThat(expire("k", now + 60, ExpireCondition.NX)).isFalse();
    assertThat(expire("k", now + 50, ExpireCondition.GT)).isFalse();
    assertThat(expire("k", now + 60, ExpireCondition.GT, ExpireCondition.XX)).isTrue();
    assertThat(expire("k", now + 60, ExpireCondition.LT)).isFalse();
    assertThat(number(keys -> keys.deadline(bytes("k")))).isEqualTo(now + 60);
    assertThat(expire("over", now + 60)).isFalse();
    assertThat(expire("absent", now + 60)).isFalse();
  }

  @Test
  void goWhenTheirDeadlineIsNotInTheFuture() {
    assertThat(expire("k", store.nowMs())).isTrue();
    assertThat(expire("large", Long.MIN_VALUE)).isTrue();

    assertThat(is(keys -> keys.exists(bytes("k")))).isFalse();
    assertThat(is(keys -> keys.exists(bytes("large")))).isFalse();
  }

  @Test
  void loseTheirDeadline() {
    assertThat(is(keys -> keys.persist(bytes("dated")))).isTrue();
    assertThat(is(keys -> keys.persist(bytes("dated")))).isFalse();
    assertThat(is(keys -> keys.persist(bytes("over")))).isFalse();
    store.pass(10_000);
    assertThat(is(keys -> keys.exists(bytes("dated")))).isTrue();
  }

  @Test
  void getOtherNames() {
    assertThat(rename("absent", "k", Target.MAY_BE_TAKEN)).isSameAs(Outcome.NO_SUCH_KEY);
    assertThat(rename("over", "k", Target.MAY_BE_TAKEN)).isSameAs(Outcome.NO_SUCH_KEY);
    assertThat(rename("k", "k", Target.MAY_BE_TAKEN)).isSameAs(Outcome.DONE);
    assertThat(rename("k", "k", Target.MUST_BE_FREE)).isSameAs(Outcome.TARGET_TAKEN);
    assertThat(rename("k", "dated", Target.MUST_BE_FREE)).isSameAs(Outcome.TARGET_TAKEN);
    assertThat(rename("dated", "over", Target.MUST_BE_FREE)).isSameAs(Outcome.DONE);
    assertThat(number(keys -> keys.deadline(bytes("over")))).isEqualTo(store.nowMs() + 1000);
    assertThat(rename("large", "k", Target.MAY_BE_TAKEN)).isSameAs(Outcome.DONE);
    store.run(k -> assertThat(RowValue.get(k, "k")).isEqualTo(RowValue.rowsOf("large", 100)));
  }

  @Test
  void areCopiedAndMovedBetweenDatabases() {
    assertThat(copy("large", 0, "k", Target.MUST_BE_FREE)).isSameAs(Outcome.TARGET_TAKEN);
    assertThat(copy("over", 1, "k", Target.MUST_BE_FREE)).isSameAs(Outcome.NO_SUCH_KEY);
    assertThat(copy("large", 0, "k", Target.MAY_BE_TAKEN)).isSameAs(Outcome.DONE);
    assertThat(copy("dated", 1, "over", Target.MUST_BE_FREE)).isSameAs(Outcome.DONE);
    assertThat(move("k", 2)).isSameAs(Outcome.DONE);
    assertThat(move("k", 2)).isSameAs(Outcome.NO_SUCH_KEY);
    assertThat(copy("large", 0, "k", Target.MUST_BE_FREE)).isSameAs(Outcome.DONE);
    assertThat(move("k", 2)).isSameAs(Outcome.TARGET_TAKEN);

    store.run(
        k -> assertThat(RowValue.get(k.sibling(2), "k")).isEqualTo(RowValue.rowsOf("large", 100)));
    assertThat(store.engine().expiryCount(1)).isEqualTo(1);
    assertThat(store.engine().keyCount(2)).isEqualTo(1);
  }

  @Test
  void tellHowLongTheyWereNotUsed() {
    store.pass(5000);
    assertThat(number(keys -> keys.idleSeconds(bytes("k")))).isEqualTo(5);
    assertThat(is(keys -> keys.exists(bytes("k")))).isTrue();
    assertThat(number(keys -> keys.idleSeconds(bytes("k")))).isEqualTo(5);
    assertThat(is(keys -> keys.touch(bytes("k")))).isTrue();
    assertThat(number(keys -> keys.idleSeconds(bytes("k")))).isZero();
    assertThat(number(keys -> keys.idleSeconds(bytes("absent")))).isEqualTo(Keys.ABSENT);
  }

  @Test
  void tellTheirEncoding() {
    store.run(k -> new pika.storage.string.Strings(k).set(bytes("n"), bytes("12")));
    run(keys -> assertThat(keys.encoding(bytes("n"))).isEqualTo("int"));
    run(keys -> assertThat(keys.encoding(bytes("k"))).isEqualTo("embstr"));
    run(keys -> assertThat(keys.encoding(bytes("over"))).isNull());
  }

  @Test
  void tellHowManyBytesTheyTake() {
    long small = number(keys -> keys.storedBytes(bytes("k"), 5));
    long large = number(keys -> keys.storedBytes(bytes("large"), 0));
    assertThat(small).isBetween(10L, 60L);
    assertThat(number(keys -> keys.storedBytes(bytes("dated"), 5))).isGreaterThan(small);
    assertThat(large).isGreaterThan(3000);
    assertThat(number(keys -> keys.storedBytes(bytes("large"), 5))).isBetween(100L, 10 * large);
    assertThat(number(keys -> keys.storedBytes(bytes("absent"), 5))).isEqualTo(Keys.ABSENT);
  }

  private boolean expire(String key, long atMs, ExpireCondition... conditions) {
    Set<ExpireCondition> all = EnumSet.copyOf(ALWAYS);
    all.addAll(Set.of(conditions));
    return is(keys -> keys.expire(bytes(key), atMs, all));
  }

  private Outcome rename(String key, String newKey, Target target) {
    return store.ask(k -> new Keys(k).rename(bytes(key), bytes(newKey), target));
  }

  private Outcome copy(String key, int database, String newKey, Target target) {
    return store.ask(k -> new Keys(k).copy(bytes(key), k.sibling(database), bytes(newKey), target));
  }

  private Outcome move(String key, int database) {
    return store.ask(k -> new Keys(k).move(bytes(key), k.sibling(database)));
  }

  private boolean is(Function<Keys, Boolean> question) {
    return store.ask(k -> question.apply(new Keys(k)));
  }

  private long number(Function<Keys, Long> question) {
    return store.ask((Keyspace k) -> question.apply(new Keys(k)));
  }

  private void run(java.util.function.Consumer<Keys> command) {
    store.run(k -> command.accept(new Keys(k)));
  }
}
