package pika.server.script.lib;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pika.server.proof.ProofSettings;
import pika.server.proof.RawReply;
import pika.server.proof.RedisOracle;
import pika.server.proof.ServerProcess;
import pika.server.proof.Wire;
import pika.server.script.lua.Interpreter;
import pika.server.script.lua.LuaStack;
import pika.server.script.lua.LuaType;

/** The same script in an interpreter of ours and in a real redis-server: each line that it returns has to be the same. */
final class LibrariesAgainstRedisTest {
  private static final int CALLS = 2000;
  private static final Duration TIME = Duration.ofSeconds(2);
  private static final int GLOBALS = -10002;

  @ParameterizedTest
  @ValueSource(strings = {"cjson", "cmsgpack", "struct", "bit"})
  void randomCallsHaveTheSameResults(String library, @TempDir Path folder) throws IOException {
    RedisOracle.assumePresent();
    long seed = ProofSettings.seedOr(1);
    long deadline = System.nanoTime() + ProofSettings.duration(TIME).toNanos();
    String script = script("calls.lua");
    try (ServerProcess redis = ServerProcess.redis(folder);
        Wire wire = redis.connect();
        Interpreter interpreter = interpreter()) {
      do {
        List<String> args = List.of(library, Long.toString(seed), Integer.toString(CALLS));
        assertThat(ours(interpreter, script, args))
            .as("%s, proof.seed=%d", library, seed)
            .isEqualTo(redis(wire, script, args));
        seed++;
      } while (System.nanoTime() < deadline);
    }
  }

  @Test
  void edgesAreWhereRedisHasThem(@TempDir Path folder) throws IOException {
    RedisOracle.assumePresent();
    String script = script("edges.lua");
    try (ServerProcess redis = ServerProcess.redis(folder);
        Wire wire = redis.connect();
        Interpreter interpreter = interpreter()) {
      List<String> expected = redis(wire, script, List.of());
      List<String> got = ours(interpreter, script, List.of());
      assertThat(got).hasSameSizeAs(expected);
      SoftAssertions softly = new SoftAssertions();
      for (int i = 0; i < expected.size(); i++) {
        softly.assertThat(got.get(i)).as("line %d", i + 1).isEqualTo(expected.get(i));
      }
      softly.assertAll();
    }
  }

  private static Interpreter interpreter() {
    Interpreter interpreter = new Interpreter();
    LuaStack stack = interpreter.stack();
    List<String> borrowed = List.of(
        "string",
        "table",
        "math",
        "coroutine",
        "tonumber",
        "tostring",
        "type",
        "pairs",
        "ipairs",
        "pcall",
        "select",
        "unpack",
        "setmetatable");
    interpreter.environment();
    for (String name : borrowed) {
      stack.get(GLOBALS, name);
      stack.set(-2, name);
    }
    stack.pop(1);
    ScriptLibraries libraries = new ScriptLibraries(interpreter);
    libraries.restoreSettings();
    assertThat(stack.top()).isZero();
    return interpreter;
  }

  private static List<String> ours(Interpreter interpreter, String script, List<String> args) {
    LuaStack stack = interpreter.stack();
    interpreter.environment();
    stack.newTable(args.size(), 0);
    for (int i = 0; i < args.size(); i++) {
      stack.push(args.get(i));
      stack.set(-2, i + 1);
    }
    stack.set(-2, "ARGV");
    stack.pop(1);
    interpreter.compile(script.getBytes(ISO_8859_1), "@user_script");
    interpreter.call(0, 1);
    assertThat(stack.type(-1)).isEqualTo(LuaType.TABLE);
    List<String> lines = new ArrayList<>();
    for (int i = 1; i <= stack.length(1); i++) {
      stack.get(1, i);
      lines.add(stack.text(-1));
      stack.pop(1);
    }
    stack.top(0);
    return lines;
  }

  private static List<String> redis(Wire wire, String script, List<String> args) throws IOException {
    List<Object> words = new ArrayList<>(List.of("EVAL", script, "0"));
    words.addAll(args);
    RawReply reply = wire.ask(words.toArray());
    assertThat(reply.isError()).as(reply.toString()).isFalse();
    return reply.elements().stream().map(RawReply::text).toList();
  }

  private static String script(String file) throws IOException {
    try (InputStream in = LibrariesAgainstRedisTest.class.getResourceAsStream(file)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), ISO_8859_1);
    }
  }
}
