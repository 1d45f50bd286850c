package pika.server.config;

import java.util.List;

/**
 * One setting: a row of the table. Keys are compared by identity.
 *
 * @param <T> the type of its value
 */
public final class ConfigKey<T> {
  /** When a setting may change. */
  enum Change {
    /** By CONFIG SET. */
    LIVE,
    /** The same, and to the same value too: it names a file that may have become another. */
    LIVE_FILE,
    /** Only by a restart; CONFIG SET takes the value it has. */
    AT_START,
    /** The same, but CONFIG SET refuses even that value, as Redis does. */
    IMMUTABLE;

    boolean isAtStart() {
      return this == AT_START || this == IMMUTABLE;
    }
  }

  /** What becomes of a value that differs from the default. */
  enum Effect {
    /** The server does what the value says. */
    FULL,
    /** It is checked, kept and shown, and nothing else happens; a warning at start tells why. */
    NONE,
    /** The server does not start with it: going on would betray what the operator asked for. */
    REFUSED
  }

  /** Whether a glob of CONFIG GET finds the setting. */
  enum Visibility {
    SHOWN,
    HIDDEN,
    /** A line of files only: CONFIG GET and SET do not know it. */
    IN_FILES_ONLY
  }

  private final List<String> names;
  private final ValueType<T> type;
  private final T defaultValue;
  private final Change change;
  private final Visibility visibility;
  private final KeyGroup group;

  ConfigKey(
      List<String> names,
      ValueType<T> type,
      String defaultText,
      Change change,
      Visibility visibility,
      KeyGroup group) {
    this.names = names;
    this.type = type;
    this.change = change;
    this.visibility = visibility;
    this.group = group;
    try {
      this.defaultValue = type.parse(RawValue.of(defaultText), null);
    } catch (BadValueException e) {
      throw new IllegalArgumentException(names.get(0) + ": its own default: " + e.reason(), e);
    }
  }

  /** The name it is documented under, in lower case. */
  public String name() {
    return names.get(0);
  }

  /** All spellings, {@link #name} first. */
  List<String> names() {
    return names;
  }

  public T defaultValue() {
    return defaultValue;
  }

  ValueType<T> type() {
    return type;
  }

  Change change() {
    return change;
  }

  Visibility visibility() {
    return visibility;
  }

  Effect effect() {
    return group.effect();
  }

  /** Why it has no effect or is refused. */
  String reason() {
    return group.reason();
  }

  @Override
  public String toString() {
    return name();
  }
}
