package pika.server.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pika.server.command.Args;
import pika.server.command.CommandSpec;
import pika.server.command.CommandTable;
import pika.server.command.Place;
import pika.server.script.Invocation;
import pika.server.stats.LazyFrees;
import pika.storage.TypeLimits;
import pika.storage.string.StringLimits;

final class PlacesTest {
  private final CommandTable table = new CommandTable();

  @BeforeEach
  void fill() {
    table.add(new KeyCommands(new LazyFrees()));
    table.add(new BitmapCommands(() -> StringLimits.DEFAULT));
    table.add(new ListElementCommands(TypeLimits.DEFAULT::lists));
    table.add(new SortedSetRangeCommands(TypeLimits.DEFAULT::zsets));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "copy a b",
        "bitcount a",
        "bitpos a 1",
        "bitop not a b",
        "lpos a b",
        "lrem a 0 b",
        "linsert a before b c",
        "lrange a 0 -1",
        "lrange a 100 2000",
        "zrange a 0 -1 rev withscores",
        "zrevrange a -2000 -1",
        "zrange a -inf +inf byscore",
        "zrevrangebyscore a inf -inf withscores",
        "zrangebylex a - +"
      })
  void whatGoesThroughAWholeValueStandsInFrontOfNobodyWhenThatIsLarge(String call) {
    assertThat(placeOf(call)).isEqualTo(Place.SLOW_IF_LARGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lrange a 0 99",
        "lrange a 100000 100099",
        "lrange a -100 -1",
        "lrange a x 5",
        "zrange a 0 9 rev",
        "zrange a 5 (10 byscore",
        "zrange a - + bylex limit 0 10",
        "zrangebyscore a 5 +inf"
      })
  void aFewElementsStandBehindNothingThatIsSlow(String call) {
    assertThat(placeOf(call)).isEqualTo(Place.LOOP);
  }

  @Test
  void whatNeedsTwoPlacesRunsWhereBothAreServed() {
    assertThat(Place.SLOW_IF_LARGE.and(Place.LOOP)).isEqualTo(Place.SLOW_IF_LARGE);
    assertThat(Place.SLOW_IF_LARGE.and(Place.LOOP_OR_SLOW)).isEqualTo(Place.LOOP_OR_SLOW);
    assertThat(Place.POOL.and(Place.SLOW_IF_LARGE)).isEqualTo(Place.SLOW);
  }

  @Test
  void codeThatIsLongToCompileIsNotCompiledOnALoop() {
    assertThat(Invocation.placeOf(new byte[1000])).isEqualTo(Place.LOOP_OR_SLOW);
    assertThat(Invocation.placeOf(new byte[20_000])).isEqualTo(Place.SLOW);
  }

  /**
   * The place of a request is determined for what follows in a pipeline, too, before its arity is
   * checked.
   */
  @ParameterizedTest
  @ValueSource(strings = {"lrange a", "zrange", "zrangebyscore a 1", "linsert a"})
  void whatHasTooFewArgumentsIsToldSoAtOnce(String call) {
    byte[][] args = Stream.of(call.split(" ")).map(Args::bytes).toArray(byte[][]::new);
    CommandSpec spec = table.find(args);
    assertThat(spec).isNotNull();
    assertThat(spec.place(args)).isEqualTo(Place.LOOP);
  }

  private Place placeOf(String call) {
    byte[][] args = Stream.of(call.split(" ")).map(Args::bytes).toArray(byte[][]::new);
    CommandSpec spec = table.resolve(args);
    return spec.place(args);
  }
}
