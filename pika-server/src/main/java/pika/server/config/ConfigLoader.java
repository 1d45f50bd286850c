package pika.server.config;

import java.io.InputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.server.config.ConfigKey.Effect;

/**
 * Assembles the configuration: defaults, then the file, then standard input if requested, then the
 * command line; later ones win.
 */
public final class ConfigLoader {
  private final ConfigDraft draft = new ConfigDraft();
  private final List<String> warnings = new ArrayList<>();

  private ConfigLoader() {}

  /**
   * Reads the server's arguments, {@code [file] [-] [--name value ...]}, and what they refer to.
   *
   * @throws ConfigException for an unreadable file, an unknown setting, an invalid value, or a
   *     setting the server must not start with
   */
  public static LoadedConfig load(List<String> arguments, InputStream standardInput) {
    CommandLine commandLine = CommandLine.parse(arguments);
    Path file = commandLine.file() == null ? null : path(commandLine.file());
    ConfigLoader loader = new ConfigLoader();
    if (file != null) {
      loader.apply(ConfigFile.read(file));
    }
    if (commandLine.input() == CommandLine.Input.READ) {
      loader.apply(ConfigFile.read("standard input", standardInput));
    }
    loader.apply(commandLine.options());
    loader.judge();
    return new LoadedConfig(loader.draft.config(), file, List.copyOf(loader.warnings));
  }

  private static Path path(String file) {
    try {
      return Path.of(file);
    } catch (InvalidPathException e) {
      throw new ConfigException(file + ": " + e.getReason(), e);
    }
  }

  private void apply(List<Directive> directives) {
    for (Directive directive : directives) {
      ConfigKey<?> key = KeyTable.find(directive.name());
      if (key == null) {
        applyForeign(directive);
      } else {
        apply(key, directive);
      }
    }
  }

  private void apply(ConfigKey<?> key, Directive directive) {
    try {
      draft.read(key, directive);
    } catch (BadValueException e) {
      throw refuse(directive, e.reason());
    }
  }

  private void applyForeign(Directive directive) {
    ForeignKeys.Row row = ForeignKeys.find(directive.name());
    if (row == null) {
      throw refuse(directive, "unknown setting" + suggestion(directive.name()));
    }
    if (row.effect() == Effect.REFUSED && !directive.value().isEmpty()) {
      throw refuse(directive, row.reason());
    }
    if (row.effect() == Effect.NONE) {
      warn(directive, row.reason());
    }
  }

  private static String suggestion(String name) {
    @Nullable String closest = KeyTable.closest(name);
    return closest == null ? "" : ", did you mean '" + closest + "'?";
  }

  /**
   * Checks only the last directive of each setting, so that the command line can override the file.
   */
  private void judge() {
    draft.lastWords().forEach(this::judge);
  }

  private void judge(ConfigKey<?> key, Directive directive) {
    if (key.effect() == Effect.FULL || draft.config().isDefault(key)) {
      return;
    }
    if (key.effect() == Effect.REFUSED) {
      throw refuse(directive, key.reason());
    }
    warn(directive, key.reason());
  }

  private void warn(Directive directive, String reason) {
    warnings.add(directive.origin().message(directive.name(), "no effect: " + reason));
  }

  private static ConfigException refuse(Directive directive, String reason) {
    return new ConfigException(directive.origin().message(directive.name(), reason));
  }
}
