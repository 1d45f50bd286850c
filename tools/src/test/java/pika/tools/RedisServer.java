package pika.tools;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A real redis-server for a test: the tools must work with any server that speaks RESP. */
public final class RedisServer implements AutoCloseable {

  private static final int START_SECONDS = 10;

  private final Process process;
  private final int port;

  private RedisServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Skips the test if redis-server is not installed. */
  public static RedisServer start(Path directory) throws IOException, InterruptedException {
    assumeInstalled("redis-server");
    int port = freePort();
    Process process = new ProcessBuilder(
            "redis-server", "--port", Integer.toString(port), "--dir", directory.toString())
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("redis.log").toFile())
        .start();
    RedisServer server = new RedisServer(process, port);
    server.awaitListening();
    return server;
  }

  static void assumeInstalled(String program) {
    boolean installed;
    try {
      installed = new ProcessBuilder(program, "--version").start().waitFor() == 0;
    } catch (IOException | InterruptedException e) {
      installed = false;
    }
    Assumptions.assumeTrue(installed, program + " is not installed");
  }

  public int port() {
    return port;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor(START_SECONDS, TimeUnit.SECONDS);
  }

  private void awaitListening() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (true) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw e;
        }
        process.waitFor(20, TimeUnit.MILLISECONDS);
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
