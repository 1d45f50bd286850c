package pika.server.dispatch;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Reply;
import pika.server.blocking.WaitQueue;
import pika.server.blocking.Waiter;
import pika.server.blocking.Waiters;
import pika.server.command.Blocked;
import pika.server.command.Place;
import pika.storage.key.KeyRecord;
import pika.storage.key.UnitOfWork;
import pika.storage.key.WouldBlock;
import pika.storage.rocks.StorageException;

/**
 * One thread's turn at serving those who wait: tries their commands again, commits, and lets their replies go. Confined to
 * that thread, which has the right to serve (see {@link Waking}).
 */
final class Shift {
  /** Replies that wait for one commit. */
  private static final int COMMIT_COMMANDS = 64;

  /** Tries on an event loop; more would keep its sockets waiting. */
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

  /** Serves everybody for whom something is ready; says which kind of thread must go on, or this one when all is done. */
  Place work() {
    Runnable before = runner.committing(this::commit);
    runner.tick();
    WaitQueue queue = null;
    try {
      while ((queue = waiters.takeReady()) != null) {
        serve(queue);
      }
      return runner.place();
    } catch (WouldBlock e) {
      if (queue != null) {
        waiters.giveBack(queue);
      }
      return runner.place() == Place.LOOP ? Place.POOL : Place.SLOW;
    } finally {
      commit();
      runner.committing(before);
    }
  }

  private void serve(WaitQueue queue) {
    byte[] userKey = queue.userKey();
    for (Waiter waiter : queue.waiters()) {
      // Anew for each, because the one before may have taken what was there.
      KeyRecord record = runner.look(queue.database(), userKey);
      if (!queue.concerns(record)) {
        return;
      }
      if (queue.concerns(waiter, record)) {
        if (runner.place() == Place.LOOP && ++tries > LOOP_TRIES) {
          throw WouldBlock.INSTANCE;
        }
        if (waiter.claim()) {
          attempt(waiter);
        }
      }
    }
  }

  private void attempt(Waiter waiter) {
    Reply reply;
    try {
      reply = runner.run(waiter.session(), waiter.request());
    } catch (WouldBlock e) {
      waiter.giveBack();
      throw e;
    }
    boolean inVain = reply instanceof Blocked;
    if (inVain || !waiter.session().connection().isReachable()) {
      // A try in vain must not be a change itself: it would make the key ready again, for ever.
      runner.unit().rollbackCommand();
      waiter.giveBack();
      return;
    }
    served.add(new Served(waiter, reply));
    if (served.size() >= COMMIT_COMMANDS) {
      commit();
    }
  }

  /** Commits what was done so far and lets the replies go. */
  private void commit() {
    List<Served> done = served;
    served = new ArrayList<>();
    UnitOfWork unit = runner.unit();
    try {
      if (runner.place() != Place.LOOP) {
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
          : services.afterFailure(each.waiter.request(), each.reply, failure);
      each.waiter.answered(reply);
    }
  }
}
