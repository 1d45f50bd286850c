package pika.server.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Shorthands for tests: what a client would type and read. */
final class Live {
  private Live() {}

  static LoadedConfig load(String... arguments) {
    return ConfigLoader.load(List.of(arguments), InputStream.nullInputStream());
  }

  static LoadedConfig loadText(String text) {
    return ConfigLoader.load(List.of("-"), new ByteArrayInputStream(text.getBytes(UTF_8)));
  }

  static LiveConfig withDefaults() {
    return new LiveConfig(load());
  }

  /** Returns the reply to CONFIG SET. */
  static String set(LiveConfig live, String... namesAndValues) {
    try {
      live.set(bytes(namesAndValues));
      return "OK";
    } catch (ConfigException e) {
      return String.valueOf(e.getMessage());
    }
  }

  static Map<String, String> get(LiveConfig live, String... patterns) {
    return live.get(bytes(patterns));
  }

  static List<byte[]> bytes(String... words) {
    return Stream.of(words).map(word -> word.getBytes(UTF_8)).toList();
  }
}
