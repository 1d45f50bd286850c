package pika.server.proof.blocking;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import pika.server.proof.Await;
import pika.server.proof.Command;
import pika.server.proof.ServerProcess;
import pika.server.proof.Wire;

/** Connections to one server of which some wait; all are closed in the end. */
final class Waiting implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(20);

  private final ServerProcess server;
  private final Wire operator;
  private final List<Wire> clients = new ArrayList<>();

  Waiting(ServerProcess server) throws IOException {
    this.server = server;
    this.operator = server.connect();
    operator.ask("FLUSHALL");
  }

  /** A connection that never waits. */
  Wire operator() {
    return operator;
  }

  Wire client() throws IOException {
    Wire client = server.connect();
    clients.add(client);
    return client;
  }

  /** A new client that is known to wait when this returns. */
  Wire in(Object... command) throws Exception {
    return in(client(), command);
  }

  /** The same with a client that has been there before. */
  Wire in(Wire client, Object... command) throws Exception {
    int before = blocked();
    client.send(Command.of(command)).flush();
    await(before + 1);
    return client;
  }

  void await(int count) throws Exception {
    Await.until(count + " clients wait", SOON, () -> blocked() == count);
  }

  int blocked() throws IOException {
    return figure("blocked_clients");
  }

  int figure(String name) throws IOException {
    return operator.figure("clients", name);
  }

  @Override
  public void close() throws Exception {
    for (Wire client : clients) {
      client.close();
    }
    await(0);
    operator.close();
  }
}
