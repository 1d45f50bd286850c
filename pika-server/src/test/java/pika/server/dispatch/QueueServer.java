package pika.server.dispatch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import pika.net.server.NetOptions;
import pika.net.server.NetServer;
import pika.server.blocking.Waiters;
import pika.server.command.CommandTable;
import pika.server.proof.Await;
import pika.server.pubsub.PubSub;
import pika.server.session.ClientPause;
import pika.server.session.Sessions;
import pika.server.session.User;
import pika.server.stats.CommandStats;
import pika.server.stats.ErrorStats;
import pika.server.stats.Observation;
import pika.server.transaction.QueuedBytes;
import pika.storage.Store;
import pika.storage.StoreOptions;
import pika.storage.key.Change;

/** The dispatcher between a real network and a real store, with {@link QueueCommands} and others. */
final class QueueServer implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(20);
  private static final int LOOPS = 3;
  /** More than any test leaves behind. */
  private static final int MOST_STALLED = 100;

  final Waiters waiters = new Waiters();
  final ClientPause pause = new ClientPause();
  final Sessions sessions = new Sessions(Everybody::new);
  final Semaphore stall = new Semaphore(0);
  final WholeCommands whole = new WholeCommands();
  final Store store;
  final CommandStats stats;
  final Dispatcher dispatcher;
  volatile Consumer<List<Change>> committed = changes -> {};
  private final NetServer net;

  /** A user who may do everything, without a password. */
  private static final class Everybody implements User {
    @Override
    public String name() {
      return DEFAULT_NAME;
    }

    @Override
    public boolean isUnrestricted() {
      return true;
    }
  }

  QueueServer(Path directory) throws IOException {
    store = Store.open(
        StoreOptions.in(directory).withHook(waiters.and(changes -> committed.accept(changes))));
    CommandTable table = new CommandTable();
    table.add(new QueueCommands(pause, stall));
    table.add(new FailingCommands());
    table.add(whole);
    stats = new CommandStats(table);
    Services services = Services.of(
        table,
        store,
        new Gates(List.of()),
        connection -> null,
        pause,
        waiters,
        stats,
        Observation.begin(System::currentTimeMillis),
        new ErrorStats(),
        Onlookers.of(new PubSub(), sessions),
        Busy.NEVER,
        new QueuedBytes(() -> Long.MAX_VALUE, Long.MAX_VALUE));
    dispatcher = new Dispatcher(services, sessions, 2, 1);
    net = new NetServer(NetOptions.builder().port(0).loops(LOOPS).build(), dispatcher);
    net.start();
  }

  InetSocketAddress address() {
    return new InetSocketAddress(
        InetAddress.getLoopbackAddress(), net.addresses().get(0).getPort());
  }

  QueueClient client() throws IOException {
    return new QueueClient(address());
  }

  /** Returns how many bytes all clients have sent so far. */
  long receivedBytes() {
    return net.stats().inputBytes();
  }

  /** Returns a client blocked in this command. */
  QueueClient waiting(String... command) throws Exception {
    int before = waiters.count();
    QueueClient client = client();
    client.send(command);
    awaitWaiters(before + 1);
    return client;
  }

  void awaitWaiters(int count) throws Exception {
    Await.until(count + " clients wait", SOON, () -> waiters.count() == count);
  }

  @Override
  public void close() {
    stall.release(MOST_STALLED);
    net.stopAccepting();
    dispatcher.close();
    net.close();
    store.close();
  }
}
