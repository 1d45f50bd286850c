package pika.server.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pika.net.resp.Reply;
import pika.net.resp.Request;
import pika.server.blocking.Waiter;
import pika.server.command.Blocked;
import pika.server.session.Lane;
import pika.storage.key.WouldBlock;
import pika.storage.rocks.StorageException;

/**
 * Executes a lane's requests on a pool thread, which may wait for the disk and for locks. Stops at
 * the first request that belongs to the other pool, or turns out to, and returns it to the lane with
 * everything behind it. Replies are sent at every commit. Once the client is gone, no further
 * request is executed.
 */
final class LaneTask {
  private static final Logger LOG = LoggerFactory.getLogger(LaneTask.class);

  /** The most commands, and bytes of requests, in one commit. */
  private static final int COMMIT_COMMANDS = 256;

  private static final long COMMIT_BYTES = 1 << 20;

  /** How many requests are prefetched at once. */
  private static final int PREFETCH = 256;

  /** How long, and how often, to try to give up a lane. */
  private static final long GIVING_UP_NANOS = TimeUnit.SECONDS.toNanos(30);

  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final Services services;
  private final Lane lane;
  private final LoopPass pass;
  private List<Request> requests = List.of();
  private @Nullable Waiter blocked;
  private int executed;
  private int delivered;
  private List<Reply> replies = new ArrayList<>();
  private long bytes;

  /** Creates the task for the requests the lane has handed over. */
  LaneTask(Services services, Lane lane, LoopPass pass) {
    this.services = services;
    this.lane = lane;
    this.pass = pass;
  }

  /** Runs on the calling thread, with its runner. Whatever happens, nothing is left uncommitted. */
  void run(CommandRunner runner) {
    try {
      requests = lane.takeHandedOver();
      execute(runner);
      commit(runner);
      int next = blocked == null ? executed : executed + 1;
      pass.takeBack(
          lane,
          requests.subList(delivered, executed),
          replies,
          blocked,
          requests.subList(next, requests.size()));
    } catch (RuntimeException | Error e) {
      // Not a failed command, which would have been answered: the state of the client is unknown.
      giveUp(runner);
      // Last: if memory is short, this may fail as well.
      LOG.error(
          "closed {}: unexpected failure while executing its commands,"
              + " uncommitted writes are rolled back",
          lane.session().connection(),
          e);
    }
  }

  /**
   * Rolls back and closes the connection. If memory is so short that this fails too, it is tried
   * again while others free some: the client would wait forever otherwise, and for nothing.
   */
  private void giveUp(CommandRunner runner) {
    // These may be what uses it up.
    requests = List.of();
    replies = List.of();
    long start = System.nanoTime();
    while (!isGivenUp(runner) && System.nanoTime() - start < GIVING_UP_NANOS) {
      LockSupport.parkNanos(RETRY_NANOS);
    }
  }

  private boolean isGivenUp(CommandRunner runner) {
    try {
      runner.unit().abandon();
      // If there is no memory to pass this on to the loop, the connection just stays open.
      lane.session().connection().close();
      return !lane.session().connection().isOpen();
    } catch (OutOfMemoryError e) {
      return false;
    }
  }

  private void execute(CommandRunner runner) {
    try {
      while (blocked == null
          && executed < requests.size()
          && lane.session().connection().isOpen()
          && !endsBefore(runner, requests.get(executed))) {
        if (executed % PREFETCH == 0) {
          int end = Math.min(requests.size(), executed + PREFETCH);
          runner.prefetch(lane.session(), requests.subList(executed, end));
        }
        execute(runner, requests.get(executed));
      }
    } catch (WouldBlock e) {
      // The next request belongs to the other pool.
    }
  }

  /** Commits, and sends the replies so far. */
  void commitAndDeliver(CommandRunner runner) {
    commit(runner);
    if (delivered < executed) {
      lane.session().connection().replies(requests.get(delivered).sequence(), replies);
      delivered = executed;
      replies = new ArrayList<>();
    }
  }

  /**
   * Returns whether to stop before a request: because a pause holds it back, or because it need not
   * wait for slow commands any longer.
   */
  private boolean endsBefore(CommandRunner runner, Request request) {
    boolean elsewhere = executed > 0 && runner.leavesToOthers(lane.session(), request);
    boolean held = services.pauseRule().holds(lane.session(), request);
    return elsewhere || held;
  }

  private void execute(CommandRunner runner, Request request) {
    runner.tick();
    // Running it may deliver the earlier replies first, which replaces the list.
    Reply reply = runner.run(lane.session(), request);
    if (reply instanceof Blocked wanting) {
      blocked = pass.suspend(lane, request, wanting, runner);
      return;
    }
    replies.add(reply);
    executed++;
    if (lane.session().isClosing()) {
      lane.session().connection().closeAfterReply(request.sequence());
      requests.subList(executed, requests.size()).clear();
    }
    bytes += request.sizeBytes();
    if (executed - delivered >= COMMIT_COMMANDS
        || bytes >= COMMIT_BYTES
        || services.waiters().areConcernedBy(runner.unit())) {
      commitAndDeliver(runner);
    }
  }

  private void commit(CommandRunner runner) {
    bytes = 0;
    StorageException failure = commitOrFail(runner);
    if (failure != null) {
      for (int i = delivered; i < executed; i++) {
        Reply reply = replies.get(i - delivered);
        replies.set(
            i - delivered, services.failures().afterCommit(requests.get(i), reply, failure));
      }
    }
    pass.waking().afterCommit(runner);
  }

  private static @Nullable StorageException commitOrFail(CommandRunner runner) {
    try {
      runner.unit().commit();
      return null;
    } catch (StorageException e) {
      return e;
    }
  }
}
