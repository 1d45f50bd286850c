package pika.net.client;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import pika.net.resp.ProtocolException;
import pika.net.resp.Reply;
import pika.net.resp.ReplyDecoder;

/**
 * A blocking client over one socket. {@link #call} asks and waits; {@link #send}, {@link #flush}
 * and {@link #receive} make a pipeline, in which the caller must receive before so many replies
 * wait that the server stops reading. Both protocols are understood; pushes come out of {@link
 * #receive} like any other reply. Confined to one thread, except that {@link #close} may be called
 * from any and ends a call that waits.
 */
public final class RespClient implements AutoCloseable {

  private static final int BUFFER_BYTES = 64 * 1024;

  private final SocketChannel channel;
  private final ReplyDecoder decoder;
  private ByteBuffer out = ByteBuffer.allocate(BUFFER_BYTES);

  private RespClient(SocketChannel channel) {
    this.channel = channel;
    InputStream in = Channels.newInputStream(channel);
    this.decoder = new ReplyDecoder(new BufferedInputStream(in, BUFFER_BYTES));
  }

  /** Connects over TCP. */
  public static RespClient connect(String host, int port) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    return connect(channel, new InetSocketAddress(host, port));
  }

  /** Connects to a unix socket. */
  public static RespClient connect(Path unixSocket) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    return connect(channel, UnixDomainSocketAddress.of(unixSocket));
  }

  private static RespClient connect(SocketChannel channel, SocketAddress address)
      throws IOException {
    try {
      channel.connect(address);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return new RespClient(channel);
  }

  /**
   * Sends one command and waits for its reply; an error reply is a reply.
   *
   * @throws IOException if the connection breaks
   */
  public Reply call(String... args) throws IOException {
    send(args);
    return receive();
  }

  public Reply call(byte[]... args) throws IOException {
    send(args);
    return receive();
  }

  /** Buffers one command; arguments are sent as UTF-8. */
  public void send(String... args) throws IOException {
    byte[][] bytes = new byte[args.length][];
    for (int i = 0; i < args.length; i++) {
      bytes[i] = args[i].getBytes(StandardCharsets.UTF_8);
    }
    send(bytes);
  }

  public void send(byte[]... args) throws IOException {
    header('*', args.length);
    for (byte[] arg : args) {
      header('$', arg.length);
      sendRaw(arg);
      sendRaw(LINE_BREAK);
    }
  }

  /** Buffers bytes as they are, for what is no command. */
  public void sendRaw(byte[] bytes) throws IOException {
    if (bytes.length > out.remaining()) {
      flush();
    }
    if (bytes.length > out.capacity()) {
      writeFully(ByteBuffer.wrap(bytes));
    } else {
      out.put(bytes);
    }
  }

  /** Sends what is buffered. */
  public void flush() throws IOException {
    writeFully(out.flip());
    out.clear();
  }

  /**
   * Sends what is buffered and waits for the next reply.
   *
   * @throws java.io.EOFException if the server has closed the connection
   */
  public Reply receive() throws IOException {
    flush();
    try {
      return decoder.read();
    } catch (ProtocolException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** Tells the server that nothing more will be sent; replies can still be received. */
  public void shutdownOutput() throws IOException {
    flush();
    channel.shutdownOutput();
  }

  public SocketAddress localAddress() throws IOException {
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
