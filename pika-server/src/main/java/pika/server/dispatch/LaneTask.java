package pika.server.dispatch;

import java.util.ArrayList;
import java.util.List;
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
 * Executes a lane's requests on a pool thread, which may wait for the disk and for locks. It ends at the first request that
 * belongs to the other pool, or turns out to; that one and what follows goes back to the lane. Replies leave at every commit. What a client
 * has asked for that is gone is not begun any more.
 */
final class LaneTask {
  private static final Logger LOG = LoggerFactory.getLogger(LaneTask.class);

  /** Commands and bytes in one commit. */
  private static final int COMMIT_COMMANDS = 256;

  private static final long COMMIT_BYTES = 1 << 20;

  /** Requests that are looked up together before they are executed. */
  private static final int PREFETCH = 256;

  private final Services services;
  private final Lane lane;
  private final LoopPass pass;
  private List<Request> requests = List.of();
  private @Nullable Waiter blocked;
  private int executed;
  private int delivered;
  private List<Reply> replies = new ArrayList<>();
  private long bytes;

  /** For what the lane has handed over. */
  LaneTask(Services services, Lane lane, LoopPass pass) {
    this.services = services;
    this.lane = lane;
    this.pass = pass;
  }

  /** Runs on the calling thread, with its runner; nothing is left uncommitted, whatever happens. */
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
      // No command has failed, which would have been answered: nobody knows where the client
      // stands.
      LOG.error(
          "closing {}: its commands can't be brought to an end", lane.session().connection(), e);
      runner.unit().abandon();
      lane.session().connection().close();
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

  /** The unit could not be committed, or what it has done must be seen from here on. */
  void commitAndDeliver(CommandRunner runner) {
    commit(runner);
    if (delivered < executed) {
      lane.session().connection().replies(requests.get(delivered).sequence(), replies);
      delivered = executed;
      replies = new ArrayList<>();
    }
  }

  /** What a pause holds back, or what has waited for slow commands long enough, goes back to the lane. */
  private boolean endsBefore(CommandRunner runner, Request request) {
    boolean elsewhere = executed > 0 && runner.leavesToOthers(lane.session(), request);
    boolean held = services.pause().isOn() && services.holds(lane.session(), request);
    return elsewhere || held;
  }

  private void execute(CommandRunner runner, Request request) {
    runner.tick();
    // Running it may first deliver what came before, which starts a new list.
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
        || services.isAwaited(runner.unit())) {
      commitAndDeliver(runner);
    }
  }

  private void commit(CommandRunner runner) {
    bytes = 0;
    StorageException failure = commitOrFail(runner);
    if (failure != null) {
      for (int i = delivered; i < executed; i++) {
        Reply reply = replies.get(i - delivered);
        replies.set(i - delivered, services.afterFailure(requests.get(i), reply, failure));
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
