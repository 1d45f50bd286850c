package pika.server.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of all settings at one moment. Immutable; a reader that needs several settings to fit
 * together takes one of these and asks it for all of them.
 */
public final class Config {
  private static final Config DEFAULTS = new Config(Map.of());

  /** Only what somebody has set. A value is of its key's type: {@link #with} sees to it. */
  private final Map<ConfigKey<?>, Object> values;

  private Config(Map<ConfigKey<?>, Object> values) {
    this.values = values;
  }

  /** Every setting at its default. */
  public static Config defaults() {
    return DEFAULTS;
  }

  public <T> T get(ConfigKey<T> key) {
    @SuppressWarnings("unchecked")
    T value = (T) values.getOrDefault(key, key.defaultValue());
    return value;
  }

  /** A copy in which one setting is different. The value is not checked. */
  public <T> Config with(ConfigKey<T> key, T value) {
    Map<ConfigKey<?>, Object> changed = new HashMap<>(values);
    changed.put(key, value);
    return new Config(Map.copyOf(changed));
  }

  /** A copy in which one setting is read from text, building upon its base. */
  <T> Config with(ConfigKey<T> key, RawValue raw, Base base) throws BadValueException {
    T present = get(key);
    return with(
        key, key.type().parse(raw, base == Base.PRESENT ? present : key.type().base(present)));
  }

  /** What a value that is read builds upon. */
  enum Base {
    /** What is there now, for a further line on the same setting. */
    PRESENT,
    /** What {@link ValueType#base} makes of it, for a first line and for CONFIG SET. */
    FRESH
  }

  /** The value as CONFIG GET shows it. */
  <T> String print(ConfigKey<T> key) {
    return key.type().print(get(key));
  }

  <T> List<String> linesForFile(ConfigKey<T> key) {
    return key.type().linesForFile(get(key));
  }

  boolean isDefault(ConfigKey<?> key) {
    return sameAs(DEFAULTS, key);
  }

  boolean sameAs(Config other, ConfigKey<?> key) {
    return get(key).equals(other.get(key));
  }
}
