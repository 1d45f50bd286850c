package pika.server.script.lua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InterpreterTest {
  private final Interpreter interpreter = new Interpreter();
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
    run("local s = ... local a, b = java.twice(s) return a == s and b == 512", all);
    assertThat(stack.isTrue(-1)).isTrue();
  }

  @Test
  void anErrorOfAJavaFunctionHasThePositionOfItsCall() {
    interpreter.register("java", "fail", args -> {
      throw LuaError.at("no\u00e9");
    });
    assertThatThrownBy(() -> run("\njava.fail()", new byte[0]))
        .hasMessage("user_script:2: no\u00e9");
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
  void coroutinesCallJavaAndAreForgotten() {
    interpreter.register("java", "id", args -> {
      args.copy(1);
      return 1;
    });
    borrow("coroutine");
    for (int i = 0; i < 100; i++) {
      run("return coroutine.wrap(function(a) return java.id(a) end)(42)", new byte[0]);
      assertThat(stack.number(-1)).isEqualTo(42);
      stack.top(0);
    }
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
    for (int size : new int[] {49, 50, 51, 19_999, 20_001, 25_600, 70_000, 600_000}) {
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
  }

  private void borrow(String global) {
    interpreter.environment();
    stack.get(LuaStack.GLOBALS, global);
    stack.set(-2, global);
    stack.pop(1);
  }

  private void run(String source, byte[] argument) {
    interpreter.compile(source.getBytes(StandardCharsets.ISO_8859_1), "@user_script");
    stack.push(argument);
    interpreter.call(1, 1);
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
