package pika.server.script;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a script's first line declares. */
public enum ScriptFlag {
  /** Changes no data, so that the script may be called by EVAL_RO. */
  NO_WRITES,
  /** Runs even when memory is exhausted. */
  ALLOW_OOM,
  /** Runs on a replica that has lost its master. */
  ALLOW_STALE,
  /** No effect on a single node. */
  NO_CLUSTER,
  /** No effect on a single node. */
  ALLOW_CROSS_SLOT_KEYS;

  /** Returns the name in a first line: {@code no-writes}. */
  public String redisName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the flag with this name, or null. */
  public static @Nullable ScriptFlag of(String name) {
    for (ScriptFlag flag : values()) {
      if (flag.redisName().equals(name)) {
        return flag;
      }
    }
    return null;
  }
}
