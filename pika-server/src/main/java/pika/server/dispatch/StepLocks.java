package pika.server.dispatch;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.server.command.CommandException;
import pika.server.command.CommandSpec;
import pika.server.command.Place;
import pika.server.session.Session;
import pika.server.transaction.WatchedKeys;
import pika.storage.key.LockPlan;
import pika.storage.key.UnitOfWork;
import pika.storage.key.WouldBlock;

/**
 * Takes the locks for what a {@link CommandRunner} runs. Nobody waits for a lock while holding one: where waiting is needed,
 * what was done so far is committed first, and if it is the present step itself that holds locks, the step is begun anew.
 *
 * <pre>
 *   on a loop        never waits: WouldBlock lets the lane try again soon, then sends it to the pool
 *   before a step    tries; then commits, and waits for all the step is known to need
 *   within a step    tries; then LocksMissing: taken back, commit, wait for what it needed so far and this, once more
 *                    after some tries in vain: wait for everything there is
 * </pre>
 *
 * Confined to the runner's thread.
 */
final class StepLocks {
  private static final int FIRST_KEY = 1;

  /** So often a step is begun anew with the locks that it was found to need; then with all. */
  private static final int TRIES = 3;

  private final Services services;
  private final CommandRunner runner;
  /** What the present step is known to need; null for everything. */
  private @Nullable LockPlan needed = LockPlan.NOTHING;

  private int tries;

  StepLocks(Services services, CommandRunner runner) {
    this.services = services;
    this.runner = runner;
  }

  /** Takes the locks that a step needs as far as its command tells. May commit what was done before it. */
  void begin(Session session, CommandSpec spec, byte[][] args) {
    tries = 0;
    needed = LockPlan.NOTHING;
    switch (services.lockRule(spec)) {
      case NONE, ONE_TO_READ -> {}
      case FIRST_KEY -> {
        if (!unit().tryLock(args[FIRST_KEY])) {
          await(LockPlan.forWritingOne(args[FIRST_KEY]));
        }
      }
      case ALL_KEYS -> take(LockRule.plan(spec, args));
      case WALK -> {
        if (unit().holdsLocks()) {
          // On a loop the commit itself may have to wait, and then nothing would be seen of it.
          requireWaiting();
          runner.commit();
        }
      }
      case WATCH -> {
        for (int position : spec.keys().positions(args)) {
          if (unit().hasChanged(unit().key(session.db(), args[position]))) {
            requireWaiting();
            runner.commit();
          }
        }
        take(LockRule.plan(spec, args));
      }
      case TRANSACTION -> beginTransaction(session);
      case EVERYTHING -> awaitEverything();
    }
  }

  private void beginTransaction(Session session) {
    WatchedKeys watched = session.transaction().watched();
    if (watched != null && watched.areBeingChangedBy(unit())) {
      requireWaiting();
      runner.commit();
    }
    LockPlan plan = services.transactions().plan(session.transaction());
    if (plan == null) {
      awaitEverything();
    } else {
      take(plan);
    }
  }

  /** Takes the locks of a command that belongs to the present step, or throws what ends this try of the step. */
  void more(CommandSpec spec, byte[][] args) {
    if (unit().holdsAllLocks()) {
      return;
    }
    List<byte[]> written = new ArrayList<>();
    List<byte[]> read = new ArrayList<>();
    boolean isKeyed = services.lockRule(spec).addKeys(spec, args, written, read);
    LockPlan plan = LockPlan.of(written, read);
    if (isKeyed && needed != null) {
      if (!needed.covers(plan)) {
        needed = needed.and(plan);
      }
      if (unit().tryLock(plan)) {
        return;
      }
    }
    requireWaiting();
    if (!isKeyed || ++tries > TRIES) {
      needed = null;
    }
    throw LocksMissing.INSTANCE;
  }

  /** After {@link LocksMissing}, when the step is taken back: commits what was done before it, and waits. */
  void beginAnew() {
    LockPlan plan = needed;
    if (plan == null) {
      awaitEverything();
    } else {
      await(plan);
    }
  }

  private void take(LockPlan plan) {
    needed = plan;
    if (!unit().tryLock(plan)) {
      await(plan);
    }
  }

  private void await(LockPlan plan) {
    if (runner.place() == Place.LOOP) {
      throw WouldBlock.LOCKED;
    }
    commitBeforeWaiting();
    needed = plan;
    if (!unit().awaitLocks(plan, services.busy()::isOverdue)) {
      throw new CommandException(services.busy().text());
    }
  }

  private void awaitEverything() {
    commitBeforeWaiting();
    needed = null;
    if (!unit().awaitAllLocks(services.busy()::isOverdue)) {
      throw new CommandException(services.busy().text());
    }
  }

  /** Whoever the commit wakes is served at once, by this runner and through this object. */
  private void commitBeforeWaiting() {
    requireWaiting();
    int triesOfStep = tries;
    runner.commit();
    tries = triesOfStep;
  }

  void requireWaiting() {
    if (runner.place() == Place.LOOP) {
      throw WouldBlock.INSTANCE;
    }
  }

  private UnitOfWork unit() {
    return runner.unit();
  }
}
