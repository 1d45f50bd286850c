package pika.net.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import pika.net.transport.Transport;

/** An {@link EchoServer} on a free port, for the duration of a test. */
public final class Running implements AutoCloseable {

  /** Longer than anything here should take, even on the slowest machine. */
  private static final long PATIENCE_SECONDS = 60;

  private static final long POLL_NANOS = 200_000;

  final EchoServer echo = new EchoServer();
  final NetServer server;

  private Running(NetOptions options, Transport transport) throws IOException {
    server = new NetServer(options, echo, transport);
    try {
      server.start();
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  static Running with(UnaryOperator<NetOptions.Builder> options) throws IOException {
    return with(Transport.best(), options);
  }

  /** With the options of connections changed. */
  static Running limited(UnaryOperator<ConnectionOptions.Builder> limits) throws IOException {
    ConnectionOptions connections = limits.apply(ConnectionOptions.builder()).build();
    return with(options -> options.connections(connections));
  }

  static Running with(Transport transport, UnaryOperator<NetOptions.Builder> options)
      throws IOException {
    return new Running(options.apply(NetOptions.builder().port(0)).build(), transport);
  }

  public static Running withDefaults() throws IOException {
    return with(options -> options);
  }

  public int port() {
    return server.addresses().get(0).getPort();
  }

  /** How many requests have arrived so far. */
  public int received() {
    return echo.received.get();
  }

  /** How many HANGs wait for {@link #release}. */
  public int hanging() {
    return echo.hanging.size();
  }

  /** Closes the only connection. */
  public void cut() {
    onlyConnection().close();
  }

  /** Answers the HANG that has waited longest; false if none waits. */
  public boolean release() {
    return echo.release();
  }

  RawClient client() throws IOException {
    return RawClient.connect("127.0.0.1", port());
  }

  /** The only connection. */
  Connection onlyConnection() {
    await(() -> server.connectionCount() == 1);
    return server.connections().iterator().next();
  }

  /** Sends {@code text}, one byte per char, and returns everything until the server closes. */
  String transcript(String text) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      byte[] answer = socket.getInputStream().readAllBytes();
      return new String(answer, StandardCharsets.ISO_8859_1);
    }
  }

  public static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("not within " + PATIENCE_SECONDS + " s");
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  /** Also closes the sockets of {@code clients}. */
  static void closeAll(List<? extends AutoCloseable> clients) throws Exception {
    for (AutoCloseable client : clients) {
      client.close();
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
