package pika.server.proof.operation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A small file system in memory with a file that takes most of it. It needs the right to mount;
 * where there is none the test is skipped.
 */
final class FullDisk implements AutoCloseable {
  private static final int MOUNT_SECONDS = 10;

  private final Path root;
  private final Path ballast;

  private FullDisk(Path root) {
    this.root = root;
    this.ballast = root.resolve("ballast");
  }

  /** A file system at {@code root} of so many bytes, of which so many are free. */
  static FullDisk mount(Path root, int sizeBytes, int freeBytes) throws Exception {
    Files.createDirectories(root);
    Assumptions.assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=" + sizeBytes, "tmpfs", root.toString()),
        "needs the right to mount a file system");
    FullDisk disk = new FullDisk(root);
    Files.write(disk.ballast, new byte[sizeBytes - freeBytes]);
    return disk;
  }

  /** Makes room. */
  void giveSpaceBack() throws IOException {
    Files.delete(ballast);
  }

  @Override
  public void close() throws Exception {
    if (!run("umount", root.toString())) {
      throw new IOException("can't unmount " + root);
    }
  }

  private static boolean run(String... command) throws Exception {
    try {
      Process process =
          new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor(MOUNT_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException noSuchProgram) {
      return false;
    }
  }
}
