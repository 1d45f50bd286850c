package pika.server;

import java.net.BindException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pika.net.server.NetOptions;
import pika.net.server.NetServer;
import pika.net.tls.TlsContext;
import pika.server.acl.Access;
import pika.server.acl.Acl;
import pika.server.acl.AclLog;
import pika.server.acl.Users;
import pika.server.blocking.Waiters;
import pika.server.command.CommandTable;
import pika.server.commands.ClientLine;
import pika.server.commands.Families;
import pika.server.commands.Parts;
import pika.server.config.AclPubsubDefault;
import pika.server.config.Config;
import pika.server.config.ConfigException;
import pika.server.config.ConfigKeys;
import pika.server.config.LiveConfig;
import pika.server.config.TlsKeys;
import pika.server.dispatch.Dispatcher;
import pika.server.dispatch.Gates;
import pika.server.dispatch.Onlookers;
import pika.server.dispatch.Placement;
import pika.server.dispatch.Protection;
import pika.server.dispatch.Services;
import pika.server.dispatch.ThreadModel;
import pika.server.info.Info;
import pika.server.info.MemoryReport;
import pika.server.info.OpenFiles;
import pika.server.persistence.DiskGuard;
import pika.server.persistence.Maintenance;
import pika.server.pubsub.PubSub;
import pika.server.script.RunningScripts;
import pika.server.script.ScriptEngine;
import pika.server.script.function.Functions;
import pika.server.session.ClientPause;
import pika.server.session.Session;
import pika.server.session.Sessions;
import pika.server.stats.CommandStats;
import pika.server.stats.ErrorStats;
import pika.server.stats.LatencyEvent;
import pika.server.stats.LatencyMonitor;
import pika.server.stats.Observation;
import pika.server.stats.Rates;
import pika.server.stats.SlowLog;
import pika.server.transaction.QueuedBytes;
import pika.server.transaction.Watches;
import pika.storage.Store;
import pika.storage.TypeLimits;
import pika.storage.rocks.StorageException;

/**
 * The server: wires storage, commands and network together, and starts and stops them in order.
 * Contains no logic.
 */
public final class PikaServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PikaServer.class);

  private final LiveConfig config;
  private final MemoryBudget budget;
  private final Threads threads;
  private final Store store;
  private final Observation observation = Observation.begin(System::currentTimeMillis);
  private final AtomicReference<TypeLimits> limits = new AtomicReference<>(TypeLimits.DEFAULT);
  private final PubSub pubSub = new PubSub();
  private final CommandTable table = new CommandTable();
  private final Users users = new Users(table);
  private final Sessions sessions = new Sessions(users::initialUser);
  private final Onlookers onlookers = Onlookers.of(pubSub, sessions);
  private final Acl acl;
  private final CommandStats stats = new CommandStats(table);
  private final DiskGuard disk;
  private final Maintenance maintenance;
  private final ThreadModel dispatcher;
  private final NetServer net;
  private final Rates rates;
  private final ScriptEngine scripts;
  private final Functions functions;
  private final ScheduledExecutorService ticks =
      Executors.newSingleThreadScheduledExecutor(PikaServer::tickThread);

  /**
   * Creates the server and opens its data directory.
   *
   * @param shutdown starts to end the process and returns immediately
   */
  PikaServer(LiveConfig config, MemoryBudget budget, Runnable shutdown) throws BindException {
    this(config, budget, shutdown, Dispatcher::new);
  }

  /** Creates a server with another thread model, for benchmarks. */
  PikaServer(LiveConfig config, MemoryBudget budget, Runnable shutdown, ThreadModel.Factory model)
      throws BindException {
    this.config = config;
    this.budget = budget;
    Config now = config.current();
    this.threads = Threads.of(now);
    NetOptions netOptions = NetSetup.options(now, threads.loops(), budget);
    // Checked before the data directory is touched.
    NetServer.requireFree(netOptions);
    TlsContext tls = TlsSetup.context(now);
    Waiters waiters = new Waiters();
    Watches watches = new Watches();
    this.store = Store.open(
        StoreSetup.options(now, budget, waiters.and(watches).and(observation.bigKeys())));
    this.disk = new DiskGuard(store::freeDiskBytes);
    this.maintenance = new Maintenance(store, () -> Path.of(config.get(ConfigKeys.DUMP_PATH)));
    ClientPause pause = new ClientPause();
    // Whoever pauses the clients wants the data to stay as they are.
    store.engine().leaveExpiredWhile(() -> pause.mode() != ClientPause.Mode.NONE);
    Info info = new Info();
    MemoryReport memory = new MemoryReport(store, budget.totalBytes());
    this.acl = new Acl(users, new AclLog(store::nowMs, this::clientLine));
    Access access = new Access(users, acl.log());
    RunningScripts runningScripts =
        new RunningScripts(() -> config.get(ConfigKeys.BUSY_REPLY_THRESHOLD));
    this.scripts = new ScriptEngine(
        () -> config.get(ConfigKeys.LUA_MEMORY_LIMIT), disk::check, runningScripts);
    this.functions = openFunctions(scripts);
    Parts parts = new Parts(
        table,
        config,
        store,
        limits::get,
        maintenance,
        sessions,
        acl,
        pause,
        waiters,
        watches,
        access,
        stats,
        observation,
        info,
        memory,
        pubSub,
        scripts,
        functions,
        onlookers.tracking(),
        shutdown);
    Families.all(parts).forEach(table::add);
    beginUsers();
    ErrorStats errors = new ErrorStats();
    Services services = Services.of(
        table,
        store,
        new Gates(List.of(
            new Protection(config),
            access::check,
            (session, spec, args) -> runningScripts.refuseIfOverdue(spec),
            (session, spec, args) -> disk.check(spec),
            Gates.NOT_LISTENING,
            Gates.NOT_MONITORING)),
        connection -> NetSetup.refusal(config.current(), users, connection),
        pause,
        waiters,
        stats,
        observation,
        errors,
        onlookers,
        new ScriptBusy(runningScripts),
        new QueuedBytes(
            () -> config.get(ConfigKeys.CLIENT_QUERY_BUFFER_LIMIT), budget.transactionBytes()));
    this.dispatcher = model.begin(services, sessions, threads.fast(), threads.slow());
    this.net = new NetServer(netOptions, dispatcher);
    if (tls != null) {
      net.tls(tls);
    }
    this.rates = new Rates(
        System::nanoTime,
        stats::totalCalls,
        () -> net.stats().inputBytes(),
        () -> net.stats().outputBytes());
    InfoSetup.sections(parts, disk, errors, net, rates, dispatcher::poolLoad).forEach(info::add);
    follow(services.placement());
  }

  /**
   * Opens the function libraries. A stored one that no longer loads prevents the start: nothing may
   * be served without it.
   */
  private Functions openFunctions(ScriptEngine scripts) {
    try {
      return Functions.open(store.functions(), scripts);
    } catch (StorageException e) {
      store.close();
      throw e;
    }
  }

  /** Starts accepting clients. */
  void start() throws BindException {
    net.start();
    every(DiskGuard.PERIOD_MS, disk::look);
    every(Rates.PERIOD_MS, rates::sample);
  }

  /**
   * Sets what to do when the server is beyond repair while clients are waiting: the process must
   * end.
   */
  void whenBroken(Runnable end) {
    net.onLostLoop(() -> {
      LOG.error("an event loop has ended: the server cannot continue and shuts down");
      end.run();
    });
  }

  /** Returns the addresses it serves, for humans. */
  String listensOn() {
    List<String> places = new ArrayList<>(net.addressTexts());
    String socket = config.get(ConfigKeys.UNIXSOCKET);
    if (!socket.isEmpty()) {
      places.add(socket);
    }
    return String.join(", ", places) + " (" + net.transportName() + ", " + threads.loops()
        + " loops)";
  }

  /**
   * Lets pending replies leave, then closes everything; what was acknowledged is on disk
   * afterwards. If a command does not end, the database stays open: closing it would crash the
   * process, and its log is complete.
   */
  @Override
  public void close() {
    LOG.info("shutting down: draining replies, then closing the database");
    ticks.shutdown();
    net.stopAccepting();
    dispatcher.close();
    net.close();
    maintenance.close();
    try {
      closeStore();
      LOG.info("shut down: all acknowledged writes are on disk");
    } catch (StorageException e) {
      LOG.error(
          "shut down, but syncing the write-ahead log failed, the last writes may be lost: {}",
          e.getMessage());
    }
  }

  private void closeStore() {
    if (dispatcher.isQuiet() && net.isQuiet()) {
      scripts.memory().closeAll();
      functions.memory().closeAll();
      store.close();
    } else {
      store.rocks().syncWal();
    }
  }

  /** Sets up users. Invalid rules prevent the start, before anybody is served under wrong ones. */
  private void beginUsers() {
    try {
      CommandNames.apply(config.current(), table);
      config.follow(
          now -> users.requirePassword(now.get(ConfigKeys.REQUIREPASS)), ConfigKeys.REQUIREPASS);
      config.follow(
          now -> users.limit(now.get(ConfigKeys.USERPASS), now.get(ConfigKeys.USERBLACKLIST)),
          ConfigKeys.REQUIREPASS,
          ConfigKeys.USERPASS,
          ConfigKeys.USERBLACKLIST);
      config.follow(
          now -> users.openChannels(
              now.get(ConfigKeys.ACL_PUBSUB_DEFAULT) == AclPubsubDefault.ALLCHANNELS),
          ConfigKeys.ACL_PUBSUB_DEFAULT);
      config.follow(
          now -> acl.log().maxLength(now.get(ConfigKeys.ACLLOG_MAX_LEN)),
          ConfigKeys.ACLLOG_MAX_LEN);
      config.beforeRewrite(acl::rewritten);
      acl.start(config.current());
    } catch (ConfigException e) {
      store.close();
      throw e;
    }
  }

  private String clientLine(Session session) {
    return ClientLine.of(session, store.nowMs());
  }

  /**
   * Applies settings that other parts have to be told of, now and whenever CONFIG SET changes them.
   */
  private void follow(Placement placement) {
    config.follow(now -> store.sync(StoreSetup.sync(now)), ConfigKeys.APPENDFSYNC);
    SlowLog slowLog = observation.slowLog();
    config.follow(
        now -> {
          slowLog.thresholdMicros(now.get(ConfigKeys.SLOWLOG_LOG_SLOWER_THAN));
          slowLog.maxLength((int) Math.min(Integer.MAX_VALUE, now.get(ConfigKeys.SLOWLOG_MAX_LEN)));
        },
        ConfigKeys.SLOWLOG_LOG_SLOWER_THAN,
        ConfigKeys.SLOWLOG_MAX_LEN);
    config.follow(
        now -> placement.slow(now.get(ConfigKeys.SLOW_CMD_LIST)), ConfigKeys.SLOW_CMD_LIST);
    config.follow(
        now -> limits.set(StoreSetup.typeLimits(now)),
        ConfigKeys.PROTO_MAX_BULK_LEN,
        ConfigKeys.COLLECTION_MAX_PACKED_SIZE,
        ConfigKeys.HASH_MAX_LISTPACK_ENTRIES,
        ConfigKeys.HASH_MAX_LISTPACK_VALUE,
        ConfigKeys.LIST_MAX_LISTPACK_SIZE,
        ConfigKeys.SET_MAX_INTSET_ENTRIES,
        ConfigKeys.SET_MAX_LISTPACK_ENTRIES,
        ConfigKeys.SET_MAX_LISTPACK_VALUE,
        ConfigKeys.STREAM_NODE_MAX_ENTRIES,
        ConfigKeys.ZSET_MAX_LISTPACK_ENTRIES,
        ConfigKeys.ZSET_MAX_LISTPACK_VALUE,
        ConfigKeys.HLL_SPARSE_MAX_BYTES);
    config.follow(
        now -> store.sweeper().effort(now.get(ConfigKeys.ACTIVE_EXPIRE_EFFORT)),
        ConfigKeys.ACTIVE_EXPIRE_EFFORT);
    store.sweeper().onExpired(onlookers);
    watchLatencies();
    config.follow(
        now -> onlookers.events().choose(now.get(ConfigKeys.NOTIFY_KEYSPACE_EVENTS)),
        ConfigKeys.NOTIFY_KEYSPACE_EVENTS);
    config.follow(
        now -> onlookers.tracking().limit(now.get(ConfigKeys.TRACKING_TABLE_MAX_KEYS)),
        ConfigKeys.TRACKING_TABLE_MAX_KEYS);
    config.follow(
        now -> disk.reserve(now.get(ConfigKeys.LEAST_FREE_DISK_RESUME_SIZE)),
        ConfigKeys.LEAST_FREE_DISK_RESUME_SIZE);
    config.follow(
        now -> stats.latencyTracking(now.get(ConfigKeys.LATENCY_TRACKING)),
        ConfigKeys.LATENCY_TRACKING);
    config.follow(
        now -> net.reconfigure(NetSetup.connections(now, budget)),
        ConfigKeys.MAXCLIENTS,
        ConfigKeys.TIMEOUT,
        ConfigKeys.TCP_KEEPALIVE,
        ConfigKeys.CLIENT_MAX_INFLIGHT_COMMANDS,
        ConfigKeys.CLIENT_MAX_INFLIGHT_BYTES,
        ConfigKeys.CLIENT_MAX_UNREAD_REPLY_BYTES,
        ConfigKeys.CLIENT_OUTPUT_BUFFER_LIMIT,
        ConfigKeys.PROTO_MAX_BULK_LEN,
        ConfigKeys.CLIENT_QUERY_BUFFER_LIMIT);
    config.follow(
        now -> store.rocks().roomForOpenTables(OpenFiles.roomForTables(now)),
        ConfigKeys.MAXCLIENTS);
    config.listen(now -> TlsSetup.renew(net, now), TlsKeys.ofContext());
  }

  private void watchLatencies() {
    LatencyMonitor latency = observation.latency();
    config.follow(
        now -> latency.thresholdMs(now.get(ConfigKeys.LATENCY_MONITOR_THRESHOLD)),
        ConfigKeys.LATENCY_MONITOR_THRESHOLD);
    store.rocks().onWrites(latency);
    store.sweeper().onRun(nanos -> latency.took(LatencyEvent.EXPIRE_CYCLE, nanos));
  }

  private void every(long periodMs, Runnable task) {
    ScheduledFuture<?> unused =
        ticks.scheduleAtFixedRate(() -> tick(task), 0, periodMs, TimeUnit.MILLISECONDS);
  }

  /** Catches everything: the executor never repeats a task that throws. */
  private static void tick(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      report(e);
    }
  }

  private static void report(Throwable failure) {
    try {
      LOG.error("a periodic task failed; it runs again at its next interval", failure);
    } catch (OutOfMemoryError e) {
      // Not even memory for the line; repeating the task matters more.
    }
  }

  private static Thread tickThread(Runnable task) {
    Thread thread = new Thread(task, "pika-ticks");
    thread.setDaemon(true);
    return thread;
  }
}
