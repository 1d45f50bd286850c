package pika.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pika.storage.rocks.FileFailure;

/** Operations on whole directory trees. */
final class FileTrees {
  private static final Logger LOG = LoggerFactory.getLogger(FileTrees.class);

  private FileTrees() {}

  /** Deletes a directory and its contents; does nothing if it does not exist. */
  static void delete(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  /**
   * Like {@link #delete}, but only logs a failure: for cleaning up after a failure that matters
   * more.
   */
  static void deleteIfPossible(Path root) {
    try {
      delete(root);
    } catch (IOException e) {
      LOG.warn("cannot delete {}: {}", root, FileFailure.reason(e));
    }
  }

  /** Syncs a directory's entries to disk. */
  static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
