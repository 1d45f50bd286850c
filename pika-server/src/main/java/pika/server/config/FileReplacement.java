package pika.server.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import pika.storage.rocks.FileFailure;

/**
 * Replaces the contents of a file so that a crash at any moment leaves either the old or the new
 * contents: writes a new file beside it, syncs it, renames it, syncs the directory.
 */
public final class FileReplacement {
  private FileReplacement() {}

  /**
   * Replaces the file, or what a symbolic link in its place points to; permissions are kept.
   *
   * @throws ConfigException with the reason alone
   */
  static void replace(Path link, String text) {
    replace(link, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Replaces or creates the file; a new one is readable by its owner alone.
   *
   * @throws ConfigException with the reason alone
   */
  public static void replace(Path link, byte[] contents) {
    try {
      Path file = Files.exists(link) ? link.toRealPath() : link.toAbsolutePath();
      Path folder = Objects.requireNonNull(file.getParent(), "a file is in a folder");
      Path fresh = Files.createTempFile(folder, ".config", ".tmp");
      try {
        write(fresh, contents);
        if (Files.exists(file)) {
          Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(file));
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(fresh);
      }
      force(folder);
    } catch (IOException e) {
      throw new ConfigException(FileFailure.reason(e), e);
    }
  }

  private static void write(Path fresh, byte[] contents) throws IOException {
    try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(contents);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
