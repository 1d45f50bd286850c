package pika.server.script.function;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a function promises or asks for when it is registered. */
enum FunctionFlag {
  NO_WRITES,
  ALLOW_OOM,
  ALLOW_STALE,
  NO_CLUSTER,
  ALLOW_CROSS_SLOT_KEYS;

  String redisName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static @Nullable FunctionFlag of(String redisName) {
    for (FunctionFlag flag : values()) {
      if (flag.redisName().equals(redisName)) {
        return flag;
      }
    }
    return null;
  }
}
