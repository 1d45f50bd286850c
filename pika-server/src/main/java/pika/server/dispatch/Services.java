package pika.server.dispatch;

import pika.net.resp.ErrorReply;
import pika.net.resp.Reply;
import pika.net.resp.Request;
import pika.server.blocking.Waiters;
import pika.server.command.CommandSpec;
import pika.server.command.CommandTable;
import pika.server.command.ErrorReplies;
import pika.server.command.Flag;
import pika.server.command.KeyScope;
import pika.server.command.Place;
import pika.server.session.ClientPause;
import pika.server.session.Session;
import pika.server.stats.CommandStats;
import pika.server.stats.ErrorStats;
import pika.server.stats.LatencyEvent;
import pika.server.stats.Observation;
import pika.server.stats.Recorder;
import pika.server.stats.SlowLog;
import pika.server.transaction.QueuedBytes;
import pika.storage.Store;
import pika.storage.key.UnitOfWork;
import pika.storage.rocks.StorageException;

/**
 * What every thread that executes commands needs. Thread-safe.
 *
 * @param queuedBytes limits the memory of queued transactions
 */
public record Services(
    CommandTable table,
    Store store,
    Gates gates,
    Admission admission,
    ClientPause pause,
    Waiters waiters,
    CommandStats stats,
    Observation observation,
    ErrorStats errors,
    Onlookers onlookers,
    ErrorReplies errorReplies,
    Busy busy,
    QueuedBytes queuedBytes,
    HttpWarning httpWarning,
    Placement placement,
    LockRule[] lockRules,
    Transactions transactions) {

  /** Collects the services; the table must be complete. */
  public static Services of(
      CommandTable table,
      Store store,
      Gates gates,
      Admission admission,
      ClientPause pause,
      Waiters waiters,
      CommandStats stats,
      Observation observation,
      ErrorStats errors,
      Onlookers onlookers,
      Busy busy,
      QueuedBytes queuedBytes) {
    Placement placement = new Placement(table);
    LockRule[] lockRules = LockRule.of(table);
    return new Services(
        table,
        store,
        gates,
        admission,
        pause,
        waiters,
        stats,
        observation,
        errors,
        onlookers,
        new ErrorReplies(),
        busy,
        queuedBytes,
        new HttpWarning(),
        placement,
        lockRules,
        new Transactions(table, lockRules, placement));
  }

  LockRule lockRule(CommandSpec spec) {
    return lockRules[spec.index()];
  }

  /** Returns where a session's command runs. */
  Place place(Session session, CommandSpec spec, byte[][] args) {
    if (!session.transaction().isOpen()) {
      return placement.of(spec, args);
    }
    return spec.scope() == KeyScope.TRANSACTION
        ? transactions.place(session.transaction())
        : Place.LOOP;
  }

  /** Returns where a command can run that belongs to another command's step. */
  Place placeInside(CommandSpec spec, byte[][] args) {
    return placement.of(spec, args);
  }

  CommandRunner runner(ThreadKind kind, Runnable commit) {
    return new CommandRunner(this, kind, commit);
  }

  Recorder newRecorder() {
    return stats.newRecorder();
  }

  UnitOfWork begin(ThreadKind kind) {
    return store.begin(kind.mode());
  }

  long nowMs() {
    return store.nowMs();
  }

  /**
   * Returns whether the last command has changed a key that a client waits for: that client is
   * served before the commands that follow, as if it were part of this one.
   */
  boolean isAwaited(UnitOfWork unit) {
    return waiters.isAny() && unit.stepChanged(waiters::isAwaited);
  }

  /** Returns whether a pause holds back a session's request. */
  boolean holds(Session session, Request request) {
    CommandSpec spec = table.find(request.args());
    return spec != null
        && spec.accepts(request.args().length)
        && switch (pause.mode()) {
          case NONE -> false;
          case WRITE ->
            spec.mayWrite(request.args())
                || (spec.scope() == KeyScope.TRANSACTION
                    && transactions.mayWrite(session.transaction()));
          case ALL -> true;
        };
  }

  /** Returns the reply for what a command has thrown, and counts the error. */
  Reply error(CommandSpec spec, Throwable thrown) {
    ErrorReply reply = errorReplies.of(thrown, spec);
    errors.count(reply.code());
    return reply;
  }

  /**
   * Returns the reply to send after the commit has failed: the error, or the original reply of a
   * command without keys.
   */
  Reply afterFailure(Request request, Reply reply, StorageException failure) {
    CommandSpec spec = table.find(request.args());
    return spec == null || spec.scope() == KeyScope.NONE ? reply : error(spec, failure);
  }

  /** Returns whether a command of this duration must be recorded; called for every command. */
  boolean isLong(long nanos) {
    return observation.slowLog().wants(nanos) || observation.latency().wants(nanos);
  }

  /**
   * Records a long command in the slow log and the latency history.
   *
   * @param waitedNanos how long it waited before it started
   */
  void recordLong(Session session, CommandSpec spec, byte[][] args, long nanos, long waitedNanos) {
    SlowLog slowLog = observation.slowLog();
    observation
        .latency()
        .took(spec.has(Flag.FAST) ? LatencyEvent.FAST_COMMAND : LatencyEvent.COMMAND, nanos);
    if (slowLog.wants(nanos) && !spec.has(Flag.SKIP_SLOWLOG)) {
      slowLog.add(
          new SlowLog.Timing(nowMs() / 1000, nanos, Math.max(0, waitedNanos)),
          spec.shown(args),
          session.connection().remoteAddress(),
          session.name());
    }
  }
}
