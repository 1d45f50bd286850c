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

  /** Creates one, which only {@link #delete} removes. */
  public static Path create() throws IOException {
    return Files.createTempDirectory("pika-benchmark");
  }

  /** Deletes it and its contents. */
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
