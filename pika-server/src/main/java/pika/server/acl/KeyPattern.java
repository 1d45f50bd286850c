package pika.server.acl;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import pika.server.command.Args;
import pika.storage.bytes.Glob;

/** Keys a selector allows: {@code ~text}, {@code %R~text}, {@code %W~text}. Immutable. */
final class KeyPattern {
  private static final String SPECIAL = "*?[\\";

  private final String text;
  private final boolean reads;
  private final boolean writes;
  private final Glob glob;

  /**
   * The prefix that keys must have, if the pattern is that simple, as most are: then no glob has to
   * be matched.
   */
  private final byte @Nullable [] prefix;

  private KeyPattern(String text, boolean reads, boolean writes) {
    this.text = text;
    this.reads = reads;
    this.writes = writes;
    this.glob = Glob.compile(Args.bytes(text));
    this.prefix = prefix(text);
  }

  /**
   * Returns a pattern.
   *
   * @param text the glob, one char per byte
   * @param reads whether values may be read
   * @param writes whether keys may be changed
   */
  static KeyPattern of(String text, boolean reads, boolean writes) {
    return new KeyPattern(text, reads, writes);
  }

  private static byte @Nullable [] prefix(String text) {
    int end = text.length() - 1;
    boolean isPrefix =
        text.endsWith("*") && text.chars().limit(end).noneMatch(c -> SPECIAL.indexOf(c) >= 0);
    return isPrefix ? Args.bytes(text.substring(0, end)) : null;
  }

  String text() {
    return text;
  }

  boolean reads() {
    return reads;
  }

  /** Returns the same pattern with the rights of both. */
  KeyPattern withRightsOf(KeyPattern other) {
    return new KeyPattern(text, reads || other.reads, writes || other.writes);
  }

  /** Returns whether the rights suffice, whatever the key. */
  boolean permits(boolean reading, boolean writing) {
    return (reads || !reading) && (writes || !writing);
  }

  boolean matches(byte[] key) {
    byte[] start = prefix;
    if (start == null) {
      return glob.matches(key);
    }
    return key.length >= start.length
        && Arrays.equals(key, 0, start.length, start, 0, start.length);
  }

  /** Returns the equivalent rule. */
  String describe() {
    String rights = reads && writes ? "~" : reads ? "%R~" : "%W~";
    return rights + text;
  }
}
