package pika.server.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/**
 * The servers of a test: started on demand, each in a fresh directory, ended and swept away after
 * the test (or after the class, when the field is static). When a test fails, what its servers
 * printed is shown.
 *
 * <pre>{@code
 * @RegisterExtension
 * final Servers servers = new Servers();
 * }</pre>
 */
public final class Servers
    implements BeforeAllCallback,
        AfterEachCallback,
        AfterAllCallback,
        TestExecutionExceptionHandler {
  private final List<ServerProcess> running = new ArrayList<>();
  private final List<Path> directories = new ArrayList<>();
  private boolean livesAsLongAsTheClass;

  /** The oracle. */
  public ServerProcess redis(String... options) {
    RedisOracle.assumePresent();
    return started(ServerProcess.redis(freshDirectory(), options));
  }

  /** The server under test: ours, unless {@code -Dproof.subject=redis}. */
  public ServerProcess subject(String... options) {
    if (ProofSettings.redisAsSubject()) {
      RedisOracle.assumePresent();
      List<String> safe =
          new ArrayList<>(List.of("--appendonly", "yes", "--appendfsync", "always"));
      safe.addAll(List.of(options));
      return started(ServerProcess.redis(freshDirectory(), safe.toArray(String[]::new)));
    }
    assumeOurServerExists();
    return started(ServerProcess.pika(freshDirectory(), options));
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    livesAsLongAsTheClass = true;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (!livesAsLongAsTheClass) {
      closeAll();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    closeAll();
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    if (!(failure instanceof TestAbortedException)) {
      for (ServerProcess server : running) {
        System.out.println("--- " + server.name() + " printed:\n" + server.printed());
      }
    }
    throw failure;
  }

  private static void assumeOurServerExists() {
    try {
      Class.forName("pika.server.Main", false, Servers.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      Assumptions.abort("pika.server.Main is not built yet");
    }
  }

  private ServerProcess started(ServerProcess server) {
    running.add(server);
    return server;
  }

  private Path freshDirectory() {
    try {
      Path root = Files.createTempDirectory("proof");
      directories.add(root);
      return Files.createDirectory(root.resolve("data"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void closeAll() {
    running.forEach(ServerProcess::close);
    running.clear();
    directories.forEach(Servers::sweep);
    directories.clear();
  }

  private static void sweep(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
