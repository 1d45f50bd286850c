package pika.tools.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The processes of a benchmark and the directory they work in. Neither outlives it: when it is
 * closed or the JVM ends (Ctrl-C), remaining processes are killed and all files deleted. Confined
 * to one thread, except for the shutdown hook.
 */
final class Workspace implements AutoCloseable {

  private static final int STOP_SECONDS = 20;
  private static final int KILL_SECONDS = 10;

  private final Path root;
  private final Set<Process> running = ConcurrentHashMap.newKeySet();
  private final Thread hook = new Thread(this::clear, "bench-cleaner");
  private volatile boolean closed;

  /** @param parent where to create the directory */
  Workspace(Path parent) throws IOException {
    root = Files.createTempDirectory(Files.createDirectories(parent), "pika-bench-")
        .toAbsolutePath();
    Runtime.getRuntime().addShutdownHook(hook);
  }

  Path file(String name) {
    return root.resolve(name);
  }

  /** An empty directory of this name; deletes an existing one. */
  Path emptyDirectory(String name) throws IOException {
    delete(root.resolve(name));
    return Files.createDirectory(root.resolve(name));
  }

  /** @throws IOException if there is no such program or the JVM is ending */
  Process start(ProcessBuilder builder) throws IOException {
    Process process = builder.start();
    running.add(process);
    // Checked after adding: either the hook sees the process, or this sees the hook.
    if (closed) {
      kill(process);
      throw new IOException("the benchmark is ending");
    }
    return process;
  }

  /** Asks a server to stop, and kills it if that takes too long. */
  void stop(Process process) throws InterruptedException {
    List<ProcessHandle> tree = tree(process);
    tree.forEach(ProcessHandle::destroy);
    process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
    // List them first: the children of a process that has exited cannot be found any more.
    tree.forEach(ProcessHandle::destroyForcibly);
    kill(process);
  }

  @Override
  public void close() {
    clear();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending: the hook runs anyway and finds nothing to do.
    }
  }

  private void clear() {
    closed = true;
    running.forEach(this::kill);
    try {
      delete(root);
    } catch (IOException e) {
      System.err.println("bench: cannot delete " + root + ": " + e.getMessage());
    }
  }

  private void kill(Process process) {
    tree(process).forEach(ProcessHandle::destroyForcibly);
    try {
      process.waitFor(KILL_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    running.remove(process);
  }

  private static List<ProcessHandle> tree(Process process) {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (UncheckedIOException e) {
      throw new IOException("cannot list " + directory, e);
    }
  }
}
