package pika.server.proof.differential;

import java.io.IOException;
import pika.server.proof.Command;
import pika.server.proof.RawReply;
import pika.server.proof.Wire;

/**
 * OBJECT ENCODING of a key. A string's encoding tells in Redis how the value came about: what
 * APPEND made stays {@code raw} however short it is. That memory may end with the process, in Redis
 * too; after a restart the encoding that fits the value is as right.
 */
record ObjectEncoding(String key) implements Step {
  private static final int LONGEST_EMBEDDED = 44;

  @Override
  public void play(Arena arena) throws IOException, Disagreement {
    compare(arena, arena.duo(), key);
  }

  static void compare(Arena arena, Duo duo, String key) throws IOException, Disagreement {
    Command question = Command.of("OBJECT", "ENCODING", key);
    Duo.Answers answers = duo.ask(question);
    if (isReloaded(duo, key, answers)) {
      answers = duo.ask(question);
    }
    boolean fits = arena.subjectRestarted()
        && !answers.subject().isNil()
        && answers.subject().text().equals(fitting(duo.subject().ask("GET", key)));
    if (!fits && !isSmallerThanThere(duo, key, answers)) {
      answers.compare(question, Agreement.EXACT);
    }
  }

  /**
   * Redis makes a sorted set large when SORT looks at it; read anew it has the form that its
   * members deserve. Returns whether that was necessary.
   */
  static boolean isReloaded(Duo duo, String key) throws IOException {
    return isReloaded(duo, key, duo.ask(Command.of("OBJECT", "ENCODING", key)));
  }

  private static boolean isReloaded(Duo duo, String key, Duo.Answers encodings) throws IOException {
    if (!encodings.oracle().text().equals("skiplist")
        || encodings.subject().equals(encodings.oracle())) {
      return false;
    }
    reload(duo.oracle(), key);
    return true;
  }

  private static void reload(Wire oracle, String key) throws IOException {
    long ttlMs = Math.max(0, oracle.ask("PTTL", key).asLong());
    byte[] dump = oracle.ask("DUMP", key).content();
    oracle.ask("RESTORE", key, ttlMs, dump, "REPLACE");
  }

  /** Ours is small where Redis 7.0 has no small form, as 7.2 has for lists and sets. */
  private static boolean isSmallerThanThere(Duo duo, String key, Duo.Answers answers)
      throws IOException {
    if (answers.oracle().isNil() || answers.subject().isNil()) {
      return false;
    }
    String there = answers.oracle().text();
    return answers.subject().text().equals("listpack")
        && (there.equals("quicklist")
            || (there.equals("hashtable")
                && duo.subject().ask("TYPE", key).text().equals("set")));
  }

  private static String fitting(RawReply value) {
    String text = value.text();
    if (isCanonicalLong(text)) {
      return "int";
    }
    return text.length() <= LONGEST_EMBEDDED ? "embstr" : "raw";
  }

  private static boolean isCanonicalLong(String text) {
    try {
      return Long.toString(Long.parseLong(text)).equals(text);
    } catch (NumberFormatException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "> " + Command.of("OBJECT", "ENCODING", key);
  }
}
