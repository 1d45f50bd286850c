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

/**
 * Replaces the contents of a file so that a crash at any moment leaves the old or the new ones,
 * both whole: write a new file beside it, force it to the disk, rename it, force the directory.
 */
public final class FileReplacement {
  private FileReplacement() {}

  /**
   * Replaces the file, or what a symbolic link in its place points to; the permissions stay.
   *
   * @throws ConfigException with the reason alone
   */
  static void replace(Path link, String text) {
    replace(link, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Replaces or makes the file; a new one is for its owner alone.
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
