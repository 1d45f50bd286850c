package pika.storage.rocks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Checks RocksDB's files before RocksDB may touch them. RocksDB takes a directory without its first
 * file, CURRENT, for a new one and would start an empty database over the remains.
 */
final class DatabaseFiles {
  private static final String CURRENT = "CURRENT";
  private static final Pattern CURRENT_TEXT = Pattern.compile("(MANIFEST-\\d+)\n");
  private static final List<String> TABLE_SUFFIXES = List.of(".sst", ".blob");
  /** Files that hold data: tables, blobs, write-ahead logs. */
  private static final List<String> DATA_SUFFIXES = List.of(".sst", ".blob", ".log");

  private DatabaseFiles() {}

  /**
   * Returns whether the directory holds a database, as far as can be told from outside; creates the
   * directory if necessary.
   *
   * @throws StorageException if there are only remains of a database
   */
  static boolean arePresent(Path directory) {
    try {
      Path current = directory.resolve(CURRENT);
      if (Files.exists(current)) {
        requireManifest(directory, current);
        return true;
      }
      Files.createDirectories(directory);
      if (count(directory, DATA_SUFFIXES) > 0) {
        throw damaged(directory, CURRENT + " is missing");
      }
      return false;
    } catch (IOException e) {
      throw unusable(directory, e);
    }
  }

  /** Returns how many table and blob files are in the directory. */
  static long tables(Path directory) {
    try {
      return count(directory, TABLE_SUFFIXES);
    } catch (IOException e) {
      throw unusable(directory, e);
    }
  }

  private static StorageException unusable(Path directory, IOException e) {
    return new StorageException(
        "can't use the database in " + directory + ": " + FileFailure.reason(e), e);
  }

  static StorageException damaged(Path directory, String how) {
    return new StorageException("the database in " + directory + " is damaged: " + how);
  }

  private static void requireManifest(Path directory, Path current) throws IOException {
    // A damaged file may not be UTF-8.
    String text = new String(Files.readAllBytes(current), StandardCharsets.ISO_8859_1);
    Matcher name = CURRENT_TEXT.matcher(text);
    if (!name.matches()) {
      throw damaged(directory, CURRENT + " doesn't name a manifest");
    }
    Path manifest = directory.resolve(name.group(1));
    if (!Files.exists(manifest) || Files.size(manifest) == 0) {
      throw damaged(directory, manifest.getFileName() + " is missing or empty");
    }
  }

  private static long count(Path directory, List<String> suffixes) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> suffixes.stream().anyMatch(name::endsWith))
          .count();
    }
  }
}
