package pika.server.config;

import java.util.LinkedHashMap;
import java.util.Map;
import pika.server.config.Config.Base;

/** A configuration in the making: directives in their order, the later one wins or adds. */
final class ConfigDraft {
  private final Map<ConfigKey<?>, Directive> lastWords = new LinkedHashMap<>();
  private Config config = Config.defaults();

  void read(ConfigKey<?> key, Directive directive) throws BadValueException {
    Base base = lastWords.put(key, directive) == null ? Base.FRESH : Base.PRESENT;
    if (!directive.saysNothing()) {
      config = config.with(key, directive.value(), base);
    }
  }

  /** What the directives so far amount to. */
  Config config() {
    return config;
  }

  /** The last directive on each setting, settings in the order in which they first came up. */
  Map<ConfigKey<?>, Directive> lastWords() {
    return lastWords;
  }
}
