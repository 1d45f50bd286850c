package pika.server.script.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InterpreterTest {
  private final Interpreter interpreter = new Interpreter(64 << 20);
  private Watch watch = instructions -> {};
  private final LuaStack stack = interpreter.stack();

  @AfterEach
  void close() {
    interpreter.close();
  }

  @Test
  void aScriptCallsJavaWithAnyBytes() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    interpreter.register("java", "twice", args -> {
      byte[] bytes = args.bytes(1);
      assertThat(bytes).isEqualTo(all);
      args.push(bytes);
      args.push(bytes.length * 2);
      return 2;
    });
    run("local s = ARGV[1] local a, b = java.twice(s) return a == s and b == 512", all);
    assertThat(stack.isTrue(-1)).isTrue();
  }

  @Test
  void anErrorOfAJavaFunctionHasThePositionOfItsCall() {
    interpreter.register("java", "fail", args -> {
      throw LuaError.at("no\u00e9");
    });
    fails("\njava.fail()", "ERR user_script:2: no\u00e9");
  }

  @Test
  void longTablesAreWhole() {
    // Beyond 511 batches of 50 their number follows the instruction as a word of its own.
    String elements = "tostring,".repeat(40_000);
    run(
        "local t = {" + elements
            + "} for i = 1, 40000 do if not t[i] then return i end end return 0",
        new byte[0]);
    assertThat(stack.number(-1)).isZero();
  }

  @Test
  void whatEndsAScriptCantBeCaughtByIt() {
    RuntimeException end = new IllegalStateException("end");
    interpreter.register("java", "end", args -> {
      throw end;
    });
    assertThatThrownBy(() -> run("pcall(java['end']) pcall(java['end']) return 1", new byte[0]))
        .isSameAs(end);
    run("return 7", new byte[0]);
    assertThat(stack.number(-1)).isEqualTo(7);
  }

  @Test
  void aScriptIsWatchedNoLongerThanItRuns() {
    AtomicLong ticks = new AtomicLong();
    watch = instructions -> ticks.incrementAndGet();
    run("for i = 1, 100000 do end return 1", new byte[0]);
    assertThat(ticks).hasPositiveValue();
    ticks.set(0);
    int loop = interpreter.compile(
        "for i = 1, 100000 do end".getBytes(StandardCharsets.ISO_8859_1), "@user_script");
    interpreter.push(loop);
    assertThat(stack.call(0)).isTrue();
    assertThat(ticks).hasValue(0);
  }

  @Test
  void whatWasEndedIsOverForTheFunctionThatIsCalledNext() {
    interpreter.register("java", "end", args -> {
      throw new IllegalStateException("end");
    });
    int ended =
        interpreter.compile("java['end']()".getBytes(StandardCharsets.ISO_8859_1), "@user_script");
    int next = interpreter.compile(
        "return (pcall(error, 'caught'))".getBytes(StandardCharsets.ISO_8859_1), "@user_script");
    interpreter.push(ended);
    assertThatThrownBy(() -> interpreter.call(0, watch)).hasMessage("end");
    interpreter.push(next);
    assertThat(interpreter.call(0, watch)).isTrue();
    assertThat(stack.isTrue(-1)).isFalse();
  }

  @Test
  void coroutinesCallJavaAndAreForgotten() {
    interpreter.register("java", "id", args -> {
      args.copy(1);
      return 1;
    });
    for (int i = 0; i < 100; i++) {
      run("return coroutine.wrap(function(a) return java.id(a) end)(42)", new byte[0]);
      assertThat(stack.number(-1)).isEqualTo(42);
      stack.top(0);
    }
  }

  @Test
  void anEndlessLoopIsEndedWhateverItCatches() {
    RuntimeException end = new IllegalStateException("end");
    int[] ticks = new int[1];
    watch = instructions -> {
      if (++ticks[0] > 10) {
        throw end;
      }
    };
    for (String loop : new String[] {
      "while true do end",
      "while true do pcall(function() while true do end end) end",
      "while true do pcall(pcall, pcall, function() while true do end end) end",
      "while true do coroutine.wrap(function() while true do end end)() end",
      "while true do pcall(coroutine.wrap(function() while true do pcall(error) end end)) end",
      "local t = setmetatable({}, {__index = function(t, k) while true do end end}) while true do pcall(function() return t.x end) end",
      "while true do xpcall(function() while true do end end, function() while true do end end) end",
      "table.sort({1, 2, 3}, function() while true do end end)",
      "string.gsub('aaa', 'a', function() while true do end end)",
    }) {
      ticks[0] = 0;
      assertThatThrownBy(() -> run(loop, new byte[0])).as(loop).isSameAs(end);
    }
    ticks[0] = -1000;
    run("local n = 0 for i = 1, 100000 do n = n + 1 end return n", new byte[0]);
    assertThat(stack.number(-1)).isEqualTo(100000);
  }

  @Test
  void hugeValuesEndTheScript() {
    for (String huge : new String[] {
      "local s = 'x' while true do s = s .. s end",
      "local s = 'x' s = s..s..s..s..s..s..s..s s = s..s..s..s..s..s..s..s s = s..s..s..s..s..s..s..s s = s..s..s..s..s..s..s..s "
          + "s = s..s..s..s..s..s..s..s s = s..s..s..s..s..s..s..s s = s..s..s..s..s..s..s..s s = s..s..s..s..s..s..s..s",
      "local t = {} while true do t[#t + 1] = 'x' .. #t end",
      "local t = {} while true do pcall(function() t[#t + 1] = {} end) end",
      "local s = string.rep('x', 8e6) return #(" + "s..".repeat(180) + "s)",
      "local s = string.rep('x', 8e6) local f = coroutine.wrap(function(...) local a = ... return #("
          + "s..".repeat(150)
          + "s) end) return f(1)",
      "return string.rep('x', 1e12)",
      "return ('x'):rep(1e9)",
      "local s = string.rep('x', 1e6) local t = {} for i = 1, 1e6 do t[i] = s end return table.concat(t)",
      "local s = string.rep('x', 1e6) local t = {} for i = 1, 1e6 do t[i] = s:upper() .. i end",
      "return (string.rep('x', 1e6):gsub('.', string.rep('y', 1e6)))",
      "return (string.rep('x', 1e6):gsub('.', function() return string.rep('y', 1e6) end))",
      "local s = string.rep('x', 1e6) local t = {} for i = 1, 4000 do t[i] = s end return string.format(string.rep('%s', 4000), unpack(t))",
    }) {
      try (Interpreter own = new Interpreter(16 << 20)) {
        int script = own.compile(huge.getBytes(StandardCharsets.ISO_8859_1), "@user_script");
        tellNothing(own.stack().chunk());
        assertThatThrownBy(() -> own.run(script, watch))
            .as(huge)
            .isInstanceOf(OutOfScriptMemory.class);
      }
    }
  }

  @Test
  void deepRecursionIsAnErrorOfTheScript() {
    fails("local function f() return f() + 1 end return f()", "ERR user_script:1: stack overflow");
    for (String deep : new String[] {
      "local function f() return pcall(f) end f() return 1",
      "local function f() return pcall(string.gsub, 'a', 'a', f) end f() return 1",
      "local function f() return pcall(coroutine.wrap(function() return pcall(string.gsub, 'a', 'a', f) end)) end f() return 1",
      "local t = {} for i = 1, 300 do local u = t t = setmetatable({}, {__index = function() return u.x end}) end return pcall(function() return t.x end)",
    }) {
      assertThat(runs(deep, new byte[0])).isFalse();
      assertThat(error()).as(deep).endsWith("C stack overflow");
      stack.top(0);
    }
    run(
        "local function f() return coroutine.resume(coroutine.create(f)) end return f()",
        new byte[0]);
    fails(
        "return string.find('x', string.rep('x?', 200000))",
        "ERR user_script:1: pattern too complex");
    assertThatThrownBy(
            () -> run("return " + "(".repeat(1000) + "1" + ")".repeat(1000), new byte[0]))
        .hasMessageContaining("chunk has too many syntax levels");
  }

  @Test
  void guardedCodeDoesWhatItDid() {
    run("""
        local function join(...)
          local s = ''
          for i = 1, select('#', ...) do
            if i % 2 == 0 then s = s .. ',' .. select(i, ...) elseif i > 5 then s = 'x' .. s else s = s .. i .. ';' end
          end
          return s .. (#s > 3 and 'a' .. 'b' or 'c')
        end
        local t = {join(1, 'b', 3, 'd'), join() .. 1, ('a' .. 2):rep(2), key = 'k' .. 1}
        local u = setmetatable({}, {__concat = function(a, b) return {v = 'cat'} end})
        local ok, e = pcall(function() return 'a' .. {} end)
        local large, y = string.rep('x', 8e6), false
        local many = '' .. 1 .. (y and 'a' or 'b') .. 'c' .. #(large .. 1 .. 'd' .. (y or large)) .. 'e'
        for i = 1, 3 do many = many .. i .. (i == 2 and ',' or ';') .. 'f' end
        return table.concat(t, '|') .. t.key .. (u .. 'x').v .. tostring(ok) .. many .. e
        """, new byte[0]);
    assertThat(stack.text(-1))
        .isEqualTo(
            "1;,b3;,dab|c1|a2a2k1catfalse1bc16000002e1;f2,f3;fuser_script:10: attempt to concatenate a table value");
  }

  @Test
  void tailCallsOfTheScriptsOwnFunctionsTakeNoStack() {
    run(
        "local function down(n) if n == 0 then return 'end' end return down(n - 1) end return down(1e6)",
        new byte[0]);
    fails(
        "return string.rep({}, 1)",
        "ERR user_script:1: bad argument #1 to 'rep' (string expected, got table)");
    fails(
        "return ('x'):rep({})",
        "ERR user_script:1: bad argument #2 to 'rep' (number expected, got table)");
  }

  @Test
  void treesOfAnyShapeArriveWhole() {
    Random random = new Random(7);
    for (int round = 0; round < 300; round++) {
      stack.top(0);
      String told = tell(random, stack.chunk(), 0);
      stack.push(stack.chunk());
      assertThat(read(stack.top())).isEqualTo(told);
    }
  }

  @Test
  void largeTablesArriveWhole() {
    // The largest two tables and their strings are 80 MB, after a collection.
    try (Interpreter roomy = new Interpreter(128 << 20)) {
      for (int size : new int[] {49, 50, 51, 19_999, 20_001, 25_600, 70_000, 600_000}) {
        listAndMapArriveWhole(roomy.stack(), size);
      }
    }
  }

  private static void listAndMapArriveWhole(LuaStack stack, int size) {
    stack.top(0);
    ValueChunk chunk = stack.chunk();
    chunk.beginTable(2, 0);
    chunk.beginTable(size, 0);
    for (int i = 1; i <= size; i++) {
      chunk.number(i);
    }
    chunk.endTable();
    chunk.beginTable(0, size);
    for (int i = 1; i <= size; i++) {
      chunk.beginField();
      chunk.string(("k" + i).getBytes(StandardCharsets.US_ASCII));
      chunk.number(i);
    }
    chunk.endTable();
    chunk.endTable();
    stack.push(chunk);
    stack.get(1, 1);
    assertThat(stack.length(2)).isEqualTo(size);
    for (int i = 1; i <= size; i += 997) {
      stack.get(2, i);
      assertThat(stack.number(-1)).isEqualTo(i);
      stack.pop(1);
    }
    stack.get(1, 2);
    for (int i = 1; i <= size; i += 997) {
      stack.get(3, "k" + i);
      assertThat(stack.number(-1)).isEqualTo(i);
      stack.pop(1);
    }
  }

  private void run(String source, byte[] argument) {
    assertThat(runs(source, argument)).as(() -> error()).isTrue();
  }

  private boolean runs(String source, byte[] argument) {
    int script = interpreter.compile(source.getBytes(StandardCharsets.ISO_8859_1), "@user_script");
    try {
      ValueChunk chunk = stack.chunk();
      chunk.beginTable(2, 0);
      chunk.beginTable(0, 0);
      chunk.endTable();
      chunk.beginTable(1, 0);
      chunk.string(argument);
      chunk.endTable();
      chunk.endTable();
      return interpreter.run(script, watch);
    } finally {
      interpreter.release(script);
    }
  }

  private static void tellNothing(ValueChunk chunk) {
    chunk.beginTable(2, 0);
    chunk.endTable();
  }

  private String error() {
    stack.get(-1, "err");
    String text = stack.text(-1);
    stack.pop(1);
    return text;
  }

  private void fails(String source, String expected) {
    assertThat(runs(source, new byte[0])).isFalse();
    assertThat(error()).isEqualTo(expected);
    stack.top(0);
  }

  private static String tell(Random random, ValueChunk chunk, int depth) {
    switch (random.nextInt(depth > 5 ? 4 : 6)) {
      case 0 -> {
        chunk.bool(true);
        return "true";
      }
      case 1 -> {
        double number = random.nextInt(1000) / 8.0;
        chunk.number(number);
        return Double.toString(number);
      }
      case 2, 3 -> {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        chunk.string(bytes);
        return '"' + new String(bytes, StandardCharsets.ISO_8859_1) + '"';
      }
      default -> {
        int elements = random.nextInt(random.nextInt(10) == 0 ? 120 : 5);
        int fields = random.nextInt(4);
        chunk.beginTable(elements, fields);
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < elements; i++) {
          text.append(tell(random, chunk, depth + 1)).append(',');
        }
        for (int i = 0; i < fields; i++) {
          chunk.beginField();
          chunk.string("f" + i);
          text.append("f" + i + "=").append(tell(random, chunk, depth + 1)).append(',');
        }
        chunk.endTable();
        return text.append('}').toString();
      }
    }
  }

  private String read(int index) {
    stack.reserve(10);
    return switch (stack.type(index)) {
      case BOOLEAN -> "true";
      case NUMBER -> Double.toString(stack.number(index));
      case STRING -> '"' + stack.text(index) + '"';
      case TABLE -> {
        StringBuilder text = new StringBuilder("{");
        for (int i = 1; i <= stack.length(index); i++) {
          stack.get(index, i);
          text.append(read(stack.top())).append(',');
          stack.pop(1);
        }
        for (int i = 0; i < 4; i++) {
          stack.get(index, "f" + i);
          if (stack.type(-1) != LuaType.NIL) {
            text.append("f" + i + "=").append(read(stack.top())).append(',');
          }
          stack.pop(1);
        }
        yield text.append('}').toString();
      }
      default -> throw new AssertionError(stack.typeName(index));
    };
  }
}
