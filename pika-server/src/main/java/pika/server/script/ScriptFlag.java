package pika.server.script;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a script's first line declares about it. */
public enum ScriptFlag {
  /** Changes no data; such a script may be called through EVAL_RO. */
  NO_WRITES,
  /** Runs although there is no memory left. */
  ALLOW_OOM,
  /** Runs on a replica that has lost its master. */
  ALLOW_STALE,
  /** Means nothing on one node. */
  NO_CLUSTER,
  /** Means nothing on one node. */
  ALLOW_CROSS_SLOT_KEYS;

  /** The name in a first line: {@code no-writes}. */
  public String redisName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The flag of that name, or null. */
  public static @Nullable ScriptFlag of(String name) {
    for (ScriptFlag flag : values()) {
      if (flag.redisName().equals(name)) {
        return flag;
      }
    }
    return null;
  }
}
