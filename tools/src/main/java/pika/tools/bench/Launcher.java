package pika.tools.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Starts servers from their commands and waits until they answer. */
final class Launcher {

  /**
   * Environment variables that {@code tools/pika} sets for the JVM it starts, this one included.
   * Another server must not run with the allocator chosen for ours; one that wants it says
   * {@code env NAME=value command}.
   */
  private static final Set<String> ALLOCATOR_VARIABLES =
      Set.of("LD_PRELOAD", "MALLOC_CONF", "MALLOC_ARENA_MAX");

  private static final int POLL_MS = 5;
  private static final int PONG_MS = 1_000;
  private static final byte[] PONG = "+PONG\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int LOG_TAIL_LINES = 8;

  private final Path home;
  private final long budgetBytes;
  private final int fixedPort;
  private final int limitSeconds;
  private final Workspace workspace;

  /**
   * @param fixedPort the port of every server in turn; 0 picks a free one each time
   * @param limitSeconds how long a server may take until its first PONG
   */
  Launcher(Path home, long budgetBytes, int fixedPort, int limitSeconds, Workspace workspace) {
    this.home = home;
    this.budgetBytes = budgetBytes;
    this.fixedPort = fixedPort;
    this.limitSeconds = limitSeconds;
    this.workspace = workspace;
  }

  /**
   * Starts a server in an empty directory, or connects to one that is already running.
   *
   * @throws BenchException if it exits or does not answer; the message ends with its last output
   */
  ServerUnderTest start(ServerSpec spec, Path directory)
      throws BenchException, InterruptedException {
    if (spec.runningAt().isPresent()) {
      try {
        return FoundServer.at(spec.name(), spec.runningAt().get());
      } catch (IOException e) {
        throw new BenchException(spec.name() + ": " + e.getMessage(), e);
      }
    }
    Path log = workspace.file(spec.name() + ".log");
    Process process = null;
    try {
      int port = fixedPort > 0 ? fixedPort : freePort();
      if (answersPing(port)) {
        throw new IOException("something else answers on port " + port);
      }
      // exec: the shell becomes the server, so that this process is the one to measure.
      String command = "exec " + spec.command(port, directory, home, budgetBytes);
      long begin = System.nanoTime();
      ProcessBuilder builder = new ProcessBuilder("sh", "-c", command)
          .directory(directory.toFile())
          .redirectErrorStream(true)
          .redirectOutput(log.toFile());
      builder.environment().keySet().removeAll(ALLOCATOR_VARIABLES);
      process = workspace.start(builder);
      awaitPong(process, port, begin + TimeUnit.SECONDS.toNanos(limitSeconds));
      double startMs = (System.nanoTime() - begin) / 1e6;
      return new StartedServer(spec.name(), process, port, startMs, workspace);
    } catch (IOException e) {
      if (process != null) {
        workspace.stop(process);
      }
      throw new BenchException(spec.name() + ": " + e.getMessage() + tail(log), e);
    }
  }

  private void awaitPong(Process process, int port, long deadlineNanos)
      throws IOException, InterruptedException {
    while (!answersPing(port)) {
      if (!process.isAlive()) {
        throw new IOException("ended with exit code " + process.exitValue());
      }
      if (System.nanoTime() > deadlineNanos) {
        throw new IOException("no PONG within " + limitSeconds + " s");
      }
      Thread.sleep(POLL_MS);
    }
  }

  /** Whether a server answers and has finished loading; until then it returns an error. */
  private static boolean answersPing(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PONG_MS);
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes(PONG.length);
      return Arrays.equals(answer, PONG);
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String tail(Path log) {
    try {
      List<String> lines = Files.readString(log, StandardCharsets.UTF_8).lines().toList();
      int from = Math.max(0, lines.size() - LOG_TAIL_LINES);
      return "; it said:\n  " + String.join("\n  ", lines.subList(from, lines.size()));
    } catch (IOException e) {
      return "";
    }
  }
}
