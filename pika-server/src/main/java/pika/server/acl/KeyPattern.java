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

  /** What keys begin with when that is all the pattern says, as most do: no need to walk a glob. */
  private final byte @Nullable [] prefix;

  private KeyPattern(String text, boolean reads, boolean writes) {
    this.text = text;
    this.reads = reads;
    this.writes = writes;
    this.glob = Glob.compile(Args.bytes(text));
    this.prefix = prefix(text);
  }

  /** A glob of one char per byte, and whether values may be read and keys may be changed. */
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

  /** The same keys with the rights of both. */
  KeyPattern withRightsOf(KeyPattern other) {
    return new KeyPattern(text, reads || other.reads, writes || other.writes);
  }

  /** Whether the rights suffice, whatever the key. */
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

  /** The rule that makes the pattern. */
  String describe() {
    String rights = reads && writes ? "~" : reads ? "%R~" : "%W~";
    return rights + text;
  }
}
