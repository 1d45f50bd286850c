package pika.server;

import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import pika.net.server.NetServer;
import pika.server.command.CommandTable;
import pika.server.commands.Families;
import pika.server.config.Config;
import pika.server.config.ConfigKeys;
import pika.server.config.LiveConfig;
import pika.server.dispatch.Dispatcher;
import pika.server.dispatch.Gates;
import pika.server.dispatch.Services;
import pika.server.dispatch.ThreadModel;
import pika.server.session.ClientPause;
import pika.server.session.Sessions;
import pika.server.session.Users;
import pika.server.stats.CommandStats;
import pika.server.stats.ErrorStats;
import pika.server.stats.SlowLog;
import pika.storage.Store;
import pika.storage.string.StringLimits;

/** The server: wires storage, commands and network together, starts and stops them in order. Decides nothing. */
public final class PikaServer implements AutoCloseable {
  private final LiveConfig config;
  private final Threads threads;
  private final Store store;
  private final Users users = new Users();
  private final Sessions sessions = new Sessions(users);
  private final SlowLog slowLog = new SlowLog();
  private final AtomicReference<StringLimits> stringLimits =
      new AtomicReference<>(StringLimits.DEFAULT);
  private final CommandTable table = new CommandTable();
  private final CommandStats stats = new CommandStats(table);
  private final ThreadModel dispatcher;
  private final NetServer net;

  PikaServer(LiveConfig config, MemoryBudget budget) {
    this(config, budget, Dispatcher::new);
  }

  /** A server with another thread model than its own, to measure it. */
  PikaServer(LiveConfig config, MemoryBudget budget, ThreadModel.Factory model) {
    this.config = config;
    Config now = config.current();
    this.threads = Threads.of(now);
    this.store = Store.open(StoreSetup.options(now, budget, changes -> {}));
    ClientPause pause = new ClientPause(System::currentTimeMillis);
    int databases = now.get(ConfigKeys.DATABASES);
    Families.all(table, sessions, pause, databases, stringLimits::get).forEach(table::add);
    Services services = Services.of(
        table,
        store,
        new Gates(List.of(Gates.LOGGED_IN)),
        connection -> NetSetup.refusal(config.current(), connection),
        new ClientPause(System::currentTimeMillis),
        stats,
        slowLog,
        new ErrorStats());
    this.dispatcher = model.begin(services, sessions, threads.fast(), threads.slow());
    this.net = new NetServer(NetSetup.options(now, threads.loops()), dispatcher);
    follow();
  }

  /** Accepts clients from here on. */
  void start() throws BindException {
    net.start();
  }

  /** The addresses it serves, for people. */
  String listensOn() {
    List<String> places = new ArrayList<>();
    net.addresses().forEach(a -> places.add(a.getAddress().getHostAddress() + ":" + a.getPort()));
    String socket = config.get(ConfigKeys.UNIXSOCKET);
    if (!socket.isEmpty()) {
      places.add(socket);
    }
    return String.join(", ", places) + " (" + net.transportName() + ", " + threads.loops()
        + " loops)";
  }

  /** Lets replies under way leave, then closes everything; what was acknowledged is on disk afterwards. */
  @Override
  public void close() {
    net.stopAccepting();
    dispatcher.close();
    net.close();
    store.close();
  }

  /** Takes over the settings that are told to somebody, now and whenever CONFIG SET changes them. */
  private void follow() {
    config.follow(
        now -> users.requirePassword(utf8(now.get(ConfigKeys.REQUIREPASS))),
        ConfigKeys.REQUIREPASS);
    config.follow(now -> store.sync(StoreSetup.sync(now)), ConfigKeys.APPENDFSYNC);
    config.follow(
        now -> {
          slowLog.thresholdMicros(now.get(ConfigKeys.SLOWLOG_LOG_SLOWER_THAN));
          slowLog.maxLength((int) Math.min(Integer.MAX_VALUE, now.get(ConfigKeys.SLOWLOG_MAX_LEN)));
        },
        ConfigKeys.SLOWLOG_LOG_SLOWER_THAN,
        ConfigKeys.SLOWLOG_MAX_LEN);
    config.follow(
        now -> stringLimits.set(
            StringLimits.DEFAULT.withMaxBytes(now.get(ConfigKeys.PROTO_MAX_BULK_LEN))),
        ConfigKeys.PROTO_MAX_BULK_LEN);
    config.follow(
        now -> stats.latencyTracking(now.get(ConfigKeys.LATENCY_TRACKING)),
        ConfigKeys.LATENCY_TRACKING);
    config.follow(
        now -> net.reconfigure(NetSetup.options(now, threads.loops())),
        ConfigKeys.MAXCLIENTS,
        ConfigKeys.TIMEOUT,
        ConfigKeys.TCP_KEEPALIVE,
        ConfigKeys.CLIENT_MAX_INFLIGHT_COMMANDS,
        ConfigKeys.CLIENT_MAX_INFLIGHT_BYTES,
        ConfigKeys.CLIENT_MAX_UNREAD_REPLY_BYTES,
        ConfigKeys.CLIENT_OUTPUT_BUFFER_LIMIT,
        ConfigKeys.PROTO_MAX_BULK_LEN,
        ConfigKeys.CLIENT_QUERY_BUFFER_LIMIT);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
