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
import pika.server.script.lua.ValueChunk;

/**
 * Runs the same script in our interpreter and in a real redis-server: every line it returns must be
 * equal.
 */
final class LibrariesAgainstRedisTest {
  private static final int CALLS = 2000;
  private static final Duration TIME = Duration.ofSeconds(2);
  private static final long MEMORY_BYTES = 256 << 20;

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
            .as("%s, pika.test.seed=%d", library, seed)
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
    Interpreter interpreter = new Interpreter(MEMORY_BYTES);
    LuaStack stack = interpreter.stack();
    ScriptLibraries libraries = new ScriptLibraries(interpreter);
    libraries.restoreSettings();
    assertThat(stack.top()).isZero();
    return interpreter;
  }

  private static List<String> ours(Interpreter interpreter, String script, List<String> args) {
    LuaStack stack = interpreter.stack();
    ValueChunk chunk = stack.chunk();
    chunk.beginTable(2, 0);
    chunk.beginTable(0, 0);
    chunk.endTable();
    chunk.beginTable(args.size(), 0);
    args.forEach(arg -> chunk.string(arg.getBytes(ISO_8859_1)));
    chunk.endTable();
    chunk.endTable();
    int compiled = interpreter.compile(script.getBytes(ISO_8859_1), "@user_script");
    boolean succeeded = interpreter.run(compiled, instructions -> {});
    assertThat(succeeded).as(() -> problem(stack)).isTrue();
    interpreter.release(compiled);
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

  private static String problem(LuaStack stack) {
    stack.get(-1, "err");
    return stack.text(-1);
  }

  private static List<String> redis(Wire wire, String script, List<String> args)
      throws IOException {
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
