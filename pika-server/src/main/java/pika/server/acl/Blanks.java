package pika.server.acl;

import pika.server.command.Args;

/** Characters not allowed in names and patterns, because files separate rules by blanks. */
final class Blanks {
  private Blanks() {}

  /** Returns whether a text of one char per byte contains white space or a zero byte. */
  static boolean in(String text) {
    return text.chars().anyMatch(c -> c == 0 || Args.isBlank((char) c));
  }
}
