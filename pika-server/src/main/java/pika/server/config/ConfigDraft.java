package pika.server.config;

import java.util.LinkedHashMap;
import java.util.Map;
import pika.server.config.Config.Base;

/**
 * A configuration under construction: directives in order, of which a later one overrides or
 * extends an earlier one.
 */
final class ConfigDraft {
  private final Map<ConfigKey<?>, Directive> lastWords = new LinkedHashMap<>();
  private Config config = Config.defaults();

  void read(ConfigKey<?> key, Directive directive) throws BadValueException {
    Base base = lastWords.put(key, directive) == null ? Base.FRESH : Base.PRESENT;
    if (!directive.saysNothing()) {
      config = config.with(key, directive.value(), base);
    }
  }

  /** Returns the configuration so far. */
  Config config() {
    return config;
  }

  /** Returns the last directive of each setting, in the order in which settings first occurred. */
  Map<ConfigKey<?>, Directive> lastWords() {
    return lastWords;
  }
}
