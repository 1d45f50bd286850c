package pika.server.config;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import pika.server.config.Config.Base;
import pika.server.config.ConfigKey.Change;
import pika.server.config.ConfigKey.Visibility;
import pika.storage.bytes.Glob;

/**
 * The settings of a running server, behind CONFIG GET, SET and REWRITE. Readers on any thread see
 * one complete {@link Config} after the other; writers are serialized. The messages of exceptions
 * thrown here are whole error replies, byte for byte Redis'.
 */
public final class LiveConfig {
  private static final String IMMUTABLE = "can't set immutable config";

  private final @Nullable Path file;
  private final List<Subscription> subscriptions = new ArrayList<>(); // guarded by this
  private final List<UnaryOperator<Config>> sources = new ArrayList<>(); // guarded by this
  private volatile Config current;

  private record Subscription(ConfigListener listener, Set<ConfigKey<?>> keys) {}

  /** One pair of CONFIG SET; the name as typed. */
  private record Assignment(String name, ConfigKey<?> key, byte[] value) {}

  public LiveConfig(LoadedConfig loaded) {
    this.file = loaded.file();
    this.current = loaded.config();
  }

  /** Returns the configuration file, null without one. */
  public @Nullable Path file() {
    return file;
  }

  public Config current() {
    return current;
  }

  public <T> T get(ConfigKey<T> key) {
    return current.get(key);
  }

  /** Calls the listener whenever CONFIG SET changes any of the keys, once for all of them. */
  public synchronized void listen(ConfigListener listener, ConfigKey<?>... keys) {
    subscriptions.add(new Subscription(listener, Set.of(keys)));
  }

  /** Calls the listener now, and whenever CONFIG SET changes any of the keys. */
  public synchronized void follow(ConfigListener listener, ConfigKey<?>... keys) {
    listener.changed(current);
    listen(listener, keys);
  }

  /**
   * Returns names and values for CONFIG GET in the order of the patterns and of the table, each
   * name once. A pattern without glob characters is a name and is returned as typed.
   */
  public Map<String, String> get(List<byte[]> patterns) {
    Config config = current;
    Map<String, String> found = new LinkedHashMap<>();
    Set<String> seen = new HashSet<>();
    for (byte[] pattern : patterns) {
      matching(pattern).forEach((name, key) -> {
        if (seen.add(lowerCase(name))) {
          found.put(name, config.print(key));
        }
      });
    }
    return found;
  }

  private static Map<String, ConfigKey<?>> matching(byte[] pattern) {
    String text = text(pattern);
    if (!ConfigFile.isGlob(text)) {
      ConfigKey<?> key = visible(text);
      return key == null ? Map.of() : Map.of(text, key);
    }
    Glob glob = Glob.compile(pattern, Glob.Case.IGNORED);
    Map<String, ConfigKey<?>> found = new LinkedHashMap<>();
    KeyTable.names().forEach((name, key) -> {
      if (key.visibility() == Visibility.SHOWN
          && glob.matches(name.getBytes(StandardCharsets.UTF_8))) {
        found.put(name, key);
      }
    });
    return found;
  }

  private static @Nullable ConfigKey<?> visible(String name) {
    ConfigKey<?> key = KeyTable.find(name);
    return key != null && key.visibility() != Visibility.IN_FILES_ONLY ? key : null;
  }

  /**
   * Changes settings for CONFIG SET: all of them or none.
   *
   * @param namesAndValues alternating, at least one pair
   * @throws ConfigException with the error reply; nothing has changed then
   */
  public synchronized void set(List<byte[]> namesAndValues) {
    if (namesAndValues.size() % 2 != 0) {
      throw new ConfigException("ERR syntax error");
    }
    List<Assignment> assignments = assignments(namesAndValues);
    Config wanted = current;
    for (Assignment assignment : assignments) {
      wanted = assigned(wanted, assignment);
    }
    apply(wanted, assignments);
    current = wanted;
  }

  /** Adds a source of values that change by other means than CONFIG SET, for CONFIG REWRITE. */
  public synchronized void beforeRewrite(UnaryOperator<Config> source) {
    sources.add(source);
  }

  /**
   * Updates the configuration file to the current values (CONFIG REWRITE).
   *
   * @throws ConfigException with the error reply; the file is unchanged then
   */
  public synchronized void rewrite() {
    if (file == null) {
      throw new ConfigException("ERR The server is running without a config file");
    }
    try {
      Config wanted = current;
      for (UnaryOperator<Config> source : sources) {
        wanted = source.apply(wanted);
      }
      ConfigRewrite.rewrite(file, wanted);
    } catch (ConfigException e) {
      throw new ConfigException("ERR Rewriting config file: " + e.getMessage(), e);
    }
  }

  /** Resolves names before values: the reply names the first pair with an invalid name. */
  private static List<Assignment> assignments(List<byte[]> namesAndValues) {
    List<Assignment> assignments = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < namesAndValues.size(); i += 2) {
      String name = text(namesAndValues.get(i));
      ConfigKey<?> key = visible(name);
      if (key == null) {
        throw new ConfigException(
            "ERR Unknown option or number of arguments for CONFIG SET - '" + name + "'");
      }
      if (key.change() == Change.IMMUTABLE) {
        throw failure(name, IMMUTABLE);
      }
      if (!names.add(lowerCase(name))) {
        throw failure(name, "duplicate parameter");
      }
      assignments.add(new Assignment(name, key, namesAndValues.get(i + 1)));
    }
    return assignments;
  }

  private static Config assigned(Config config, Assignment assignment) {
    try {
      String value = QuotedWords.decode(assignment.value);
      Config assigned = config.with(assignment.key, RawValue.of(value), Base.FRESH);
      if (assignment.key.change().isAtStart() && !assigned.sameAs(config, assignment.key)) {
        throw failure(lowerCase(assignment.name), IMMUTABLE);
      }
      return assigned;
    } catch (BadValueException e) {
      throw failure(lowerCase(assignment.name), e.reason());
    }
  }

  /** Calls the listeners of what differs; if one throws, reverts what the others have applied. */
  private void apply(Config wanted, List<Assignment> assignments) {
    Config before = current;
    Deque<ConfigListener> applied = new ArrayDeque<>();
    for (Subscription subscription : subscriptions) {
      Assignment cause = cause(subscription, assignments, before, wanted);
      if (cause == null) {
        continue;
      }
      try {
        subscription.listener.changed(wanted);
        applied.push(subscription.listener);
      } catch (RuntimeException e) {
        applied.forEach(listener -> listener.changed(before));
        throw e instanceof ConfigException
            ? failure(cause.key.name(), String.valueOf(e.getMessage()))
            : e;
      }
    }
  }

  private static @Nullable Assignment cause(
      Subscription subscription, List<Assignment> assignments, Config before, Config wanted) {
    for (Assignment assignment : assignments) {
      ConfigKey<?> key = assignment.key;
      boolean changes = key.change() == Change.LIVE_FILE || !wanted.sameAs(before, key);
      if (subscription.keys.contains(key) && changes) {
        return assignment;
      }
    }
    return null;
  }

  private static ConfigException failure(String name, String reason) {
    return new ConfigException(
        "ERR CONFIG SET failed (possibly related to argument '" + name + "') - " + reason);
  }

  /**
   * Returns the name with one char per byte: names are ASCII, and anything else is echoed in an
   * error as it was sent.
   */
  private static String text(byte[] name) {
    return new String(name, StandardCharsets.ISO_8859_1);
  }

  private static String lowerCase(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
