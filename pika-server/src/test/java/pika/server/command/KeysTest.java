package pika.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static pika.server.command.CommandTableTest.args;
import static pika.server.command.KeyFlag.ACCESS;
import static pika.server.command.KeyFlag.OW;
import static pika.server.command.KeyFlag.RO;
import static pika.server.command.KeyFlag.RW;
import static pika.server.command.KeyFlag.UPDATE;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class KeysTest {

  @Test
  void findsTheKeysOfEveryShape() {
    assertPositions(Keys.first(RO), "get a b", 1);
    assertPositions(Keys.second(RO), "object encoding a", 2);
    assertPositions(Keys.all(RO), "mget a b c", 1, 2, 3);
    assertPositions(Keys.everySecond(OW), "mset a 1 b 2", 1, 3);
    assertPositions(Keys.first(RO).and(Keys.second(OW)), "rename a b", 1, 2);
    assertPositions(Keys.second(OW).and(Keys.from(3, RO)), "bitop and a b c", 2, 3, 4);
    assertPositions(Keys.NONE, "ping a");
    assertPositions(Keys.countedAt(1, RO), "zunion 2 a b weights 1 2", 2, 3);
    assertPositions(Keys.first(OW).and(Keys.countedAt(2, RO)), "zunionstore d 1 a", 1, 3);
    assertPositions(Keys.first(RO).and(Keys.after("STORE", 3, OW)), "georadius k 1 store d", 1, 4);
    assertPositions(Keys.after("STORE", 1, OW), "x store a Store b", 4);
    assertPositions(Keys.sortTarget(OW), "sort k by store get store limit store store asc");
    assertPositions(Keys.sortTarget(OW), "sort k store a by b", 3);
    assertPositions(Keys.sortTarget(OW), "sort k Store a BY store", 3);
    assertPositions(Keys.sortTarget(OW), "sort k store store desc store by", 6);
    assertPositions(Keys.streams(1, RO), "xread count 1 streams a b 0 0", 4, 5);
    assertPositions(Keys.streams(4, RO), "xreadgroup count 1 group streams c noack STREAMS k >", 8);
  }

  @Test
  void aMalformedCallHasTheKeysThatFit() {
    assertPositions(Keys.first(RO), "get");
    assertPositions(Keys.second(OW).and(Keys.from(3, RO)), "bitop and a", 2);
    assertThat(Keys.second(OW).and(Keys.from(3, RO)).fit(args("bitop", "and", "a")))
        .isFalse();
    assertThat(Keys.first(RO).fit(args("get", "a"))).isTrue();
    for (String count : new String[] {"0", "-1", "3", "x", "9223372036854775807"}) {
      assertPositions(Keys.countedAt(1, RO), "zunion " + count + " a b");
    }
    assertPositions(Keys.countedAt(1, RO), "zunion");
    assertPositions(Keys.after("STORE", 1, OW), "x y store");
    assertPositions(Keys.sortTarget(OW), "sort k store");
    assertPositions(Keys.sortTarget(OW), "sort k limit 0 store a");
    assertPositions(Keys.streams(1, RO), "xread streams a b 0", 2);
    assertPositions(Keys.streams(1, RO), "xread streams a");
    assertPositions(Keys.streams(1, RO), "xread count streams");
    assertThat(Keys.after("STORE", 1, OW).fit(args("x", "store"))).isFalse();
    assertThat(Keys.after("STORE", 1, OW).fit(args("x", "y"))).isTrue();
  }

  @Test
  void tellsTheKeysInTheOldestForm() {
    assertLegacy(Keys.NONE, 0, 0, 0);
    assertLegacy(Keys.first(RO), 1, 1, 1);
    assertLegacy(Keys.all(RO), 1, -1, 1);
    assertLegacy(Keys.everySecond(RO), 1, -1, 2);
    assertLegacy(Keys.first(RO).and(Keys.second(OW)), 1, 2, 1);
    assertLegacy(Keys.second(OW).and(Keys.from(3, RO)), 2, -1, 1);
    assertLegacy(Keys.range(1, 1, 1, RO), 1, 2, 1);
    assertLegacy(Keys.first(OW).and(Keys.countedAt(2, RO)), 1, 1, 1);
    assertLegacy(Keys.countedAt(1, RO), 0, 0, 0);
  }

  @Test
  void flagsMayDependOnTheArguments() {
    Keys keys = Keys.first(RW, UPDATE)
        .varying(args -> args.length > 2 ? EnumSet.of(RW, UPDATE) : EnumSet.of(RO, ACCESS));
    KeySpec spec = keys.specs().get(0);
    assertThat(spec.readsOnly(args("bitfield", "a"))).isTrue();
    assertThat(spec.readsOnly(args("bitfield", "a", "set"))).isFalse();
    assertThat(spec.flags()).contains(KeyFlag.VARIABLE_FLAGS);
  }

  private static void assertPositions(Keys keys, String call, int... expected) {
    assertThat(keys.positions(args(call.split(" ")))).containsExactly(expected);
  }

  private static void assertLegacy(Keys keys, int first, int last, int step) {
    assertThat(new int[] {keys.legacyFirst(), keys.legacyLast(), keys.legacyStep()})
        .containsExactly(first, last, step);
  }
}
