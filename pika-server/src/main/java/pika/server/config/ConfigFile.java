package pika.server.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import pika.storage.bytes.Glob;
import pika.storage.rocks.FileFailure;

/**
 * Reads configuration files into directives and expands {@code include} lines. As in Redis, an
 * included path is relative to the working directory, its last part may be a glob, and a glob
 * without matches is no error.
 */
final class ConfigFile {
  /** Deep enough for any sane layout; anything deeper includes itself. */
  private static final int MAX_DEPTH = 16;

  private final List<Directive> directives = new ArrayList<>();

  private ConfigFile() {}

  /**
   * Returns the directives of a file.
   *
   * @throws ConfigException if it or an included file can't be read or split into words
   */
  static List<Directive> read(Path file) {
    ConfigFile reader = new ConfigFile();
    reader.readLines(file.toString(), lines(file), 0);
    return reader.directives;
  }

  /** Returns the directives of a stream, which messages refer to as {@code name}. */
  static List<Directive> read(String name, InputStream in) {
    ConfigFile reader = new ConfigFile();
    try {
      reader.readLines(name, lines(name, in.readAllBytes()), 0);
    } catch (IOException e) {
      throw new ConfigException(name + ": " + FileFailure.reason(e), e);
    }
    return reader.directives;
  }

  /** Returns the lines of a file without line breaks. */
  static List<String> lines(Path file) {
    try {
      return lines(file.toString(), Files.readAllBytes(file));
    } catch (IOException e) {
      throw new ConfigException(file + ": " + FileFailure.reason(e), e);
    }
  }

  private static List<String> lines(String name, byte[] bytes) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    for (int end = 0; end <= bytes.length; end++) {
      if (end < bytes.length ? bytes[end] == '\n' : start < end) {
        lines.add(line(name, lines.size() + 1, bytes, start, end));
        start = end + 1;
      }
    }
    return lines;
  }

  private static String line(String name, int number, byte[] bytes, int from, int to) {
    try {
      return QuotedWords.decode(Arrays.copyOfRange(bytes, from, to));
    } catch (BadValueException e) {
      throw new ConfigException(name + ":" + number + ": not UTF-8 text", e);
    }
  }

  private void readLines(String name, List<String> lines, int depth) {
    for (int i = 0; i < lines.size(); i++) {
      Directive directive = Directive.parse(new Origin(name, i + 1), lines.get(i));
      if (directive == null) {
        continue;
      }
      if (directive.name().equals("include")) {
        include(directive, depth);
      } else {
        directives.add(directive);
      }
    }
  }

  private void include(Directive directive, int depth) {
    try {
      Path path = Path.of(directive.value().word());
      for (Path file : expand(path)) {
        readIncluded(directive, file, depth + 1);
      }
    } catch (BadValueException e) {
      throw new ConfigException(directive.origin().message("include", e.reason()), e);
    } catch (InvalidPathException e) {
      throw new ConfigException(directive.origin().message("include", e.getReason()), e);
    } catch (IOException e) {
      throw new ConfigException(directive.origin().message("include", FileFailure.reason(e)), e);
    }
  }

  private void readIncluded(Directive include, Path file, int depth) {
    if (depth > MAX_DEPTH) {
      throw new ConfigException(file + ": included more than " + MAX_DEPTH + " files deep");
    }
    try {
      readLines(file.toString(), lines(file.toString(), Files.readAllBytes(file)), depth);
    } catch (IOException e) {
      String reason = file + ": " + FileFailure.reason(e);
      throw new ConfigException(include.origin().message("include", reason), e);
    }
  }

  private static List<Path> expand(Path path) throws IOException {
    Path last = path.getFileName();
    if (last == null || !isGlob(last.toString())) {
      return List.of(path);
    }
    Glob glob = Glob.compile(last.toString().getBytes(StandardCharsets.UTF_8));
    Path folder = path.getParent() == null ? Path.of("") : path.getParent();
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(folder, entry -> matches(glob, entry))) {
      entries.forEach(found::add);
    }
    found.sort(Comparator.naturalOrder());
    return found;
  }

  /** Returns whether a glob matches; as in a shell, hidden files need an explicit dot. */
  private static boolean matches(Glob glob, Path entry) {
    String name = String.valueOf(entry.getFileName());
    boolean hidden = name.startsWith(".") && glob.literalPrefix().length == 0;
    return !hidden
        && glob.matches(name.getBytes(StandardCharsets.UTF_8))
        && Files.isRegularFile(entry);
  }

  static boolean isGlob(String text) {
    return text.chars().anyMatch(c -> "*?[".indexOf(c) >= 0);
  }
}
