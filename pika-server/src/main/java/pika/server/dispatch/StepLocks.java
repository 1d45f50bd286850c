package pika.server.dispatch;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.server.command.CommandException;
import pika.server.command.CommandSpec;
import pika.server.session.Session;
import pika.server.transaction.WatchedKeys;
import pika.storage.key.LockPlan;
import pika.storage.key.UnitOfWork;
import pika.storage.key.WouldBlock;

/**
 * Takes the locks for what a {@link CommandRunner} runs. Nobody waits for a lock while holding one:
 * before waiting, earlier commands are committed; if the current step itself holds locks, it is
 * rolled back and restarted.
 *
 * <pre>
 *   on a loop        never waits: WouldBlock lets the lane try again soon, then sends it to the pool
 *   before a step    tries; then commits, and waits for all locks the step is known to need
 *   within a step    tries; then LocksMissing: rollback, commit, wait for the locks needed so far and this, restart
 *                    after some failed attempts: wait for all locks
 * </pre>
 *
 * <p>Confined to the runner's thread.
 */
final class StepLocks {
  private static final int FIRST_KEY = 1;

  /**
   * How often a step is restarted with the locks it was found to need before it is given all locks.
   */
  private static final int TRIES = 3;

  private final Services services;
  private final CommandRunner runner;
  /** The locks the current step is known to need; null for all. */
  private @Nullable LockPlan needed = LockPlan.NOTHING;

  private int tries;

  StepLocks(Services services, CommandRunner runner) {
    this.services = services;
    this.runner = runner;
  }

  /** Takes the locks that a step needs as far as its command tells. May commit earlier commands. */
  void begin(Session session, CommandSpec spec, byte[][] args) {
    tries = 0;
    needed = LockPlan.NOTHING;
    switch (services.lockRules().of(spec)) {
      case NONE, ONE_TO_READ -> {}
      case FIRST_KEY -> {
        if (!unit().tryLock(args[FIRST_KEY])) {
          await(LockPlan.forWritingOne(args[FIRST_KEY]));
        }
      }
      case ALL_KEYS -> take(LockRule.plan(spec, args));
      case WALK -> {
        if (unit().holdsLocks()) {
          // On a loop the commit itself might have to wait, and its changes would not be visible.
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

  /** Takes the locks of a further command of the current step, or throws what ends this attempt. */
  void more(CommandSpec spec, byte[][] args) {
    if (unit().holdsAllLocks()) {
      return;
    }
    List<byte[]> written = new ArrayList<>();
    List<byte[]> read = new ArrayList<>();
    boolean isKeyed = services.lockRules().of(spec).addKeys(spec, args, written, read);
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

  /**
   * Restarts after {@link LocksMissing}, when the step is rolled back: commits earlier commands,
   * then waits for the locks.
   */
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
    if (runner.kind() == ThreadKind.LOOP) {
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

  /**
   * Commits earlier commands. Clients that the commit unblocks are served right away, by this
   * runner and through this object, so its state must be saved.
   */
  private void commitBeforeWaiting() {
    requireWaiting();
    int triesOfStep = tries;
    runner.commit();
    tries = triesOfStep;
  }

  void requireWaiting() {
    if (runner.kind() == ThreadKind.LOOP) {
      throw WouldBlock.INSTANCE;
    }
  }

  private UnitOfWork unit() {
    return runner.unit();
  }
}
