package pika.server.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static pika.server.command.Flag.FAST;
import static pika.server.command.Keys.first;
import static pika.server.command.Row.command;
import static pika.server.command.Row.container;
import static pika.server.command.Row.help;
import static pika.server.command.Row.read;
import static pika.server.command.Row.write;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import pika.net.resp.Reply;

class CommandTableTest {
  private final CommandTable table = new CommandTable();

  @BeforeEach
  void fill() {
    table.add(() -> List.of(
        row(read("get", 2, first(KeyFlag.RO, KeyFlag.ACCESS), FAST)),
        row(write("flushall", -1, Keys.NONE)),
        container("client", row(command("id", 2)), help(Group.CONNECTION, "5.0.0"))
            .is(Group.CONNECTION, "2.4.0", "About clients."),
        row(command("command", -1)).with(row(command("count", 2)))));
  }

  @Test
  void findsNamesInAnyCase() {
    assertThat(resolve("GeT", "a").fullName()).isEqualTo("get");
    assertThat(resolve("CLIENT", "ID").fullName()).isEqualTo("client|id");
    assertThat(table.findFullName("Client|Id")).isSameAs(resolve("client", "id"));
  }

  @Test
  void commandsWithSubcommandsMayRunThemselves() {
    assertThat(resolve("command").fullName()).isEqualTo("command");
    assertThat(resolve("command", "count").fullName()).isEqualTo("command|count");
  }

  @Test
  void indicesAreDense() {
    List<CommandSpec> specs = table.specs();
    assertThat(specs).hasSize(7);
    assertThat(specs.stream().map(CommandSpec::index).toList())
        .isEqualTo(IntStream.range(0, 7).boxed().toList());
  }

  @Test
  void saysWhatIsWrongInRedisWords() {
    assertError("ERR wrong number of arguments for 'get' command", "get");
    assertError("ERR wrong number of arguments for 'client' command", "client");
    assertError("ERR wrong number of arguments for 'client|id' command", "client", "id", "1");
    assertError("ERR unknown subcommand 'foo'. Try CLIENT HELP.", "client", "foo");
    assertError(
        "ERR unknown command 'foo', with args beginning with: 'a' 'b c' ", "foo", "a", "b c");
    assertError("ERR unknown command '', with args beginning with: ", "");
  }

  @Test
  void echoesAtMost128BytesOfWhatIsWrong() {
    String longName = "n".repeat(200);
    assertError(
        "ERR unknown command '" + "n".repeat(128) + "', with args beginning with: 'a' ",
        longName,
        "a");
    assertError(
        "ERR unknown command 'foo', with args beginning with: '" + "a".repeat(120) + "' 'bbbbb' ",
        "foo",
        "a".repeat(120),
        "bbbbbbbbbb",
        "c");
  }

  @Test
  void aNameIsTakenOnlyOnce() {
    assertThatThrownBy(() ->
            table.add(() -> List.of(row(command("GET".toLowerCase(java.util.Locale.ROOT), 1)))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'get'");
  }

  @Test
  void aRowWithoutCodeIsRefused() {
    Row incomplete = command("nothing", 1).is(Group.SERVER, "1.0.0", "O(1)", "Nothing.", "");
    assertThatThrownBy(() -> table.add(() -> List.of(incomplete)))
        .hasMessageContaining("'nothing' lacks runs");
  }

  @Test
  void scopeFollowsFromFlagsAndKeys() {
    assertThat(resolve("get", "a").scope()).isEqualTo(KeyScope.KEYS);
    assertThat(resolve("flushall").scope()).isEqualTo(KeyScope.EVERYTHING);
    assertThat(resolve("client", "id").scope()).isEqualTo(KeyScope.NONE);
  }

  private CommandSpec resolve(String... words) {
    return table.resolve(args(words));
  }

  private void assertError(String expected, String... words) {
    assertThatThrownBy(() -> resolve(words))
        .isInstanceOf(CommandException.class)
        .hasMessage(expected);
  }

  private static Row row(Row row) {
    return row.is(Group.SERVER, "1.0.0", "O(1)", "Does something.", "").runs(call -> Reply.OK);
  }

  static byte[][] args(String... words) {
    byte[][] args = new byte[words.length][];
    for (int i = 0; i < words.length; i++) {
      args[i] = Args.bytes(words[i]);
    }
    return args;
  }
}
