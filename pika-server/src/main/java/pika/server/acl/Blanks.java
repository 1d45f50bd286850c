package pika.server.acl;

import pika.server.command.Args;

/** What may not stand in names and patterns, because files hold rules between blanks. */
final class Blanks {
  private Blanks() {}

  /** Whether a text of one char per byte holds white space or a zero byte. */
  static boolean in(String text) {
    return text.chars().anyMatch(c -> c == 0 || Args.isBlank((char) c));
  }
}
