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
    /**
     * By CONFIG SET, even to its current value: it names a file whose contents may have changed.
     */
    LIVE_FILE,
    /** Only by a restart; CONFIG SET accepts the current value. */
    AT_START,
    /** Only by a restart; as in Redis, CONFIG SET rejects even the current value. */
    IMMUTABLE;

    boolean isAtStart() {
      return this == AT_START || this == IMMUTABLE;
    }
  }

  /** What happens with a value other than the default. */
  enum Effect {
    /** The server acts on it. */
    FULL,
    /** It is validated, stored and shown, but has no effect; a warning at startup tells why. */
    NONE,
    /** The server refuses to start: continuing would betray what the operator asked for. */
    REFUSED
  }

  /** Whether CONFIG GET with a glob finds the setting. */
  enum Visibility {
    SHOWN,
    HIDDEN,
    /** Only in files: unknown to CONFIG GET and SET. */
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

  /** Returns the documented name, in lower case. */
  public String name() {
    return names.get(0);
  }

  /** Returns all names, {@link #name} first. */
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

  /** Returns why it has no effect or is refused. */
  String reason() {
    return group.reason();
  }

  @Override
  public String toString() {
    return name();
  }
}
