package pika.server.script.lua;

/**
 * The random numbers of scripts: drand48's sequence, as Redis has it on every machine, so that a script draws the same
 * numbers each time it runs.
 */
final class RedisRandom {
  private static final long MULTIPLIER = 0x5DEECE66DL;
  private static final long INCREMENT = 0xB;
  private static final long MASK = (1L << 48) - 1;
  private static final long LOW_OF_SEED = 0x330E;
  /** What a drawn number is divided by; the largest one is left out by the remainder. */
  private static final int RANGE = Integer.MAX_VALUE;

  private long state;

  RedisRandom() {
    seed(0);
  }

  void seed(int seed) {
    state = (((long) seed << 16) & MASK) | LOW_OF_SEED;
  }

  /** At least 0 and below 1. */
  double next() {
    state = (state * MULTIPLIER + INCREMENT) & MASK;
    return (double) ((state >>> 17) % RANGE) / RANGE;
  }

  /** math.random: none, one or two arguments. */
  int random(LuaStack stack) {
    int arguments = stack.top();
    double drawn = next();
    switch (arguments) {
      case 0 -> stack.push(drawn);
      case 1 -> {
        int upper = integer(stack, 1, "random");
        if (upper < 1) {
          throw LuaError.argument(1, "random", "interval is empty");
        }
        stack.push(Math.floor(drawn * upper) + 1);
      }
      case 2 -> {
        int lower = integer(stack, 1, "random");
        int upper = integer(stack, 2, "random");
        if (lower > upper) {
          throw LuaError.argument(2, "random", "interval is empty");
        }
        stack.push(Math.floor(drawn * (upper - lower + 1)) + lower);
      }
      default -> throw LuaError.at("wrong number of arguments");
    }
    return 1;
  }

  /** math.randomseed. */
  int seed(LuaStack stack) {
    seed(integer(stack, 1, "randomseed"));
    return 0;
  }

  private static int integer(LuaStack stack, int index, String function) {
    if (!stack.isNumeric(index)) {
      throw LuaError.argument(
          index,
          function,
          "number expected, got " + (index > stack.top() ? "no value" : stack.typeName(index)));
    }
    return (int) (long) stack.number(index);
  }
}
