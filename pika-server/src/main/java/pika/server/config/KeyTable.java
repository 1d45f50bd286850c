package pika.server.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All settings by name, including aliases, in row order. */
final class KeyTable {
  private static final List<ConfigKey<?>> KEYS = Stream.of(
          ConfigKeys.ROWS.keys(),
          TlsKeys.ROWS.keys(),
          RocksKeys.ROWS.keys(),
          RedisKeys.rows(),
          RedisHostKeys.rows())
      .flatMap(List::stream)
      .toList();

  private static final Map<String, ConfigKey<?>> BY_NAME = byName();

  private KeyTable() {}

  private static Map<String, ConfigKey<?>> byName() {
    Map<String, ConfigKey<?>> byName = new LinkedHashMap<>();
    for (ConfigKey<?> key : KEYS) {
      for (String name : key.names()) {
        if (byName.put(name, key) != null) {
          throw new IllegalStateException("two settings are called " + name);
        }
      }
    }
    return Collections.unmodifiableMap(byName);
  }

  static List<ConfigKey<?>> keys() {
    return KEYS;
  }

  static Map<String, ConfigKey<?>> names() {
    return BY_NAME;
  }

  static @Nullable ConfigKey<?> find(String name) {
    return BY_NAME.get(name.toLowerCase(Locale.ROOT));
  }

  /** Returns the name closest to a mistyped one, null when none is close. */
  static @Nullable String closest(String name) {
    int nearest = 1 + Math.min(Math.max(2, name.length() / 4), name.length() / 2);
    String found = null;
    for (String known : BY_NAME.keySet()) {
      int distance = distance(name, known);
      if (distance < nearest) {
        nearest = distance;
        found = known;
      }
    }
    return found;
  }

  /** Returns the Levenshtein distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
