package pika.server;

import java.net.BindException;
import java.util.List;
import pika.net.server.NetServer;
import pika.server.command.CommandTable;
import pika.server.command.Family;
import pika.server.config.Config;
import pika.server.config.LiveConfig;
import pika.server.dispatch.Dispatcher;
import pika.server.dispatch.Gates;
import pika.server.dispatch.Services;
import pika.server.session.ClientPause;
import pika.server.session.Sessions;
import pika.server.session.Users;
import pika.server.stats.CommandStats;
import pika.server.stats.ErrorStats;
import pika.server.stats.SlowLog;
import pika.storage.Store;

/** The server: wires storage, commands and network together, starts and stops them in order. Decides nothing. */
public final class PikaServer implements AutoCloseable {
  private final LiveConfig config;
  private final Store store;
  private final Dispatcher dispatcher;
  private final NetServer net;

  PikaServer(LiveConfig config, MemoryBudget budget, List<Family> families) {
    Config now = config.current();
    this.config = config;
    this.store = Store.open(StoreSetup.options(now, budget, changes -> {}));
    CommandTable table = new CommandTable();
    families.forEach(table::add);
    Users users = new Users();
    ClientPause pause = new ClientPause(System::currentTimeMillis);
    Services services = Services.of(
        table,
        store,
        new Gates(List.of(Gates.LOGGED_IN)),
        connection -> NetSetup.refusal(config.current(), connection),
        pause,
        new CommandStats(table),
        new SlowLog(),
        new ErrorStats());
    this.dispatcher = new Dispatcher(services, new Sessions(users), 4, 2);
    this.net = new NetServer(NetSetup.options(now, 1), dispatcher);
  }

  void start() throws BindException {
    net.start();
  }

  @Override
  public void close() {
    net.stopAccepting();
    dispatcher.close();
    net.close();
    store.close();
  }
}
