package pika.server.dispatch;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pika.net.resp.Reply;
import pika.server.blocking.WaitQueue;
import pika.server.blocking.Waiter;
import pika.server.blocking.Waiters;
import pika.server.command.Blocked;
import pika.storage.key.KeyRecord;
import pika.storage.key.UnitOfWork;
import pika.storage.key.WouldBlock;
import pika.storage.rocks.StorageException;

/**
 * One thread's turn at serving blocked clients: retries their commands, commits and sends their
 * replies. Confined to that thread, which has the right to serve (see {@link Waking}).
 */
final class Shift {
  private static final Logger LOG = LoggerFactory.getLogger(Shift.class);

  /** The most replies in one commit. */
  private static final int COMMIT_COMMANDS = 64;

  /** The most retries in one turn of an event loop, which must not keep its sockets waiting. */
  private static final int LOOP_TRIES = 128;

  private final Services services;
  private final Waiters waiters;
  private final Pools pools;
  private final Waking waking;
  private final CommandRunner runner;
  private List<Served> served = new ArrayList<>();
  private int tries;

  private record Served(Waiter waiter, Reply reply) {}

  Shift(Services services, Pools pools, Waking waking, CommandRunner runner) {
    this.services = services;
    this.waiters = services.waiters();
    this.pools = pools;
    this.waking = waking;
    this.runner = runner;
  }

  /**
   * Serves everybody for whom something is ready. Returns the kind of thread that must continue;
   * this thread's own when all is done.
   */
  ThreadKind work() {
    Runnable before = runner.committing(this::commit);
    runner.tick();
    WaitQueue queue = null;
    try {
      while ((queue = waiters.takeReady()) != null) {
        serveIfReadable(queue);
      }
      return runner.kind();
    } catch (WouldBlock e) {
      if (queue != null) {
        waiters.giveBack(queue);
      }
      return runner.kind().next();
    } finally {
      try {
        commit();
      } finally {
        runner.committing(before);
      }
    }
  }

  private void serveIfReadable(WaitQueue queue) {
    try {
      serve(queue);
    } catch (StorageException e) {
      LOG.warn("a key with blocked clients cannot be read; the clients stay blocked", e);
    }
  }

  private void serve(WaitQueue queue) {
    byte[] userKey = queue.userKey();
    boolean isFirst = true;
    for (Waiter waiter : queue.waiters()) {
      // Once per waiter, because the one before may have taken what was there.
      KeyRecord record = runner.look(queue.database(), userKey);
      if (!queue.concerns(record)) {
        return;
      }
      if (queue.concerns(waiter, record) && claim(waiter)) {
        Reply reply = attempt(waiter, userKey);
        // Something arrived after earlier waiters were looked at. It is theirs: start again with
        // the first one.
        if (reply != null && !isFirst && queue.isReady()) {
          takeBack(waiter);
          return;
        }
        if (reply != null) {
          accept(waiter, reply);
          continue;
        }
      }
      isFirst = false;
    }
  }

  private boolean claim(Waiter waiter) {
    if (runner.kind() == ThreadKind.LOOP && ++tries > LOOP_TRIES) {
      throw WouldBlock.INSTANCE;
    }
    return waiter.claim();
  }

  /** Returns the reply to a claimed waiter; null when it has to keep waiting. */
  private @Nullable Reply attempt(Waiter waiter, byte[] userKey) {
    Reply reply;
    try {
      reply = runner.run(waiter.session(), waiter.request(), waiter.retryFor(userKey));
    } catch (RuntimeException | Error e) {
      waiter.giveBack();
      throw e;
    }
    if (reply instanceof Blocked again) {
      // A failed retry must not count as a change: it would make the key ready again, endlessly.
      runner.unit().rollbackCommand();
      waiter.giveBack(again.until());
      return null;
    }
    if (!waiter.session().connection().isReachable()) {
      takeBack(waiter);
      return null;
    }
    return reply;
  }

  private void takeBack(Waiter waiter) {
    runner.unit().rollbackCommand();
    waiter.giveBack();
  }

  private void accept(Waiter waiter, Reply reply) {
    served.add(new Served(waiter, reply));
    if (served.size() >= COMMIT_COMMANDS) {
      commit();
    }
  }

  /** Commits what was done so far and sends the replies. */
  private void commit() {
    List<Served> done = served;
    served = new ArrayList<>();
    UnitOfWork unit = runner.unit();
    try {
      if (runner.kind() != ThreadKind.LOOP) {
        unit.commit();
      } else if (!unit.tryCommit()) {
        pools.commit(runner.detachUnit(), failure -> {
          answer(done, failure);
          waking.elsewhere();
        });
        return;
      }
    } catch (StorageException e) {
      answer(done, e);
      return;
    }
    answer(done, null);
  }

  private void answer(List<Served> done, @Nullable StorageException failure) {
    for (Served each : done) {
      Reply reply = failure == null
          ? each.reply
          : services.failures().afterCommit(each.waiter.request(), each.reply, failure);
      each.waiter.answered(reply);
    }
  }
}
