package pika.server.proof.pubsub;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import pika.server.proof.Command;

/**
 * Many subscribers of one channel, read by one thread, which only counts what comes. To be closed
 * by the thread that made it.
 */
final class Crowd implements AutoCloseable {
  private final Selector selector = Selector.open();
  private final List<SocketChannel> members = new ArrayList<>();
  private final AtomicLong received = new AtomicLong();
  private final Thread reader = new Thread(this::read, "crowd");
  private volatile boolean closed;

  Crowd(int port, int size, String channel) throws IOException {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    Command.of("SUBSCRIBE", channel).writeTo(request);
    InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    for (int i = 0; i < size; i++) {
      SocketChannel member = SocketChannel.open(server);
      members.add(member);
      member.write(ByteBuffer.wrap(request.toByteArray()));
      member.configureBlocking(false);
      member.register(selector, SelectionKey.OP_READ);
    }
    reader.start();
  }

  /** Bytes that all members together have received. */
  long receivedBytes() {
    return received.get();
  }

  @Override
  public void close() throws Exception {
    closed = true;
    selector.wakeup();
    reader.join();
    for (SocketChannel member : members) {
      member.close();
    }
    selector.close();
  }

  private void read() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
    try {
      while (!closed) {
        selector.select(key -> received.addAndGet(readFrom((SocketChannel) key.channel(), buffer)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long readFrom(SocketChannel member, ByteBuffer buffer) {
    try {
      buffer.clear();
      return Math.max(0, member.read(buffer));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
