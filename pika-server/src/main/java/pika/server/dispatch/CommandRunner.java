package pika.server.dispatch;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pika.net.resp.ErrorReply;
import pika.net.resp.Reply;
import pika.net.resp.Request;
import pika.server.command.Args;
import pika.server.command.Blocked;
import pika.server.command.CommandException;
import pika.server.command.CommandSpec;
import pika.server.command.KeyScope;
import pika.server.session.Session;
import pika.server.stats.Recorder;
import pika.storage.key.KeyRecord;
import pika.storage.key.UnitOfWork;
import pika.storage.key.WouldBlock;

/**
 * Runs commands on one thread: looks up the command, checks the gates, takes the locks, calls the
 * handler, updates the statistics. Consecutive commands share one unit of work until its owner
 * commits it. Confined to that thread.
 */
final class CommandRunner {
  private static final Logger LOG = LoggerFactory.getLogger(CommandRunner.class);

  private final Services services;
  private final ThreadKind kind;
  private final Recorder recorder;
  private final StepLocks locks;
  private final Step step;
  private Runnable commit;
  private UnitOfWork unit;
  private long nowMs = System.currentTimeMillis();

  /**
   * Creates a runner for one kind of thread.
   *
   * @param kind the kind of thread: for commands that belong elsewhere, {@link #run} throws
   *     {@link WouldBlock}
   * @param commit commits the unit and sends the replies so far
   */
  CommandRunner(Services services, ThreadKind kind, Runnable commit) {
    this.services = services;
    this.kind = kind;
    this.commit = commit;
    this.recorder = services.stats().newRecorder();
    this.locks = new StepLocks(services, this);
    this.step = new Step(services, this, locks, recorder);
    this.unit = services.store().begin(kind.mode());
  }

  /** Returns the kind of thread it runs on. */
  ThreadKind kind() {
    return kind;
  }

  /** Replaces the action that commits the unit; returns the previous one. */
  Runnable committing(Runnable newCommit) {
    Runnable before = commit;
    commit = newCommit;
    return before;
  }

  /** Commits the unit and sends the replies so far. */
  void commit() {
    commit.run();
  }

  /** Returns the current unit of work. */
  UnitOfWork unit() {
    return unit;
  }

  /** Gives up the unit with all its locks and changes, and continues with a new one. */
  UnitOfWork detachUnit() {
    UnitOfWork detached = unit;
    unit = services.store().begin(kind.mode());
    return detached;
  }

  /** Reads the clock again: commands between two ticks see the same millisecond. */
  void tick() {
    nowMs = services.store().nowMs();
    step.tick();
  }

  /** Returns the record under a key, without its rows; null when there is none. */
  @Nullable
  KeyRecord look(int database, byte[] userKey) {
    unit.beginCommand(nowMs);
    return unit.keyspace(database).header(userKey);
  }

  /**
   * Runs one command and returns its reply, which must not be sent before the unit is committed. If
   * it is {@link Blocked}, the client must be suspended before the commit.
   *
   * @throws WouldBlock if the command can't run on this thread; its changes have been rolled back
   */
  Reply run(Session session, Request request) {
    return run(session, request, request.args());
  }

  /**
   * Like {@link #run(Session, Request)}, with other arguments for the same command; whoever looks
   * on is shown those of the request.
   */
  Reply run(Session session, Request request, byte[][] args) {
    CommandSpec spec;
    try {
      spec = services.table().resolve(args);
      session.begins(spec.fullName(), request.sequence());
      services.gates().check(session, spec, args);
      if (Transactions.putsOff(session, spec)) {
        return session.wanted(putOff(session, spec, request));
      }
    } catch (CommandException e) {
      return refuse(session, args, e);
    }
    Reply reply;
    try {
      prepare(session, spec, args);
      reply = answer(session, spec, request, args);
    } catch (WouldBlock e) {
      throw e;
    } catch (CommandException e) {
      // Waiting for locks was given up.
      return refuse(session, args, e);
    } catch (RuntimeException | Error e) {
      recorder.rejected(spec);
      Transactions.failed(session, spec);
      return session.wanted(services.failures().thrown(spec, e));
    }
    return reply instanceof Blocked ? reply : session.wanted(reply);
  }

  private Reply putOff(Session session, CommandSpec spec, Request request) {
    Reply reply = Transactions.putOff(session, spec, request, services.queuedBytes());
    if (session.transaction().sizeBytes() > services.queuedBytes().mostOfOne()) {
      LOG.warn(
          "closing {}: its queued transaction exceeds client-query-buffer-limit",
          session.connection());
      session.closeAfterCommand();
    }
    return reply;
  }

  /** Checks that the command may run on this thread now, and takes its locks. */
  private void prepare(Session session, CommandSpec spec, byte[][] args) {
    if (!kind.runs(services.placement().of(session, spec, args))) {
      throw WouldBlock.INSTANCE;
    }
    if (services.onlookers().areOverrun(spec)) {
      locks.requireWaiting();
      services.onlookers().pubSub().awaitDelivery();
    }
    locks.begin(session, spec, args);
  }

  /**
   * Prefetches the keys of the requests, and of commands queued in an open transaction, in one
   * batch.
   */
  void prefetch(Session session, List<Request> requests) {
    List<byte[]> keys = new ArrayList<>(requests.size());
    for (Request request : requests) {
      addKeys(request.args(), keys);
    }
    for (byte[][] args : session.transaction().queue()) {
      addKeys(args, keys);
    }
    unit.prefetch(session.db(), keys);
  }

  private void addKeys(byte[][] args, List<byte[]> keys) {
    CommandSpec spec = services.table().find(args);
    if (spec != null && spec.scope() == KeyScope.KEYS && spec.accepts(args.length)) {
      for (int position : spec.keys().positions(args)) {
        keys.add(args[position]);
      }
    }
  }

  /**
   * Counts a blocking command that was answered without running again: it timed out, or its wait
   * was ended by someone else.
   */
  void endedWaiting(Request request, Reply reply) {
    CommandSpec spec = services.table().find(request.args());
    if (reply instanceof ErrorReply error) {
      services.failures().count(error.code());
      if (spec != null) {
        recorder.failed(spec, 0);
      }
    } else if (spec != null) {
      recorder.succeeded(spec, 0);
    }
  }

  /** Returns whether this is a thread of the slow pool but the request does not belong there. */
  boolean leavesToOthers(Session session, Request request) {
    CommandSpec spec = services.table().find(request.args());
    return kind == ThreadKind.SLOW
        && spec != null
        && !services.placement().of(session, spec, request.args()).isSlow();
  }

  private Reply answer(Session session, CommandSpec spec, Request request, byte[][] args) {
    while (true) {
      try {
        return step.run(session, spec, request, args, nowMs);
      } catch (LocksMissing e) {
        locks.beginAnew();
      }
    }
  }

  /**
   * A web page can make a browser send a form to this port. Like Redis, closes such a connection at
   * its first line.
   */
  private static boolean isHttp(byte[] name) {
    return Args.is(name, "POST") || Args.is(name, "HOST:");
  }

  private Reply refuse(Session session, byte[][] args, CommandException e) {
    CommandSpec spec = services.table().find(args);
    if (spec == null && isHttp(args[0])) {
      services.httpWarning().closing(session.connection(), nowMs);
      session.closeAfterCommand();
      return Reply.NONE;
    }
    if (spec != null) {
      recorder.rejected(spec);
    }
    services.failures().count(e.code());
    return session.wanted(Reply.error(Transactions.refused(session, spec, e.errorText())));
  }
}
