package pika.server;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import pika.storage.manifest.DataDirectory;

/**
 * The data that Redis or Pika left in a directory. This server cannot read it: whoever starts with
 * an existing redis.conf or pika.conf is told, instead of wondering where the keys are.
 */
final class ForeignData {
  private static final Pattern REDIS = Pattern.compile(".*\\.(rdb|aof)|appendonlydir");

  /** A directory per database; in old versions, one per type. */
  private static final Pattern PIKA = Pattern.compile("db\\d+|strings|hashes|lists|zsets|sets");

  private ForeignData() {}

  /** Returns what to tell about a directory in which a server is about to start, or null. */
  static @Nullable String in(Path directory) {
    if (DataDirectory.exists(directory) || !Files.isDirectory(directory)) {
      return null;
    }
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        boolean isPikas = PIKA.matcher(name).matches() && Files.isDirectory(entry);
        if (isPikas || REDIS.matcher(name).matches()) {
          found.add(name);
        }
      }
    } catch (IOException e) {
      // Opening the data directory reports what is wrong with it.
      return null;
    }
    found.sort(null);
    return found.isEmpty()
        ? null
        : "dir: " + directory + " holds data of Redis or Pika (" + String.join(", ", found)
            + "), which this server does not read: it starts empty";
  }
}
