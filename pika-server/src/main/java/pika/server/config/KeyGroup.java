package pika.server.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import pika.server.config.ConfigKey.Change;
import pika.server.config.ConfigKey.Effect;
import pika.server.config.ConfigKey.Visibility;

/**
 * A group of settings with the same effect. A row joins its group by being declared, so the list of
 * all settings can't miss one.
 */
final class KeyGroup {
  private final Effect effect;
  private final String reason;
  private final List<ConfigKey<?>> keys = new ArrayList<>();

  private KeyGroup(Effect effect, String reason) {
    this.effect = effect;
    this.reason = reason;
  }

  /** Returns a group of settings that take effect. */
  static KeyGroup effective() {
    return new KeyGroup(Effect.FULL, "");
  }

  /** Returns a group of settings that are only stored for those who read and set them. */
  static KeyGroup withoutEffect(String reason) {
    return new KeyGroup(Effect.NONE, reason);
  }

  /** Returns a group of settings that may only have their default. */
  static KeyGroup refused(String reason) {
    return new KeyGroup(Effect.REFUSED, reason);
  }

  <T> ConfigKey<T> live(String name, ValueType<T> type, String defaultText, String... aliases) {
    return add(name, type, defaultText, Change.LIVE, Visibility.SHOWN, aliases);
  }

  <T> ConfigKey<T> fixed(String name, ValueType<T> type, String defaultText, String... aliases) {
    return add(name, type, defaultText, Change.AT_START, Visibility.SHOWN, aliases);
  }

  /** Declares a setting that is immutable in Redis, too. */
  <T> ConfigKey<T> immutable(
      String name, ValueType<T> type, String defaultText, String... aliases) {
    return add(name, type, defaultText, Change.IMMUTABLE, Visibility.SHOWN, aliases);
  }

  <T> ConfigKey<T> hidden(String name, ValueType<T> type, String defaultText, String... aliases) {
    return add(name, type, defaultText, Change.LIVE, Visibility.HIDDEN, aliases);
  }

  <T> ConfigKey<T> inFilesOnly(String name, ValueType<T> type, String defaultText) {
    return add(name, type, defaultText, Change.IMMUTABLE, Visibility.IN_FILES_ONLY);
  }

  /** Declares a path, empty for none, which is read again whenever CONFIG SET names it. */
  ConfigKey<String> file(String name) {
    return add(name, WordTypes.pathIfAny(), "", Change.LIVE_FILE, Visibility.SHOWN);
  }

  private <T> ConfigKey<T> add(
      String name,
      ValueType<T> type,
      String defaultText,
      Change change,
      Visibility visibility,
      String... aliases) {
    List<String> names = new ArrayList<>(List.of(name));
    Collections.addAll(names, aliases);
    ConfigKey<T> key =
        new ConfigKey<>(List.copyOf(names), type, defaultText, change, visibility, this);
    keys.add(key);
    return key;
  }

  List<ConfigKey<?>> keys() {
    return List.copyOf(keys);
  }

  Effect effect() {
    return effect;
  }

  String reason() {
    return reason;
  }
}
