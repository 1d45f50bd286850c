package pika.server.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of all settings at one moment. Immutable; a reader that needs several consistent
 * settings gets all of them from one instance.
 */
public final class Config {
  private static final Config DEFAULTS = new Config(Map.of());

  /** Only settings that have been set. {@link #with} ensures that each value has its key's type. */
  private final Map<ConfigKey<?>, Object> values;

  private Config(Map<ConfigKey<?>, Object> values) {
    this.values = values;
  }

  /** Returns the default of every setting. */
  public static Config defaults() {
    return DEFAULTS;
  }

  public <T> T get(ConfigKey<T> key) {
    @SuppressWarnings("unchecked")
    T value = (T) values.getOrDefault(key, key.defaultValue());
    return value;
  }

  /** Returns a copy with one setting changed. The value is not validated. */
  public <T> Config with(ConfigKey<T> key, T value) {
    Map<ConfigKey<?>, Object> changed = new HashMap<>(values);
    changed.put(key, value);
    return new Config(Map.copyOf(changed));
  }

  /** Returns a copy with one setting parsed from text, on top of its base. */
  <T> Config with(ConfigKey<T> key, RawValue raw, Base base) throws BadValueException {
    T present = get(key);
    return with(
        key, key.type().parse(raw, base == Base.PRESENT ? present : key.type().base(present)));
  }

  /** What a parsed value is based on. */
  enum Base {
    /** The current value, for a further line of the same setting. */
    PRESENT,
    /** The result of {@link ValueType#base}, for a first line and for CONFIG SET. */
    FRESH
  }

  /** Returns the value as CONFIG GET shows it. */
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
