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
import pika.server.command.InnerCalls;
import pika.server.session.Session;
import pika.server.stats.KeySampler;
import pika.server.stats.Recorder;
import pika.server.stats.SlowLog;
import pika.server.tracking.StepChanges;
import pika.storage.key.UnitOfWork;
import pika.storage.key.WouldBlock;

/**
 * A running command and those it runs on its behalf: calls their handlers, notifies onlookers,
 * updates statistics. Effects that can't be rolled back are deferred to the commit or the end of
 * the step. Reused for one step after the other; confined to the thread of its
 * {@link CommandRunner}.
 */
final class Step {
  private final Services services;
  private final CommandRunner runner;
  private final StepLocks locks;
  private final Recorder recorder;
  private final KeySampler sampler;
  private final InnerCalls inside = new Inside();
  private final List<Done> inner = new ArrayList<>();
  /** Replaced once it is in use: it is read after the commit, when the next step may have begun. */
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

  /** Reads the clock: the next command's duration is measured from here. */
  void tick() {
    lastNanos = System.nanoTime();
  }

  /**
   * Runs a command whose locks are held.
   *
   * @param args the arguments to run it with; statistics and MONITOR have those of the request
   * @throws WouldBlock or {@link LocksMissing} if it can't be completed; its changes have been
   *     rolled back
   */
  Reply run(Session session, CommandSpec spec, Request request, byte[][] args, long nowMs) {
    UnitOfWork unit = runner.unit();
    unit.beginCommand(nowMs);
    if (session.noTouch()) {
      unit.keepAccessTimes();
    }
    if (runner.kind() == ThreadKind.FAST
        && services.placement().of(session, spec, args).isSlow()) {
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
      // Whatever failed, half a step must not be left for the next commit.
      unit.rollbackStep();
      session.db(database);
      Transactions.failed(session, spec);
      reply = services.failures().thrown(spec, e);
    }
    // A blocking command is counted when it is answered.
    if (!(reply instanceof Blocked)) {
      for (Done each : inner) {
        count(session, each, waitedNanos);
      }
      Done done = new Done(spec, request.args(), nanosSince(startNanos), succeeded);
      count(session, done, waitedNanos);
    }
    services.onlookers().ended(session, spec);
    if (services.onlookers().areMonitoring()) {
      show(session, spec, request.args());
    }
    inner.clear();
    return reply;
  }

  /**
   * Shows a command to MONITOR clients: after those that ran on its behalf, which are shown once
   * the step is committed.
   */
  private void show(Session session, CommandSpec spec, byte[][] args) {
    if (inner.isEmpty()) {
      services.onlookers().ran(session, spec, args);
    } else {
      runner.unit().afterCommit(() -> services.onlookers().ran(session, spec, args));
    }
  }

  /**
   * Returns whether a reply is a success, and counts the error if not. A script that replies with
   * an error keeps its changes.
   */
  private boolean succeeded(Reply reply) {
    if (reply instanceof ErrorReply error) {
      if (!error.isPassedOn()) {
        services.failures().count(error.code());
      }
      return false;
    }
    return true;
  }

  /** Runs commands on behalf of a call. */
  private final class Inside implements InnerCalls {
    @Override
    public Reply run(Call outer, CommandSpec spec, byte[][] args, Protocol protocol) {
      Reply reply = runInside(outer.session(), outer.spec(), spec, args, protocol);
      if (outer.spec().runsScript()) {
        services.onlookers().called(outer.session(), outer.spec(), outer.args(), spec);
      }
      return reply;
    }

    @Override
    public void refused(@Nullable CommandSpec spec, CommandException why) {
      services.failures().count(why.code());
      if (spec != null) {
        recorder.rejected(spec);
      }
    }
  }

  private Reply runInside(
      Session session, CommandSpec outer, CommandSpec spec, byte[][] args, Protocol protocol) {
    if (!runner.kind().runs(services.placement().of(spec, args))) {
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
      reply = call(session, spec, args, protocol, outer.runsScript());
      succeeded = succeeded(reply);
    } catch (WouldBlock | LocksMissing e) {
      throw e;
    } catch (RuntimeException | Error e) {
      if (inner.size() > innerBefore) {
        // A script inside EXEC was killed: its changes can't be told from the others.
        throw e;
      }
      unit.rollbackCommand();
      reply = services.failures().thrown(spec, e);
    }
    inner.add(new Done(spec, args, nanosSince(startNanos), succeeded));
    if (services.onlookers().areMonitoring()) {
      unit.afterCommit(() -> services.onlookers().ranInside(session, outer, spec, args));
    }
    // Further changes of the outer command are no longer this one's.
    unit.nextCommand();
    return reply instanceof Blocked blocked ? blocked.until().notWaiting() : reply;
  }

  private Reply call(
      Session session, CommandSpec spec, byte[][] args, Protocol protocol, boolean inScript) {
    UnitOfWork unit = runner.unit();
    Call call = new Call(session, spec, args, unit.nowMs(), unit, protocol, inside, inScript);
    services.onlookers().begins(session, spec, args, unit);
    if (spec.isQuiet()) {
      unit.changeQuietly();
    }
    if (!spec.looksUpAny()) {
      unit.countNoLookUps();
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
    if (services.observation().isLong(done.nanos)) {
      long unixSeconds = services.store().nowMs() / 1000;
      SlowLog.Timing timing = new SlowLog.Timing(unixSeconds, done.nanos, Math.max(0, waitedNanos));
      services.observation().recordLong(session, done.spec, done.args, timing);
    }
  }

  /**
   * Returns the time since {@code startNanos}. Reads the clock once per command: the next one
   * starts now.
   */
  private long nanosSince(long startNanos) {
    lastNanos = System.nanoTime();
    return lastNanos - startNanos;
  }
}
