package pika.server.script.lib;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pika.server.script.lua.Interpreter;
import pika.server.script.lua.OutOfScriptMemory;

/** A large string many times takes little memory, until a library builds one string of it. */
@Timeout(60)
class LibrariesMemoryTest {
  private static final String MANY =
      "local s = string.rep('x', 1e6) local t = {} for i = 1, 4000 do t[i] = s end ";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "return #cmsgpack.pack(t)",
        "return #cmsgpack.pack(unpack(t))",
        "local few = {unpack(t, 1, 40)} return #cjson.encode(few)",
        "return #struct.pack(string.rep('s', 4000), unpack(t))",
        "return #struct.pack(string.rep('c1000000', 4000), unpack(t))"
      })
  void hugeResultsEndTheScript(String code) {
    try (Interpreter interpreter = new Interpreter(16 << 20)) {
      new ScriptLibraries(interpreter).restoreSettings();
      interpreter.stack().chunk().beginTable(2, 0);
      interpreter.stack().chunk().endTable();
      int script = interpreter.compile((MANY + code).getBytes(ISO_8859_1), "@user_script");
      assertThatThrownBy(() -> interpreter.run(script, instructions -> {}))
          .isInstanceOf(OutOfScriptMemory.class);
    }
  }
}
