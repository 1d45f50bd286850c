package pika.server.script.function;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pika.server.command.CommandException;
import pika.server.proof.RawReply;
import pika.server.proof.RedisOracle;
import pika.server.proof.ServerProcess;
import pika.server.proof.Wire;
import pika.server.script.lua.Interpreter;
import pika.storage.Store;
import pika.storage.StoreOptions;

/**
 * The shelf compared with a real redis-server: replies to libraries' code, and payloads in both
 * directions.
 */
final class FunctionsAgainstRedisTest {
  private static final String HEADER = "#!lua name=lib\n";
  private static final String FUNCTION = "redis.register_function('f', function() return 1 end)";

  private static final List<String> CODES = List.of(
      "",
      "abc",
      "#!lua",
      "#!lua\n",
      "#!lua name=lib",
      HEADER,
      "#!LUA name=lib\n" + FUNCTION,
      "#!js name=lib\n" + FUNCTION,
      "#!js\n" + FUNCTION,
      "#!lua name=\n" + FUNCTION,
      "#!lua name=a-b\n" + FUNCTION,
      "#!lua name=a name=b\n" + FUNCTION,
      "#!lua foo=1\n" + FUNCTION,
      "#!lua  NAME=lib  \n" + FUNCTION,
      "#! lua name=lib\n" + FUNCTION,
      "#!lua name=\"lib\"\n" + FUNCTION,
      "#!lua name='l\\x69b'\n" + FUNCTION,
      "#!lua name=\"li b\n" + FUNCTION,
      HEADER + FUNCTION,
      HEADER + "return 1",
      HEADER + "x",
      HEADER + "\n\nlocal a = nil a.b = 1",
      HEADER + "error('boom')",
      HEADER + "y = 1",
      HEADER + "return y",
      HEADER + "return string",
      HEADER + "return KEYS",
      HEADER + "return redis.call",
      HEADER + "redis.foo = 1",
      HEADER + "redis = {}",
      HEADER + "local a = 'a' .. {}",
      HEADER + "local a = 'a' local b = a .. 'b' " + FUNCTION,
      HEADER + "goto x",
      HEADER + "('x'):rep(3)",
      HEADER + "while true do end",
      HEADER + "local function f() return f() + 1 end f()",
      HEADER + FUNCTION + FUNCTION,
      HEADER + FUNCTION + " redis.register_function('F', function() end)",
      HEADER + "redis.register_function()",
      HEADER + "redis.register_function(1)",
      HEADER + "redis.register_function('f')",
      HEADER + "redis.register_function('f', 1)",
      HEADER + "redis.register_function(nil, nil)",
      HEADER + "redis.register_function(function() end, 'f')",
      HEADER + "redis.register_function(1, function() end)",
      HEADER + "redis.register_function('a-b', function() end)",
      HEADER + "redis.register_function('', function() end)",
      HEADER + "redis.register_function('f', function() end, 3)",
      HEADER + "redis.register_function{}",
      HEADER + "redis.register_function{1, 2}",
      HEADER + "redis.register_function{[true] = 1}",
      HEADER + "redis.register_function{function_name='f'}",
      HEADER + "redis.register_function{callback=function() end}",
      HEADER + "redis.register_function{function_name={}, callback=function() end}",
      HEADER + "redis.register_function{function_name='f', callback=1}",
      HEADER + "redis.register_function{function_name='f', foo=1}",
      HEADER + "redis.register_function{FUNCTION_NAME='f', Callback=function() end}",
      HEADER + "redis.register_function{function_name='f', callback=function() end, flags=1}",
      HEADER + "redis.register_function{function_name='f', callback=function() end, flags={'x'}}",
      HEADER + "redis.register_function{function_name='f', callback=function() end, flags={1}}",
      HEADER
          + "redis.register_function{function_name='f', callback=function() end, flags={'NO-writes'}}",
      HEADER
          + "redis.register_function{function_name='f', callback=function() end, description={}}",
      HEADER
          + "redis.register_function{function_name='f', callback=function() end, description=12}");

  @TempDir
  Path folder;

  @Test
  void theCodeOfALibraryIsAnsweredAsRedisDoes() throws IOException {
    RedisOracle.assumePresent();
    SoftAssertions softly = new SoftAssertions();
    try (ServerProcess redis = ServerProcess.redis(Files.createDirectory(folder.resolve("redis")));
        Wire wire = redis.connect();
        Store store = store("a");
        Interpreter interpreter = LoadedLibrariesTest.interpreter()) {
      CommittingShelf shelf = shelf(store, interpreter);
      for (String code : CODES) {
        wire.ask("FUNCTION", "FLUSH");
        shelf.flush();
        softly
            .assertThat(load(shelf, code))
            .as(code)
            .isEqualTo(wire.ask("FUNCTION", "LOAD", code).text());
      }
    }
    softly.assertAll();
  }

  @Test
  void payloadsGoInBothDirections() throws IOException {
    RedisOracle.assumePresent();
    String longCode = "#!lua name=long\n" + "-- the same again and again\n".repeat(200)
        + "redis.register_function('g', function() return 'g' end)";
    try (ServerProcess redis = ServerProcess.redis(Files.createDirectory(folder.resolve("redis")));
        Wire wire = redis.connect();
        Store store = store("b");
        Interpreter interpreter = LoadedLibrariesTest.interpreter()) {
      CommittingShelf shelf = shelf(store, interpreter);
      assertThat(wire.ask("FUNCTION", "DUMP").content()).isEqualTo(shelf.dump());
      shelf.load((HEADER + FUNCTION).getBytes(ISO_8859_1));
      shelf.load(longCode.getBytes(ISO_8859_1));
      assertThat(wire.ask("FUNCTION", "RESTORE", shelf.dump())).isEqualTo(RawReply.of("+OK\r\n"));
      assertThat(wire.ask("FCALL", "g", "0").text()).isEqualTo("g");
      byte[] back = wire.ask("FUNCTION", "DUMP").content();
      assertThat(back.length).as("Redis compresses").isLessThan(longCode.length());
      shelf.restore(back, LibraryShelf.Policy.FLUSH);
      assertThat(shelf.libraries().find("G")).isNotNull();
      assertThat(shelf.libraries().all().stream()
              .map(library -> new String(library.code(), ISO_8859_1)))
          .containsExactly(HEADER + FUNCTION, longCode);
      wire.ask("SET", "k", "v");
      byte[] value = wire.ask("DUMP", "k").content();
      assertThat(restored(shelf, value))
          .isEqualTo(wire.ask("FUNCTION", "RESTORE", value).text());
    }
  }

  private Store store(String name) {
    return Store.open(StoreOptions.in(folder.resolve(name)));
  }

  private static CommittingShelf shelf(Store store, Interpreter interpreter) {
    LoadedLibraries loaded = new LoadedLibraries(interpreter);
    return new CommittingShelf(store, body -> loaded.probe(body, LoadedLibrariesTest.deadline()));
  }

  private static String load(CommittingShelf shelf, String code) {
    try {
      shelf.load(code.getBytes(ISO_8859_1));
      return LibraryHeader.nameIn(code.getBytes(ISO_8859_1));
    } catch (CommandException e) {
      return e.errorText();
    }
  }

  private static String restored(CommittingShelf shelf, byte[] payload) {
    try {
      shelf.restore(payload, LibraryShelf.Policy.APPEND);
      return "OK";
    } catch (CommandException e) {
      return e.errorText();
    }
  }
}
