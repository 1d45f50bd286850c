package pika.server.script.function;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import pika.server.script.ScriptFlag;

/** A function as registered by its library. */
record Function(String name, @Nullable String description, Set<ScriptFlag> flags) {
  Function {
    flags = Set.copyOf(flags);
  }

  boolean has(ScriptFlag flag) {
    return flags.contains(flag);
  }
}
