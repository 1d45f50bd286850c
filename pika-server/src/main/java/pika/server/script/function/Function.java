package pika.server.script.function;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a library says of one of its functions. */
record Function(String name, @Nullable String description, Set<FunctionFlag> flags) {
  Function {
    flags = Set.copyOf(flags);
  }

  boolean has(FunctionFlag flag) {
    return flags.contains(flag);
  }
}
