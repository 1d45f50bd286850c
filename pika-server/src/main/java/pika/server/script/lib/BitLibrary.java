package pika.server.script.lib;

import java.util.Locale;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;
import pika.server.script.lua.Interpreter;
import pika.server.script.lua.LuaFunction;
import pika.server.script.lua.LuaStack;

/**
 * The library {@code bit}: operations on the lower 32 bits of numbers, as in Lua BitOp. Results are
 * signed.
 */
final class BitLibrary {
  /**
   * Added to a double of moderate size, it leaves the rounded integer in the lowest bits, in two's
   * complement.
   */
  private static final double SHIFT_TO_LOW_BITS = 0x1.8p52;

  private static final int HEX_DIGITS = 8;

  private final CallerNames names;

  private BitLibrary(CallerNames names) {
    this.names = names;
  }

  static void open(Interpreter interpreter, CallerNames names) {
    BitLibrary bit = new BitLibrary(names);
    bit.one(interpreter, "tobit", a -> a);
    bit.one(interpreter, "bnot", a -> ~a);
    bit.one(interpreter, "bswap", Integer::reverseBytes);
    bit.many(interpreter, "band", (a, b) -> a & b);
    bit.many(interpreter, "bor", (a, b) -> a | b);
    bit.many(interpreter, "bxor", (a, b) -> a ^ b);
    bit.two(interpreter, "lshift", (a, b) -> a << b);
    bit.two(interpreter, "rshift", (a, b) -> a >>> b);
    bit.two(interpreter, "arshift", (a, b) -> a >> b);
    bit.two(interpreter, "rol", Integer::rotateLeft);
    bit.two(interpreter, "ror", Integer::rotateRight);
    interpreter.register("bit", "tohex", bit::hex);
  }

  private void one(Interpreter interpreter, String name, IntUnaryOperator operation) {
    interpreter.register("bit", name, stack -> answer(stack, operation.applyAsInt(bits(stack, 1))));
  }

  private void two(Interpreter interpreter, String name, IntBinaryOperator operation) {
    LuaFunction function =
        stack -> answer(stack, operation.applyAsInt(bits(stack, 1), bits(stack, 2)));
    interpreter.register("bit", name, function);
  }

  /**
   * Registers an operation on any number of arguments, read from the last one on like the original:
   * that determines which of several invalid ones is reported.
   */
  private void many(Interpreter interpreter, String name, IntBinaryOperator operation) {
    interpreter.register("bit", name, stack -> {
      int result = bits(stack, 1);
      for (int i = stack.top(); i > 1; i--) {
        result = operation.applyAsInt(result, bits(stack, i));
      }
      return answer(stack, result);
    });
  }

  /** Formats the rightmost digits; a negative count requests upper case. */
  private int hex(LuaStack stack) {
    int value = bits(stack, 1);
    int wanted = stack.top() < 2 ? HEX_DIGITS : bits(stack, 2);
    String digits = String.format(Locale.ROOT, wanted < 0 ? "%08X" : "%08x", value);
    long count = Math.min(Math.abs((long) wanted), HEX_DIGITS);
    stack.push(digits.substring(HEX_DIGITS - (int) count));
    return 1;
  }

  private int bits(LuaStack stack, int index) {
    int bits = (int) Double.doubleToRawLongBits(stack.number(index) + SHIFT_TO_LOW_BITS);
    if (bits == 0 && !stack.isNumeric(index)) {
      throw names.argument(stack, index, "number expected, got " + stack.typeName(index));
    }
    return bits;
  }

  private static int answer(LuaStack stack, int result) {
    stack.push((double) result);
    return 1;
  }
}
