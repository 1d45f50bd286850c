package pika.server.dispatch;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.net.resp.ErrorReply;
import pika.net.resp.Protocol;
import pika.net.resp.Reply;
import pika.net.resp.Request;
import pika.server.command.Blocked;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.CommandSpec;
import pika.server.command.Group;
import pika.server.command.InnerCalls;
import pika.server.command.Place;
import pika.server.session.Session;
import pika.server.stats.KeySampler;
import pika.server.stats.Recorder;
import pika.server.tracking.StepChanges;
import pika.storage.key.UnitOfWork;
import pika.storage.key.WouldBlock;

/**
 * A command that runs, and those that run on behalf of it: calls their handlers, tells those who look on, counts. What of
 * this can't be taken back waits for the commit or for the end of the step. Used for one step after the other; confined to
 * the thread of its {@link CommandRunner}.
 */
final class Step {
  private final Services services;
  private final CommandRunner runner;
  private final StepLocks locks;
  private final Recorder recorder;
  private final KeySampler sampler;
  private final List<Done> inner = new ArrayList<>();
  /** Replaced when it is used: it is told after the commit, when the next step may have begun. */
  private StepChanges changes = new StepChanges();

  private long lastNanos = System.nanoTime();

  private record Done(CommandSpec spec, byte[][] args, long nanos, boolean succeeded) {}

  Step(Services services, CommandRunner runner, StepLocks locks, Recorder recorder) {
    this.services = services;
    this.runner = runner;
    this.locks = locks;
    this.recorder = recorder;
    this.sampler = services.observation().hotKeys().newSampler();
  }

  /** Reads the clock from which the next command's time counts. */
  void tick() {
    lastNanos = System.nanoTime();
  }

  /**
   * Runs a command whose locks are held.
   *
   * @throws WouldBlock or {@link LocksMissing} when it can't be ended; it has left nothing behind
   */
  Reply run(Session session, CommandSpec spec, Request request, long nowMs) {
    byte[][] args = request.args();
    UnitOfWork unit = runner.unit();
    unit.beginCommand(nowMs);
    if (session.noTouch()) {
      unit.keepAccessTimes();
    }
    if (runner.place() == Place.POOL && services.place(session, spec, args).isSlow()) {
      unit.refuseRows();
    }
    if (changes.isExpected()) {
      changes = new StepChanges();
    }
    int database = session.db();
    long startNanos = lastNanos;
    long waitedNanos = startNanos - request.receivedNanos();
    boolean succeeded = false;
    Reply reply;
    try {
      reply = call(session, spec, args, session.protocol(), false);
      services.onlookers().stepSucceeded(session, unit, changes);
      succeeded = succeeded(reply);
    } catch (WouldBlock | LocksMissing e) {
      unit.rollbackStep();
      session.db(database);
      inner.clear();
      throw e;
    } catch (RuntimeException | Error e) {
      // Whatever it is: half of a step must not stay for the next commit.
      unit.rollbackStep();
      session.db(database);
      Transactions.failed(session, spec);
      reply = services.error(spec, e);
    }
    // A blocking command counts when it is answered.
    if (!(reply instanceof Blocked)) {
      inner.forEach(done -> count(session, done, waitedNanos));
      count(session, new Done(spec, args, nanosSince(startNanos), succeeded), waitedNanos);
    }
    services.onlookers().ended(session, spec);
    if (services.onlookers().areMonitoring()) {
      show(session, spec, args);
    }
    inner.clear();
    return reply;
  }

  /** Behind those that ran on behalf of it, which are shown when the step is sure to stay. */
  private void show(Session session, CommandSpec spec, byte[][] args) {
    if (inner.isEmpty()) {
      services.onlookers().ran(session, spec, args);
    } else {
      runner.unit().afterCommit(() -> services.onlookers().ran(session, spec, args));
    }
  }

  /** A script that ends with an error has answered one, and what it has done stays. */
  private boolean succeeded(Reply reply) {
    if (reply instanceof ErrorReply error) {
      if (!error.isPassedOn()) {
        services.errors().count(error.code());
      }
      return false;
    }
    return true;
  }

  /** What a command of the session may have run on its behalf. */
  private final class Inside implements InnerCalls {
    private final Session session;
    private final CommandSpec outer;

    Inside(Session session, CommandSpec outer) {
      this.session = session;
      this.outer = outer;
    }

    @Override
    public Reply run(CommandSpec spec, byte[][] args, Protocol protocol) {
      return runInside(session, outer, spec, args, protocol);
    }

    @Override
    public void refused(@Nullable CommandSpec spec, CommandException why) {
      services.errors().count(why.code());
      if (spec != null) {
        recorder.rejected(spec);
      }
    }
  }

  private Reply runInside(
      Session session, CommandSpec outer, CommandSpec spec, byte[][] args, Protocol protocol) {
    if (!services.placeInside(spec, args).runsOn(runner.place())) {
      throw WouldBlock.INSTANCE;
    }
    locks.more(spec, args);
    UnitOfWork unit = runner.unit();
    unit.nextCommand();
    long startNanos = lastNanos;
    int innerBefore = inner.size();
    boolean succeeded = false;
    Reply reply;
    try {
      boolean inScript = outer.docs().group() == Group.SCRIPTING;
      reply = call(session, spec, args, protocol, inScript);
      succeeded = succeeded(reply);
    } catch (WouldBlock | LocksMissing e) {
      throw e;
    } catch (RuntimeException | Error e) {
      if (inner.size() > innerBefore) {
        // A script inside EXEC that was ended by force: what it has done can't be told from the
        // rest.
        throw e;
      }
      unit.rollbackCommand();
      reply = services.error(spec, e);
    }
    inner.add(new Done(spec, args, nanosSince(startNanos), succeeded));
    if (services.onlookers().areMonitoring()) {
      unit.afterCommit(() -> services.onlookers().ranInside(session, outer, spec, args));
    }
    // What follows in the outer command is not this one's any more.
    unit.nextCommand();
    return reply instanceof Blocked blocked ? blocked.until().notWaiting() : reply;
  }

  private Reply call(
      Session session, CommandSpec spec, byte[][] args, Protocol protocol, boolean inScript) {
    UnitOfWork unit = runner.unit();
    InnerCalls inside = new Inside(session, spec);
    Call call = new Call(session, spec, args, unit.nowMs(), unit, protocol, inside, inScript);
    services.onlookers().begins(session, spec, args, unit);
    if (spec.isQuiet()) {
      unit.changeQuietly();
    }
    Reply reply = spec.handler().run(call);
    services.onlookers().succeeded(session, spec, args, unit, changes);
    return reply;
  }

  private void count(Session session, Done done, long waitedNanos) {
    if (done.succeeded) {
      recorder.succeeded(done.spec, done.nanos);
    } else {
      recorder.failed(done.spec, done.nanos);
    }
    sampler.ran(session.db(), done.spec, done.args);
    if (services.isLong(done.nanos)) {
      services.recordLong(session, done.spec, done.args, done.nanos, waitedNanos);
    }
  }

  /** One look at the clock for each command: the next one begins now. */
  private long nanosSince(long startNanos) {
    lastNanos = System.nanoTime();
    return lastNanos - startNanos;
  }
}
