package pika.server.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Objects;
import java.util.Set;

/**
 * Replaces the contents of a file so that a crash at any moment leaves the old or the new ones,
 * both whole: write a new file beside it, force it to the disk, rename it, force the directory.
 */
final class FileReplacement {
  private FileReplacement() {}

  /**
   * Replaces the file, or what a symbolic link in its place points to; the permissions stay.
   *
   * @throws ConfigException with the reason alone
   */
  static void replace(Path link, String text) {
    try {
      Path file = link.toRealPath();
      Path folder = Objects.requireNonNull(file.getParent(), "a file is in a folder");
      Path fresh = Files.createTempFile(folder, ".config", ".tmp");
      try {
        write(fresh, text, Files.getPosixFilePermissions(file));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(fresh);
      }
      force(folder);
    } catch (IOException e) {
      throw new ConfigException(ConfigFile.reason(e), e);
    }
  }

  private static void write(Path fresh, String text, Set<PosixFilePermission> permissions)
      throws IOException {
    try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.setPosixFilePermissions(fresh, permissions);
  }

  private static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
