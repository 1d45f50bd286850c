package pika.server.acl;

import pika.server.command.Args;
import pika.storage.bytes.Glob;

/**
 * Keys a selector allows: {@code ~text}, {@code %R~text}, {@code %W~text}.
 *
 * @param text the glob, one char per byte
 * @param reads whether their values may be read
 * @param writes whether they may be changed
 */
record KeyPattern(String text, boolean reads, boolean writes, Glob glob) {
  static KeyPattern of(String text, boolean reads, boolean writes) {
    return new KeyPattern(text, reads, writes, Glob.compile(Args.bytes(text)));
  }

  /** The same keys with the rights of both. */
  KeyPattern withRightsOf(KeyPattern other) {
    return new KeyPattern(text, reads || other.reads, writes || other.writes, glob);
  }

  /** Whether the rights suffice, whatever the key. */
  boolean permits(boolean reading, boolean writing) {
    return (reads || !reading) && (writes || !writing);
  }

  /** The rule that makes the pattern. */
  String describe() {
    String rights = reads && writes ? "~" : reads ? "%R~" : "%W~";
    return rights + text;
  }
}
