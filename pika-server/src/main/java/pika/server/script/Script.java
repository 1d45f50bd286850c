package pika.server.script;

import java.util.Set;

/**
 * A script's code and declarations. Immutable.
 *
 * @param sha1 of the whole body, in lower case: its name
 * @param code the body, with its first line blanked if that was a declaration
 * @param declares whether there was a declaration; other scripts are only limited by the commands
 *     they call
 */
public record Script(String sha1, byte[] code, boolean declares, Set<ScriptFlag> flags) {
  public boolean has(ScriptFlag flag) {
    return flags.contains(flag);
  }
}
