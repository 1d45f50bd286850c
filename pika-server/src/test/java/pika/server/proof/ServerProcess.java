package pika.server.proof;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A server in a process of its own, on a free port of this machine, with its data in a directory
 * that outlives it: it can be stopped, killed and started again. What it prints is kept in a file.
 * Confined to the test's thread.
 */
public final class ServerProcess implements AutoCloseable {
  /** Below the range from which the system takes the ports of outgoing connections. */
  private static final int FIRST_PORT = 20_000;

  private static final int PORTS = 12_000;
  /**
   * No claim about how long it takes: seconds of processor time, of which a busy machine gives a
   * fraction.
   */
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
  private static final int LOG_LINES_SHOWN = 25;
  /** From here on a JDK warns of native code and of Unsafe unless they are allowed, as we do. */
  private static final int JDK_THAT_WARNS = 24;

  private static final List<String> ALLOWANCES =
      List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

  private static final Set<Process> ALIVE = ConcurrentHashMap.newKeySet();

  static {
    Thread sweep = new Thread(() -> ALIVE.forEach(Process::destroyForcibly), "server-sweep");
    Runtime.getRuntime().addShutdownHook(sweep);
  }

  private final String name;
  private final int port;
  private final Path dir;
  private final List<String> commandLine;
  private Process process;
  private Duration startedIn = Duration.ZERO;
  private int linesShown;

  private ServerProcess(String name, int port, Path dir, List<String> commandLine) {
    this.name = name;
    this.port = port;
    this.dir = dir;
    this.commandLine = commandLine;
    this.process = launch();
  }

  /** A redis-server that keeps nothing on disk, unless the options say so. */
  public static ServerProcess redis(Path dir, String... options) {
    int port = freePort();
    List<String> line = new ArrayList<>(List.of(ProofSettings.redisServer()));
    line.addAll(List.of("--port", "" + port, "--dir", dir.toString(), "--save", ""));
    line.addAll(List.of("--loglevel", "warning", "--enable-debug-command", "yes"));
    line.addAll(List.of(options));
    return new ServerProcess("redis", port, dir, line);
  }

  /** Our server, started from the classes that are under test. */
  public static ServerProcess pika(Path dir, String... options) {
    int port = freePort();
    List<String> line = new ArrayList<>(pikaProgram());
    line.addAll(List.of("--port", "" + port, "--db-path", dir.toString()));
    line.addAll(List.of("--enable-debug-command", "yes"));
    line.addAll(List.of(options));
    return new ServerProcess("pika", port, dir, line);
  }

  /** The beginning of the command line, to be followed by the server's own arguments. */
  public static List<String> pikaProgram() {
    return program("pika.server.Main");
  }

  /** The same for another main class. */
  public static List<String> program(String mainClass) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Runtime.version().feature() >= JDK_THAT_WARNS) {
      line.addAll(ALLOWANCES);
    }
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    return line;
  }

  public String name() {
    return name;
  }

  public int port() {
    return port;
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** From the start of the process to the first PONG. */
  public Duration startedIn() {
    return startedIn;
  }

  public Wire connect() throws IOException {
    return Wire.connect(port);
  }

  /**
   * Ends the process as an operator does (SIGTERM) and waits for its end; answers the exit code.
   */
  public int terminate() {
    process.destroy();
    return awaitEnd();
  }

  /** Ends the process as a power cut of the process does (SIGKILL). */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Starts it again after {@link #terminate} or {@link #kill}, on the same port and directory. */
  public void startAgain() {
    process = launch();
  }

  /** What the server printed since this was last asked; of much, the end. */
  public String printed() {
    try {
      List<String> lines = Notation.text(Files.readAllBytes(log())).lines().toList();
      int start = Math.max(linesShown, lines.size() - LOG_LINES_SHOWN);
      linesShown = lines.size();
      return String.join("\n", lines.subList(start, lines.size()));
    } catch (IOException e) {
      return "(no log: " + e.getMessage() + ")";
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      kill();
    }
  }

  private Process launch() {
    long start = System.nanoTime();
    try {
      Process started = new ProcessBuilder(commandLine)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
          .start();
      ALIVE.add(started);
      Await.until(name + " answers PING", START_LIMIT, () -> answersPing(started));
      startedIn = Duration.ofNanos(System.nanoTime() - start);
      return started;
    } catch (Exception e) {
      throw new IllegalStateException(name + " did not start:\n" + printed(), e);
    }
  }

  /** Any reply will do: a server that wants a password has started too. */
  private boolean answersPing(Process started) {
    if (!started.isAlive()) {
      throw new IllegalStateException(name + " ended with exit code " + started.exitValue());
    }
    try (Wire wire = connect()) {
      return !wire.ask("PING").text().startsWith("LOADING");
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Waits for an end that has been asked for, by SHUTDOWN for example; answers the exit code. */
  public int awaitEnd() {
    try {
      if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        throw new AssertionError(name + " did not stop within " + STOP_LIMIT.toSeconds() + " s");
      }
      ALIVE.remove(process);
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Path log() {
    return dir.resolveSibling(dir.getFileName() + ".log");
  }

  /** A port that nobody listens on at the moment. */
  public static int freePort() {
    int port;
    do {
      port = FIRST_PORT + ThreadLocalRandom.current().nextInt(PORTS);
    } while (!isFree(port));
    return port;
  }

  private static boolean isFree(int port) {
    try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return probe.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
