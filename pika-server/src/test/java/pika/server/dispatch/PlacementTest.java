package pika.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import pika.net.resp.Reply;
import pika.server.command.CommandSpec;
import pika.server.command.CommandTable;
import pika.server.command.Group;
import pika.server.command.Place;
import pika.server.command.Row;

final class PlacementTest {
  private final CommandTable table = table();
  private final Placement placement = new Placement(table);

  @Test
  void aCommandRunsWhereItSays() {
    assertThat(placeOf("quick")).isEqualTo(Place.LOOP);
    assertThat(placeOf("waiting")).isEqualTo(Place.POOL);
  }

  @Test
  void whatTheOperatorNamesIsSlow() {
    placement.slow(List.of("quick"));
    assertThat(placeOf("quick")).isEqualTo(Place.SLOW);
    assertThat(placeOf("waiting")).isEqualTo(Place.POOL);
  }

  @Test
  void theNameOfAContainerStandsForAllOfIt() {
    placement.slow(List.of("object"));
    assertThat(placeOf("object", "freq")).isEqualTo(Place.SLOW);
  }

  @Test
  void aSubcommandCanBeNamedAlone() {
    placement.slow(List.of("object|freq"));
    assertThat(placeOf("object", "freq")).isEqualTo(Place.SLOW);
    assertThat(placeOf("object", "idletime")).isEqualTo(Place.LOOP);
  }

  @Test
  void anotherListReplacesTheFirst() {
    placement.slow(List.of("quick"));
    placement.slow(List.of("waiting", "nosuchcommand"));
    assertThat(placeOf("quick")).isEqualTo(Place.LOOP);
    assertThat(placeOf("waiting")).isEqualTo(Place.SLOW);
  }

  private Place placeOf(String... words) {
    byte[][] args =
        Stream.of(words).map(word -> word.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    CommandSpec spec = table.find(args);
    assertThat(spec).isNotNull();
    return placement.of(spec, args);
  }

  private static CommandTable table() {
    CommandTable table = new CommandTable();
    table.add(() -> List.of(
        row("quick").runs(call -> Reply.OK),
        row("waiting").onPool().runs(call -> Reply.OK),
        Row.container(
                "object",
                row("freq").runs(call -> Reply.OK),
                row("idletime").runs(call -> Reply.OK))
            .is(Group.GENERIC, "1.0.0", "Tells something.")));
    return table;
  }

  private static Row row(String name) {
    return Row.command(name, -1).is(Group.GENERIC, "1.0.0", "O(1)", "Does something.", "");
  }
}
