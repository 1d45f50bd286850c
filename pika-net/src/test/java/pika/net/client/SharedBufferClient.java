package pika.net.client;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import pika.net.resp.ProtocolException;
import pika.net.resp.Reply;
import pika.net.resp.ReplyDecoder;

/**
 * How not to do it: one buffer for the commands of all threads, and replies for whoever reads
 * first. Tests use it to show what would go wrong.
 */
final class SharedBufferClient implements AutoCloseable {

  private static final int BUFFER_BYTES = 100;

  private final Socket socket;
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
  private final ReplyDecoder decoder = new ReplyDecoder();
  private final byte[] in = new byte[1];

  SharedBufferClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
  }

  void add(String... command) throws IOException {
    addHeader('*', command.length);
    for (String argument : command) {
      addArgumentHeader(argument);
      addArgument(argument);
    }
  }

  void addHeader(char type, int number) {
    buffer.writeBytes((type + "" + number + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  void addArgumentHeader(String argument) {
    addHeader('$', argument.length());
  }

  void addArgument(String argument) throws IOException {
    buffer.writeBytes((argument + "\r\n").getBytes(StandardCharsets.US_ASCII));
    if (buffer.size() > BUFFER_BYTES) {
      flush();
    }
  }

  void flush() throws IOException {
    socket.getOutputStream().write(buffer.toByteArray());
    buffer.reset();
  }

  Reply call(String... command) throws Exception {
    add(command);
    return replies(1).get(0);
  }

  List<Reply> replies(int count) throws IOException, ProtocolException {
    flush();
    List<Reply> replies = new ArrayList<>();
    while (replies.size() < count) {
      if (socket.getInputStream().read(in) < 0) {
        throw new EOFException();
      }
      decoder.decode(in, 0, 1);
      if (decoder.hasReply()) {
        replies.add(decoder.takeReply());
      }
    }
    return replies;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
