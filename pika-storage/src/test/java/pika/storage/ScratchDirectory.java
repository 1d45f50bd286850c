package pika.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory for a benchmark's files; tests have {@code TempDir}. */
public final class ScratchDirectory {
  private ScratchDirectory() {}

  /** A new one, which nobody deletes but {@link #delete}. */
  public static Path create() throws IOException {
    return Files.createTempDirectory("pika-benchmark");
  }

  /** Removes it with all it holds. */
  public static void delete(Path directory) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(directory)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.delete(path);
    }
  }
}
