package pika.server.script.lua;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** There is no way out of the sandbox, and none to what other scripts of the interpreter see. */
@Timeout(60)
class SandboxTest {
  private final Interpreter interpreter = new Interpreter(64 << 20);
  private final LuaStack stack = interpreter.stack();

  @AfterEach
  void close() {
    interpreter.close();
  }

  /**
   * Functions that can be called with any argument: what they compile sees the globals of scripts.
   */
  @Test
  void whateverIsCompiledSeesTheGlobalsOfScripts() {
    assertThat(run("""
            local function once(text)
              return function()
                local told
                return function()
                  if not told then
                    told = true
                    return text
                  end
                end
              end
            end
            local function always(value)
              return function() return value end
            end
            local code = 'return _G'
            local binary = string.dump(function() return _G end)
            local any = {always(code), once(code), always(binary), once(binary), always(''), always(5), always(0/0), always(true),
              always({}), always(setmetatable({}, {__tostring = function() return code end})), always(tostring),
              always(coroutine.create(function() end)), always(KEYS), always(_G), always(nil)}
            local compiled, left = 0, 0
            local function try(...)
              local ok, made = pcall(...)
              if ok and type(made) == 'function' then
                local seen
                ok, seen = pcall(made)
                compiled = compiled + 1
                if ok and seen ~= nil and seen ~= _G and seen ~= 5 then
                  left = left + 1
                end
              end
            end
            for _, load in ipairs({loadstring, load}) do
              try(load)
              for i = 1, 15 do
                try(load, any[i]())
                for j = 1, 15 do
                  try(load, any[i](), any[j]())
                  for k = 1, 15 do
                    try(load, any[i](), any[j](), any[k]())
                  end
                end
              end
            end
            return compiled .. ' ' .. left
            """.replace("", "").replace("always(cjson), ", "").replace("17", "15")))
        .matches("[1-9][0-9]+ 0");
  }

  @Test
  void aNumberIsANameLikeAnyOther() {
    assertThat(run("return tostring(loadstring('return os.getenv', 1) ~= nil)")).isEqualTo("true");
    for (String code : List.of(
        "return tostring(loadstring('return os.execute', 1)())",
        "return tostring(load(coroutine.wrap(function() coroutine.yield('return os.execute') end), 1.5)())")) {
      assertThat(run(code)).as(code).isEqualTo("nil");
    }
    for (String name : List.of("io", "package", "debug", "java", "require", "dofile", "getfenv")) {
      assertThat(run("return select(2, pcall(loadstring('return " + name + "', 1)))"))
          .endsWith("Script attempted to access nonexistent global variable '" + name + "'");
    }
  }

  /** In case a script ever finds them. */
  @Test
  void theGlobalsOfNativeCodeLeadNowhere() {
    assertThat(fields(LuaStack.GLOBALS))
        .containsExactlyInAnyOrder(
            ("debug error math next pcall rawget rawset select setfenv setmetatable string table"
                    + " tonumber tostring type unpack")
                .split(" "));
    stack.get(LuaStack.GLOBALS, "debug");
    assertThat(fields(stack.top())).containsExactly("getinfo");
  }

  @Test
  void nothingThatScriptsShareCanBeChanged() {
    for (String shared : List.of("_G", "getmetatable(_G)", "string", "getmetatable('')")) {
      for (String change : List.of(
          "rawset(%s, 'x', 1)",
          "(%s).x = 1",
          "setmetatable(%s, {})",
          "table.insert(%s, 1)",
          "__redis__err__handler(%s)")) {
        run("pcall(function() " + change.formatted(shared) + " end) return ''");
      }
      for (String field : List.of("x", "source", "line", "err")) {
        assertThat(run("return tostring(rawget(%s, '%s'))".formatted(shared, field)))
            .as(shared)
            .isEqualTo("nil");
      }
    }
  }

  @Test
  void theCollectorGoesOn() {
    for (String word : List.of("stop", "stop\\0", "stop\\0x", "restart\\0")) {
      assertThat(run("return tostring(collectgarbage('" + word + "'))")).isEqualTo("0");
    }
    assertThat(run("local t = {} for i = 1, 3e6 do t = {t and i} end return 'ended'"))
        .isEqualTo("ended");
    assertThat(run("return tostring(collectgarbage('count') > 0)")).isEqualTo("true");
  }

  private List<String> fields(int table) {
    List<String> names = new ArrayList<>();
    stack.pushNil();
    while (stack.next(table)) {
      names.add(stack.text(-2));
      stack.pop(1);
    }
    return names;
  }

  /** Returns the string that a script returns, or its error. */
  private String run(String source) {
    stack.top(0);
    int script = interpreter.compile(source.getBytes(StandardCharsets.ISO_8859_1), "@user_script");
    ValueChunk chunk = stack.chunk();
    chunk.beginTable(2, 0);
    for (int i = 0; i < 2; i++) {
      chunk.beginTable(0, 0);
      chunk.endTable();
    }
    chunk.endTable();
    if (!interpreter.run(script, instructions -> {})) {
      stack.get(-1, "err");
    }
    return stack.text(-1);
  }
}
