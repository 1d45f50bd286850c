package pika.server.script;

import java.util.Set;

/**
 * A script's text and what it declares. Immutable.
 *
 * @param sha1 of the whole body, in lower case: its name
 * @param code the body, its first line blank if that was a declaration
 * @param declares whether there was one; other scripts have no limits but those of their commands
 */
public record Script(String sha1, byte[] code, boolean declares, Set<ScriptFlag> flags) {
  public boolean has(ScriptFlag flag) {
    return flags.contains(flag);
  }
}
