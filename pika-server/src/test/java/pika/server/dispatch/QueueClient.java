package pika.server.dispatch;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import pika.net.client.Batch;
import pika.net.client.Client;
import pika.net.client.ClientOptions;
import pika.net.resp.Reply;

/**
 * A client whose commands may block: each is sent immediately, and its reply is received when the
 * test asks for it.
 */
final class QueueClient implements AutoCloseable {

  private final Client client;
  private final Queue<Batch> sent = new ArrayDeque<>();

  QueueClient(SocketAddress server) throws IOException {
    client = Client.connect(server, ClientOptions.DEFAULT);
  }

  void send(String... command) throws IOException {
    Batch one = client.batch();
    one.add(command);
    one.flush();
    sent.add(one);
  }

  /** Returns the reply to the oldest command without one. */
  Reply receive() throws IOException {
    return sent.remove().replies().get(0);
  }

  Reply call(String... command) throws IOException {
    return client.call(command);
  }

  @Override
  public void close() {
    client.close();
  }
}
