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
import pika.server.command.Place;
import pika.server.session.Session;
import pika.server.stats.Recorder;
import pika.storage.key.KeyRecord;
import pika.storage.key.UnitOfWork;
import pika.storage.key.WouldBlock;

/**
 * Runs commands on one thread: finds the command, asks the gates, takes the locks, calls the handler, counts. The commands
 * of successive calls share one unit of work until its owner commits it. Confined to that thread.
 */
final class CommandRunner {
  private static final Logger LOG = LoggerFactory.getLogger(CommandRunner.class);

  private final Services services;
  private final Place place;
  private final Recorder recorder;
  private final StepLocks locks;
  private final Step step;
  private Runnable commit;
  private UnitOfWork unit;
  private long nowMs = System.currentTimeMillis();

  /**
   * A runner for the calling kind of thread.
   *
   * @param place what kind of thread it is: commands that belong elsewhere are answered with {@link WouldBlock}
   * @param commit commits the unit and lets the replies so far go
   */
  CommandRunner(Services services, Place place, Runnable commit) {
    this.services = services;
    this.place = place;
    this.commit = commit;
    this.recorder = services.newRecorder();
    this.locks = new StepLocks(services, this);
    this.step = new Step(services, this, locks, recorder);
    this.unit = services.begin(place);
  }

  /** What kind of thread it runs on. */
  Place place() {
    return place;
  }

  /** Replaces what commits the unit; returns what did so before. */
  Runnable committing(Runnable newCommit) {
    Runnable before = commit;
    commit = newCommit;
    return before;
  }

  /** Commits the unit and lets the replies so far go. */
  void commit() {
    commit.run();
  }

  /** The unit of work in which commands run at present. */
  UnitOfWork unit() {
    return unit;
  }

  /** Gives the unit away with all it holds, and goes on with a new one. */
  UnitOfWork detachUnit() {
    UnitOfWork detached = unit;
    unit = services.begin(place);
    return detached;
  }

  /** Reads the clock anew: commands that run together happen at the same millisecond. */
  void tick() {
    nowMs = services.nowMs();
    step.tick();
  }

  /** What stands under a key at present; null for nothing. */
  @Nullable
  KeyRecord look(int database, byte[] userKey) {
    unit.beginCommand(nowMs);
    return unit.keyspace(database).header(userKey);
  }

  /**
   * Runs one command and says its reply, to be sent when the unit is committed. If that is {@link Blocked}, the client is to
   * be suspended before the commit.
   *
   * @throws WouldBlock when the command can't be done on this thread; it has left nothing behind
   */
  Reply run(Session session, Request request) {
    byte[][] args = request.args();
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
      reply = answer(session, spec, request);
    } catch (WouldBlock e) {
      throw e;
    } catch (CommandException e) {
      // It has waited for locks in vain.
      return refuse(session, args, e);
    } catch (RuntimeException | Error e) {
      recorder.rejected(spec);
      Transactions.failed(session, spec);
      return session.wanted(services.error(spec, e));
    }
    return reply instanceof Blocked ? reply : session.wanted(reply);
  }

  private Reply putOff(Session session, CommandSpec spec, Request request) {
    Reply reply = Transactions.putOff(session, spec, request, services.queuedBytes());
    if (session.transaction().sizeBytes() > services.queuedBytes().mostOfOne()) {
      LOG.warn("closing {}: its transaction is too large", session.connection());
      session.closeAfterCommand();
    }
    return reply;
  }

  /** Makes sure that the command may run on this thread now, with the locks it needs. */
  private void prepare(Session session, CommandSpec spec, byte[][] args) {
    if (!services.place(session, spec, args).runsOn(place)) {
      throw WouldBlock.INSTANCE;
    }
    if (services.onlookers().areOverrun(spec)) {
      locks.requireWaiting();
      services.onlookers().pubSub().awaitDelivery();
    }
    locks.begin(session, spec, args);
  }

  /** Looks up what the requests' first keys hold in one go, so that their commands find it in memory. */
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

  /** A blocking command was answered without having run again: its time was over, or somebody has ended its wait. */
  void endedWaiting(Request request, Reply reply) {
    CommandSpec spec = services.table().find(request.args());
    if (reply instanceof ErrorReply error) {
      services.errors().count(error.code());
      if (spec != null) {
        recorder.failed(spec, 0);
      }
    } else if (spec != null) {
      recorder.succeeded(spec, 0);
    }
  }

  /** Whether a request waits that should rather be run by the other pool. */
  boolean leavesToOthers(Session session, Request request) {
    CommandSpec spec = services.table().find(request.args());
    return place == Place.SLOW
        && spec != null
        && !services.place(session, spec, request.args()).isSlow();
  }

  private Reply answer(Session session, CommandSpec spec, Request request) {
    while (true) {
      try {
        return step.run(session, spec, request, nowMs);
      } catch (LocksMissing e) {
        locks.beginAnew();
      }
    }
  }

  /** A web page can make a browser send us its form: Redis closes such a connection at its first line, too. */
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
    services.errors().count(e.code());
    return session.wanted(Reply.error(Transactions.refused(session, spec, e.errorText())));
  }
}
