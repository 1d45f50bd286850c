package pika.server.dispatch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pika.net.resp.Reply;
import pika.net.resp.Request;
import pika.net.server.Loop;
import pika.server.blocking.Waiter;
import pika.server.command.Blocked;
import pika.server.command.CommandSpec;
import pika.server.command.Place;
import pika.server.session.Lane;
import pika.server.session.Session;
import pika.storage.key.UnitOfWork;
import pika.storage.key.WouldBlock;
import pika.storage.rocks.StorageException;

/**
 * Executes, on its event loop, what one pass of the loop has received.
 *
 * <pre>
 *   lane a: GET k1, SET k2 ..    one unit of work that must not wait     replies are kept back
 *   lane b: INCR k3              ---------------------------------->    commit: one batch, one write
 *   lane c: GET cold             WouldBlock: rolled back, lane c        replies to a and b
 *                                goes to the pool with all it has
 *   lane d: INCR k4              locked: tries again soon
 * </pre>
 *
 * <p>A lane's requests run in order; lanes run one after the other. A command may see another
 * connection's uncommitted write, but no reply that depends on it is sent before it is committed.
 * Confined to the loop's thread.
 */
final class LoopPass {
  private static final Logger LOG = LoggerFactory.getLogger(LoopPass.class);

  /**
   * The most commands, and bytes of requests, in one commit: enough to share its cost, few enough
   * not to delay the first reply.
   */
  private static final int COMMIT_COMMANDS = 512;

  private static final long COMMIT_BYTES = 1 << 20;

  /** The most commands in one turn of the loop; then the sockets get theirs. */
  private static final int TURN_COMMANDS = 4096;

  private final Loop loop;
  private final Services services;
  private final Pools pools;
  private final Waking waking;
  private final Deque<Lane> ready = new ArrayDeque<>();
  private final List<Lane> held = new ArrayList<>();
  private final List<Lane> handedOver = new ArrayList<>();
  private final LockedOut lockedOut;
  private final CommandRunner runner;
  private final WarmUp warmUp = new WarmUp();
  private List<Lane> uncommitted = new ArrayList<>();
  private int commands;
  private long bytes;
  private boolean continued;

  LoopPass(Loop loop, Services services, Pools pools, Waking waking) {
    this.loop = loop;
    this.services = services;
    this.pools = pools;
    this.waking = waking;
    this.lockedOut = new LockedOut(loop, this::release);
    this.runner = new CommandRunner(services, ThreadKind.LOOP, this::commit);
  }

  /** Queues a lane unless another thread works for it or it is blocked. */
  void add(Lane lane) {
    if (!lane.isTaken() && lane.queue()) {
      ready.add(lane);
    }
  }

  /** Executes what is queued, up to a limit; the rest runs after the sockets have been served. */
  void run() {
    try {
      execute();
    } catch (RuntimeException | Error e) {
      fail(e);
    }
  }

  private void execute() {
    runner.tick();
    int left = TURN_COMMANDS;
    int warm = 0;
    Lane lane;
    while (left > 0 && (lane = ready.peek()) != null) {
      if (warm <= 0) {
        warm = warmUp.ahead(ready, runner.unit());
      }
      ready.remove();
      lane.dequeue();
      if (!lane.isTaken()) {
        int done = execute(lane, left);
        left -= done;
        warm -= done;
      }
    }
    commit();
    handOver();
    if (!ready.isEmpty() && !continued) {
      continued = true;
      loop.executeAfterReading(this::resume);
    }
  }

  /**
   * Handles a failure that belongs to no command: rolls back what is not committed and closes the
   * connections it may concern. Everybody else is still served.
   */
  private void fail(Throwable e) {
    runner.unit().abandon();
    commands = 0;
    bytes = 0;
    List<Lane> concerned = new ArrayList<>(uncommitted);
    concerned.addAll(ready);
    concerned.addAll(handedOver);
    uncommitted.clear();
    ready.clear();
    handedOver.clear();
    concerned.forEach(this::lose);
    // Last: if memory is short, this may fail as well.
    LOG.error(
        "{}: unexpected failure while executing commands; rolled back and"
            + " closed the connections concerned",
        loop,
        e);
  }

  /** Closes a connection of which nobody knows which requests were executed. */
  private void lose(Lane lane) {
    lane.clear();
    lane.session().connection().close();
  }

  /** Returns what serves blocked clients after a commit. */
  Waking waking() {
    return waking;
  }

  /**
   * Takes a lane back from the pool. Callable from any thread.
   *
   * @param blocked the wait of the request between {@code executed} and {@code rest}; null when
   *     there is no such request
   */
  void takeBack(
      Lane lane,
      List<Request> executed,
      List<Reply> replies,
      @Nullable Waiter blocked,
      List<Request> rest) {
    loop.execute(() -> {
      if (!executed.isEmpty()) {
        lane.session().connection().replies(executed.get(0).sequence(), replies);
      }
      if (goesOn(lane.session())) {
        lane.giveBack(rest);
      } else {
        lane.dropWaiting();
      }
      if (blocked != null) {
        park(lane, blocked);
      }
      release(lane);
      lockedOut.retry();
    });
  }

  /** Returns whether the client's further requests are to be executed. */
  private static boolean goesOn(Session session) {
    return session.connection().isOpen() && !session.isClosing();
  }

  /** Lets the pass work for a lane again. */
  private void release(Lane lane) {
    lane.taken(false);
    goOn(lane);
  }

  private void goOn(Lane lane) {
    if (lane.next() != null && !lane.isTaken()) {
      add(lane);
      if (!continued) {
        continued = true;
        loop.execute(this::resume);
      }
    }
  }

  // ---- blocked lanes

  /**
   * Registers the wait of a command that has found nothing, while the runner's unit still holds the
   * locks of its keys. Runs on whichever thread executes the lane; {@link #park} then suspends the
   * lane.
   */
  Waiter suspend(Lane lane, Request request, Blocked command, CommandRunner runner) {
    return services
        .waiters()
        .add(
            lane.session(),
            request,
            command.until(),
            runner.unit()::key,
            (waiter, reply) -> loop.execute(() -> resume(lane, waiter, reply)));
  }

  /** Suspends a lane until its wait is over, which may be the case already. */
  private void park(Lane lane, Waiter waiter) {
    if (waiter.isResumed()) {
      return;
    }
    lane.blocked(true);
    if (services.waiters().isClosed() || !lane.session().connection().isReachable()) {
      waiter.drop();
      lane.session().connection().close();
    } else {
      waiter.startTimer(loop);
    }
  }

  private void resume(Lane lane, Waiter waiter, Reply reply) {
    waiter.stopTimer();
    if (waiter.hasEnded()) {
      runner.endedWaiting(waiter.request(), reply);
    }
    lane.session().connection().reply(waiter.request().sequence(), reply);
    lane.blocked(false);
    goOn(lane);
  }

  /** Cleans up after a lane whose client is gone. */
  void closed(Lane lane) {
    Waiter waiter = services.waiters().of(lane.session());
    if (waiter != null) {
      waiter.drop();
      waiter.stopTimer();
    }
    if (held.remove(lane)) {
      lane.session().held(false);
    }
    lane.clear();
  }

  // ---- execution

  /** Retries the lanes held back by a pause. Callable from any thread. */
  void retryHeld() {
    loop.execute(() -> {
      List<Lane> all = new ArrayList<>(held);
      held.clear();
      all.forEach(lane -> {
        lane.session().held(false);
        release(lane);
      });
    });
  }

  private void resume() {
    continued = false;
    run();
  }

  /** Executes a lane's requests until one can't be done here; returns how many were done. */
  private int execute(Lane lane, int limit) {
    int done = 0;
    Request request;
    while (done < limit && !lane.isTaken() && (request = lane.next()) != null) {
      if (services.pauseRule().holds(lane.session(), request)) {
        hold(lane);
        return done;
      }
      try {
        Reply reply = runner.run(lane.session(), request);
        if (reply instanceof Blocked wanting) {
          lane.postponed();
          park(lane, suspend(lane, request, wanting, runner));
          return done + 1;
        }
        // Only now: a lane without a reply has nothing to wait for, and may itself have committed.
        if (lane.uncommitted() == 0) {
          uncommitted.add(lane);
        }
        lane.executed(reply);
      } catch (WouldBlock e) {
        lane.taken(true);
        lane.cold(e == WouldBlock.COLD);
        if (e != WouldBlock.LOCKED) {
          lane.notLockedOut();
          handedOver.add(lane);
        } else if (!lockedOut.add(lane)) {
          handedOver.add(lane);
        }
        return done;
      } catch (RuntimeException | Error e) {
        lose(lane);
        throw e;
      }
      done++;
      bytes += request.sizeBytes();
      if (lane.session().isClosing()) {
        lane.session().connection().closeAfterReply(request.sequence());
        lane.dropWaiting();
      }
      if (++commands >= COMMIT_COMMANDS
          || bytes >= COMMIT_BYTES
          || services.waiters().areConcernedBy(runner.unit())) {
        commit();
      }
    }
    if (lane.next() != null) {
      add(lane);
    }
    return done;
  }

  private void hold(Lane lane) {
    lane.taken(true);
    lane.session().held(true);
    held.add(lane);
  }

  /** Commits and sends the replies; a commit that would have to wait is finished by the pool. */
  private void commit() {
    commands = 0;
    bytes = 0;
    // A command that was rolled back leaves no reply, but keeps its locks.
    if (uncommitted.isEmpty() && !runner.unit().holdsLocks()) {
      return;
    }
    try {
      if (!runner.unit().tryCommit()) {
        commitOnPool();
        return;
      }
    } catch (StorageException e) {
      fail(uncommitted, e);
    }
    uncommitted.forEach(Lane::deliver);
    uncommitted.clear();
    waking.afterCommit(runner);
  }

  /**
   * Leaves the commit to the pool: the lanes with uncommitted replies wait for it, and the loop
   * continues with a new unit.
   */
  private void commitOnPool() {
    UnitOfWork unit = runner.detachUnit();
    List<Lane> waitingLanes = uncommitted;
    uncommitted = new ArrayList<>();
    // A lane without replies has nothing to wait for.
    waitingLanes.removeIf(lane -> lane.uncommitted() == 0);
    waitingLanes.forEach(lane -> lane.taken(true));
    // Its next request must come after the commit: it is retried when the lane is released.
    handedOver.removeAll(waitingLanes);
    lockedOut.remove(waitingLanes);
    // The same goes for a request held back by a pause, should the pause still last then.
    held.removeAll(waitingLanes);
    waitingLanes.forEach(lane -> lane.session().held(false));
    pools.commit(unit, failure -> {
      waking.elsewhere();
      loop.execute(() -> committed(waitingLanes, failure));
    });
  }

  private void committed(List<Lane> lanes, @Nullable StorageException failure) {
    if (failure != null) {
      fail(lanes, failure);
    }
    for (Lane lane : lanes) {
      lane.deliver();
      release(lane);
    }
    lockedOut.retry();
  }

  private void fail(List<Lane> lanes, StorageException failure) {
    for (Lane lane : lanes) {
      lane.replaceReplies(
          (request, reply) -> services.failures().afterCommit(request, reply, failure));
    }
  }

  /**
   * Hands lanes over to the pools; only after the commit, so that they don't wait for locks that
   * this pass holds.
   */
  private void handOver() {
    for (Lane lane : handedOver) {
      Request first = lane.next();
      if (first == null) {
        lane.taken(false);
        continue;
      }
      try {
        handOver(lane, first);
      } catch (RejectedExecutionException e) {
        // The server is closing: what has not been answered yet will not be.
        lane.session().connection().closeAfterReply(first.sequence() - 1);
        lane.clear();
      }
    }
    handedOver.clear();
  }

  private void handOver(Lane lane, Request first) {
    CommandSpec spec = services.table().find(first.args());
    Place place =
        spec == null ? Place.LOOP : services.placement().of(lane.session(), spec, first.args());
    // A quick thread reads the record. If it finds rows, the request comes back and is large.
    boolean maybeSmall = place == Place.SLOW_IF_LARGE && lane.isColdForTheFirstTime();
    boolean slow = place.isSlow() && !maybeSmall;
    boolean waitsForLock = lane.isLockedOut()
        && !slow
        && spec != null
        && services.lockRules().of(spec).mayWait();
    if (waitsForLock && !pools.bookLockWait()) {
      lockedOut.addForLonger(lane);
      return;
    }
    lane.handOver();
    LaneTask task = new LaneTask(services, lane, this);
    if (waitsForLock) {
      pools.submitBooked(task);
    } else {
      pools.submit(task, slow);
    }
  }
}
