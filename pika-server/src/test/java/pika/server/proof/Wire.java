package pika.server.proof;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A blocking connection that deals in bytes: requests go out as they are, replies come back raw.
 * One thread may send while another receives; otherwise confined to one thread. A server that does
 * not answer within 30 seconds fails the test instead of hanging it.
 */
public final class Wire implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  private Wire(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
    this.out = new BufferedOutputStream(socket.getOutputStream(), BUFFER_BYTES);
  }

  /** Connects to a server of this machine. */
  public static Wire connect(int port) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return new Wire(socket).patience(PATIENCE);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Talks through a socket that is connected already. */
  public static Wire over(Socket connected) throws IOException {
    return new Wire(connected).patience(PATIENCE);
  }

  /** How long the server may say nothing before waiting for it fails. */
  public Wire patience(Duration limit) throws IOException {
    socket.setSoTimeout(Math.toIntExact(limit.toMillis()));
    return this;
  }

  /** Sends one command and waits for its reply. */
  public RawReply ask(Object... args) throws IOException {
    return ask(Command.of(args));
  }

  public RawReply ask(Command command) throws IOException {
    return send(command).flush().receive();
  }

  /**
   * Writes all commands at once and returns their replies. Another thread writes, because a server
   * stops reading from a client that does not read.
   */
  public List<RawReply> askAll(List<Command> commands) throws IOException {
    CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> sendAll(commands));
    List<RawReply> replies = new ArrayList<>(commands.size());
    for (int i = 0; i < commands.size(); i++) {
      replies.add(receive());
    }
    writing.join();
    return replies;
  }

  /** A number that a section of INFO tells, 0 when it doesn't. */
  public int figure(String section, String name) throws IOException {
    String start = name + ":";
    return ask("INFO", section)
        .text()
        .lines()
        .filter(line -> line.startsWith(start))
        .mapToInt(line -> Integer.parseInt(line.substring(start.length())))
        .sum();
  }

  /** Queues a command; {@link #flush} puts it on the wire. */
  public Wire send(Command command) throws IOException {
    command.writeTo(out);
    return this;
  }

  public Wire sendRaw(byte[] bytes) throws IOException {
    out.write(bytes);
    return this;
  }

  public Wire flush() throws IOException {
    out.flush();
    return this;
  }

  /** The next reply, whole. */
  public RawReply receive() throws IOException {
    Capture capture = new Capture();
    long pending = 1;
    while (pending > 0) {
      int start = capture.size();
      int end = readLine(capture);
      pending += RespShape.repliesAfter(capture.array(), start, end) - 1;
      capture.write(in.readNBytes(RespShape.payloadBytes(capture.array(), start, end)));
    }
    return new RawReply(capture.toByteArray());
  }

  /** Bytes straight from the wire, for readers that check a stream without keeping it. */
  public InputStream in() {
    return in;
  }

  /** Whether a reply has begun to arrive. */
  public boolean hasReply() throws IOException {
    return in.available() > 0;
  }

  /** Waits for the end of the stream; false when the server says something instead. */
  public boolean isClosedByPeer() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void sendAll(List<Command> commands) {
    try {
      for (Command command : commands) {
        send(command);
      }
      flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int readLine(Capture capture) throws IOException {
    int b;
    do {
      b = in.read();
      if (b < 0) {
        throw new EOFException("connection closed by the server");
      }
      capture.write(b);
    } while (b != '\n');
    return capture.size();
  }

  /** A byte array stream that lets its array be read in place. */
  private static final class Capture extends ByteArrayOutputStream {
    byte[] array() {
      return buf;
    }

    @Override
    public void write(byte[] bytes) {
      write(bytes, 0, bytes.length);
    }
  }
}
