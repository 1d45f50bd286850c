package pika.server.script.lua;

/**
 * math.random and math.randomseed of one interpreter. A script that sets the seed draws from a
 * sequence of its own; when it ends, the shared sequence continues from there. Confined to the
 * interpreter's thread.
 */
final class RedisRandom {
  private final RandomSequence shared;
  private boolean seeded;
  private long own;

  RedisRandom(RandomSequence shared) {
    this.shared = shared;
  }

  /** Ends a script. */
  void end() {
    if (seeded) {
      seeded = false;
      shared.continueFrom(own);
    }
  }

  private double next() {
    if (!seeded) {
      return RandomSequence.number(shared.step());
    }
    own = RandomSequence.after(own);
    return RandomSequence.number(own);
  }

  /** Implements math.random with none, one or two arguments. */
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

  /** Implements math.randomseed. */
  int seed(LuaStack stack) {
    own = RandomSequence.seeded(integer(stack, 1, "randomseed"));
    seeded = true;
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
