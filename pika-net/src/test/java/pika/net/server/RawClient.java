package pika.net.server;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import pika.net.resp.ProtocolException;
import pika.net.resp.Reply;
import pika.net.resp.ReplyDecoder;

/**
 * A client that does exactly what a test says: it sends any bytes and reads replies only when
 * asked, so that a test can stall the server or violate the protocol. Confined to one thread.
 */
final class RawClient implements AutoCloseable {

  private static final int BUFFER_BYTES = 64 * 1024;

  private final SocketChannel channel;
  private final ReplyDecoder decoder = new ReplyDecoder();
  private final ByteBuffer in = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
  private ByteBuffer out = ByteBuffer.allocate(BUFFER_BYTES);

  private RawClient(SocketChannel channel) {
    this.channel = channel;
  }

  /** Connects over TCP. */
  static RawClient connect(String host, int port) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    return connect(channel, new InetSocketAddress(host, port));
  }

  /** Connects to a Unix socket. */
  static RawClient connect(Path unixSocket) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    return connect(channel, UnixDomainSocketAddress.of(unixSocket));
  }

  private static RawClient connect(SocketChannel channel, SocketAddress address)
      throws IOException {
    try {
      channel.connect(address);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return new RawClient(channel);
  }

  /**
   * Sends one command and waits for its reply; an error reply is a reply.
   *
   * @throws IOException if the connection breaks
   */
  Reply call(String... args) throws IOException {
    send(args);
    return receive();
  }

  Reply call(byte[]... args) throws IOException {
    send(args);
    return receive();
  }

  /** Buffers one command; arguments are sent as UTF-8. */
  void send(String... args) throws IOException {
    byte[][] bytes = new byte[args.length][];
    for (int i = 0; i < args.length; i++) {
      bytes[i] = args[i].getBytes(StandardCharsets.UTF_8);
    }
    send(bytes);
  }

  void send(byte[]... args) throws IOException {
    header('*', args.length);
    for (byte[] arg : args) {
      header('$', arg.length);
      sendRaw(arg);
      sendRaw(LINE_BREAK);
    }
  }

  /** Buffers raw bytes, for input that is not a command. */
  void sendRaw(byte[] bytes) throws IOException {
    if (bytes.length > out.remaining()) {
      flush();
    }
    if (bytes.length > out.capacity()) {
      writeFully(ByteBuffer.wrap(bytes));
    } else {
      out.put(bytes);
    }
  }

  /** Sends the buffered bytes. */
  void flush() throws IOException {
    writeFully(out.flip());
    out.clear();
  }

  /**
   * Sends the buffered bytes and waits for the next reply.
   *
   * @throws java.io.EOFException if the server has closed the connection
   */
  Reply receive() throws IOException {
    flush();
    try {
      while (true) {
        in.position(decoder.decode(in.array(), in.position(), in.limit()));
        if (decoder.hasReply()) {
          return decoder.takeReply();
        }
        if (channel.read(in.clear()) < 0) {
          throw new EOFException("connection closed");
        }
        in.flip();
      }
    } catch (ProtocolException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Half-closes the connection; replies can still be received. */
  void shutdownOutput() throws IOException {
    flush();
    channel.shutdownOutput();
  }

  SocketAddress localAddress() throws IOException {
    return channel.getLocalAddress();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static final byte[] LINE_BREAK = {'\r', '\n'};

  private void header(char type, int number) throws IOException {
    sendRaw((type + Integer.toString(number) + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  private void writeFully(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
