package pika.server.script.function;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pika.server.command.CommandException;
import pika.server.script.ScriptFlag;
import pika.server.script.lua.Interpreter;
import pika.server.script.lua.LuaStack;
import pika.server.script.lua.Watch;

class LoadedLibrariesTest {
  private static final long MEMORY_BYTES = 64 << 20;

  private final Interpreter interpreter = interpreter();
  private final LoadedLibraries loaded = new LoadedLibraries(interpreter);

  /** Returns an interpreter with the little of {@code redis} that loading libraries needs. */
  static Interpreter interpreter() {
    Interpreter made = new Interpreter(MEMORY_BYTES);
    made.register("redis", "log", stack -> 0);
    made.stack().push(3.0);
    made.define("redis", "LOG_WARNING");
    return made;
  }

  /** Returns a time limit like the server's. */
  static Watch deadline() {
    long endNanos = System.nanoTime() + 500_000_000L;
    return instructions -> {
      if (System.nanoTime() > endNanos) {
        throw new CommandException("ERR Error registering functions: ERR FUNCTION LOAD timeout");
      }
    };
  }

  @AfterEach
  void close() {
    assertThat(interpreter.stack().top()).isZero();
    interpreter.close();
  }

  @Test
  void aLibraryTellsWhatItHas() {
    String code = """
        redis.register_function('a', function() end)
        redis.register_function{function_name='b', callback=function() end, description='what for',
            flags={'no-writes', 'ALLOW-OOM'}}
        """;
    assertThat(loaded.probe(body(code), deadline()))
        .containsExactly(
            new Function("a", null, Set.of()),
            new Function("b", "what for", Set.of(ScriptFlag.NO_WRITES, ScriptFlag.ALLOW_OOM)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "return 1 | No functions registered",
        "x | Error compiling function: user_function:2: '=' expected near '<eof>'",
        "y=1 | Error registering functions: ERR user_function:2: Attempt to modify a readonly table",
        "redis.y=1 | Error registering functions: ERR user_function:2: Attempt to modify a readonly table",
        "return y | Error registering functions: ERR user_function:2: Script attempted to access nonexistent global variable"
            + " 'y'",
        "return string | Error registering functions: ERR user_function:2: Script attempted to access nonexistent global"
            + " variable 'string'",
        "redis.call('ping') | Error registering functions: ERR user_function:2: Script attempted to access nonexistent"
            + " global variable 'call'",
        "while true do end | Error registering functions: ERR FUNCTION LOAD timeout",
        "redis.register_function() | Error registering functions: ERR wrong number of arguments to"
            + " redis.register_function",
        "redis.register_function('f') | Error registering functions: ERR calling redis.register_function with a single"
            + " argument is only applicable to Lua table (representing named arguments).",
        "redis.register_function('f', 1) | Error registering functions: ERR second argument to redis.register_function"
            + " must be a function",
        "redis.register_function('a-b', function() end) | Error registering functions: ERR Library names can only contain"
            + " letters, numbers, or underscores(_) and must be at least one character long",
        "redis.register_function{function_name='f', callback=function() end, flags={'x'}} | Error registering functions:"
            + " ERR unknown flag given",
      })
  void whatIsWrongIsSaidAsRedisSaysIt(String code, String text) {
    assertThatThrownBy(() -> loaded.probe(body(code), deadline())).hasMessage("ERR " + text);
  }

  @Test
  void functionsSeeWhatScriptsSeeAndKeepTheirVariables() {
    Libraries libraries = Libraries.NONE.with(List.of(library("""
        local n = 0
        local register = redis.register_function
        register('count', function(keys, args) n = n + 1 return n end)
        register('keys', function(keys, args) return KEYS end)
        register('set', function(keys, args) x = 1 end)
        register('late', function(keys, args) register('more', function() end) end)
        register('whole', function(keys, args) return string.rep(redis.LOG_WARNING, 2) end)
        """)));
    loaded.follow(libraries, deadline());
    assertThat(call(libraries, "count")).isEqualTo("1");
    assertThat(call(libraries, "COUNT")).isEqualTo("2");
    assertThat(call(libraries, "whole")).isEqualTo("33");
    assertThat(call(libraries, "keys"))
        .isEqualTo(
            "ERR user_function:5: Script attempted to access nonexistent global variable 'KEYS'");
    assertThat(call(libraries, "set"))
        .isEqualTo("ERR user_function:6: Attempt to modify a readonly table");
    assertThat(call(libraries, "late"))
        .isEqualTo("ERR redis.register_function can only be called on FUNCTION LOAD command");
  }

  @Test
  void whatIsNewIsLoadedAndWhatIsGoneIsForgotten() {
    Library counts =
        library("local n = 0 redis.register_function('count', function() n = n + 1 return n end)");
    Libraries libraries = Libraries.NONE.with(List.of(counts));
    loaded.follow(libraries, deadline());
    assertThat(call(libraries, "count")).isEqualTo("1");
    Libraries more = libraries.with(List.of(new Library(
        "other", code("redis.register_function('f', function() return 'f' end)"), functions("f"))));
    loaded.follow(more, deadline());
    assertThat(call(more, "count")).isEqualTo("2");
    assertThat(call(more, "f")).isEqualTo("f");
    long before = interpreter.usedBytes();
    for (int i = 0; i < 2000; i++) {
      Libraries again = Libraries.NONE.with(
          List.of(
              library(
                  "local big = ('x'):rep(1e5) redis.register_function('count', function() return #big end)")));
      loaded.follow(again, deadline());
    }
    assertThat(interpreter.usedBytes()).isLessThan(before + MEMORY_BYTES / 4);
  }

  private String call(Libraries libraries, String name) {
    LuaStack stack = interpreter.stack();
    loaded.push(Objects.requireNonNull(libraries.find(name)));
    stack.newTable(0, 0);
    stack.newTable(0, 0);
    if (!interpreter.call(2, instructions -> {})) {
      stack.get(-1, "err");
    }
    String text = stack.text(-1);
    stack.top(0);
    return text;
  }

  private Library library(String source) {
    return new Library("lib", code(source), loaded.probe(body(source), deadline()));
  }

  private static List<Function> functions(String name) {
    return List.of(new Function(name, null, Set.of()));
  }

  private static byte[] body(String source) {
    return LibraryHeader.body(code(source));
  }

  private static byte[] code(String source) {
    return ("#!lua name=lib\n" + source).getBytes(ISO_8859_1);
  }
}
