package pika.server.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Reply;
import pika.net.resp.Request;
import pika.net.server.Connection;
import pika.net.server.Loop;
import pika.server.session.ClientPause;
import pika.server.session.Lane;
import pika.server.session.Session;
import pika.server.session.Sessions;
import pika.server.stats.PoolLoad;

/**
 * Distributes the requests of all connections to threads, keeping each connection's requests in
 * order.
 *
 * <p>The requests that arrive in one pass of an event loop are executed together at its end, by the
 * loop's own {@link LoopPass}, in one unit of work: a single RocksDB batch for all of them. What
 * can't be done without waiting goes to the {@link Pools}, together with everything behind it on
 * the same connection.
 */
public final class Dispatcher implements ThreadModel {
  private final Services services;
  private final Sessions sessions;
  private final Pools pools;
  private final Waking waking;
  private final List<LoopPass> passes = new CopyOnWriteArrayList<>();
  /** Its thread starts with the first pause. After shutdown, tasks are silently discarded. */
  private final ScheduledExecutorService timer = new ScheduledThreadPoolExecutor(
      1, Dispatcher::timerThread, new ThreadPoolExecutor.DiscardPolicy());

  private @Nullable Future<?> endOfPause; // guarded by this

  /** Creates the dispatcher for all loops of a server. */
  public Dispatcher(Services services, Sessions sessions, int fastThreads, int slowThreads) {
    this.services = services;
    this.sessions = sessions;
    this.pools = new Pools(services, fastThreads, slowThreads);
    this.waking = new Waking(services, pools);
    services.waiters().whenExpired(waking::elsewhere);
    services.pause().onChange(this::pauseChanged);
  }

  @Override
  public void opened(Connection connection) {
    sessions.open(connection);
    String refusal = services.admission().refusal(connection);
    if (refusal != null) {
      connection.push(Reply.error(refusal));
      connection.closeAfterReplies();
    }
  }

  @Override
  public void received(Connection connection, List<Request> requests) {
    Lane lane = Session.of(connection).lane();
    lane.add(requests);
    pass(connection.loop()).add(lane);
  }

  @Override
  public void passEnded(Loop loop) {
    pass(loop).run();
  }

  /**
   * Closes a blocked client's connection: an element must not be handed to a client that is most
   * likely gone.
   */
  @Override
  public void inputEnded(Connection connection) {
    if (Session.of(connection).isBlocked()) {
      connection.close();
    }
  }

  @Override
  public void closed(Connection connection) {
    pass(connection.loop()).closed(Session.of(connection).lane());
    services.onlookers().closed(Session.of(connection));
    sessions.close(connection);
  }

  @Override
  public void close() {
    timer.shutdownNow();
    services.waiters().close();
    pools.close();
  }

  /** Returns whether no command is running on the pools any more, after {@link #close}. */
  @Override
  public boolean isQuiet() {
    return pools.isQuiet();
  }

  @Override
  public PoolLoad poolLoad() {
    return pools.load();
  }

  /** Retries the requests held back by a pause, now and once the pause is over. */
  private synchronized void pauseChanged() {
    retryHeld();
    waking.elsewhere();
    if (endOfPause != null) {
      endOfPause.cancel(false);
    }
    ClientPause pause = services.pause();
    if (pause.mode() != ClientPause.Mode.NONE) {
      endOfPause = timer.schedule(this::pauseChanged, pause.leftMs() + 1, TimeUnit.MILLISECONDS);
    }
  }

  private static Thread timerThread(Runnable work) {
    Thread thread = new Thread(work, "pika-pause");
    thread.setDaemon(true);
    return thread;
  }

  private void retryHeld() {
    for (LoopPass pass : new ArrayList<>(passes)) {
      pass.retryHeld();
    }
  }

  private LoopPass pass(Loop loop) {
    if (loop.attachment() instanceof LoopPass pass) {
      return pass;
    }
    LoopPass pass = new LoopPass(loop, services, pools, waking);
    loop.attach(pass);
    passes.add(pass);
    return pass;
  }
}
