package pika.server.dispatch;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pika.net.resp.Reply;
import pika.net.resp.Request;
import pika.server.command.Args;
import pika.server.command.Blocked;
import pika.server.command.Call;
import pika.server.command.CommandException;
import pika.server.command.CommandSpec;
import pika.server.command.KeyScope;
import pika.server.command.Place;
import pika.server.session.Session;
import pika.server.stats.KeySampler;
import pika.server.stats.Recorder;
import pika.storage.key.KeyRecord;
import pika.storage.key.LockPlan;
import pika.storage.key.UnitOfWork;
import pika.storage.key.WouldBlock;

/**
 * Runs commands on one thread: finds the command, asks the gates, takes the locks, calls the handler, counts. The commands
 * of successive calls share one unit of work until its owner commits it. Confined to that thread.
 */
final class CommandRunner {
  private static final Logger LOG = LoggerFactory.getLogger(CommandRunner.class);
  private static final int FIRST_KEY = 1;

  private final Services services;
  private final Place place;
  private final Recorder recorder;
  private final KeySampler sampler;
  private Runnable commit;
  private UnitOfWork unit;
  private long lastNanos = System.nanoTime();
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
    this.sampler = services.observation().hotKeys().newSampler();
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
    lastNanos = System.nanoTime();
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
    } catch (CommandException e) {
      return refuse(session, args, e);
    }
    try {
      prepare(spec, args);
    } catch (WouldBlock e) {
      throw e;
    } catch (RuntimeException e) {
      recorder.rejected(spec);
      return session.wanted(services.error(spec, e));
    }
    unit.beginCommand(nowMs);
    if (session.noTouch()) {
      unit.keepAccessTimes();
    }
    Reply reply = answer(session, spec, request);
    services.onlookers().ran(session, spec, args);
    return reply instanceof Blocked ? reply : session.wanted(reply);
  }

  /** Makes sure that the command may run on this thread now, with the locks it needs. */
  private void prepare(CommandSpec spec, byte[][] args) {
    if (!services.place(spec, args).runsOn(place)) {
      throw WouldBlock.INSTANCE;
    }
    if (services.onlookers().areOverrun(spec)) {
      requireWaiting();
      services.onlookers().pubSub().awaitDelivery();
    }
    lock(spec, args);
  }

  /** Looks up what the requests' first keys hold in one go, so that their commands find it in memory. */
  void prefetch(Session session, List<Request> requests) {
    List<byte[]> keys = new ArrayList<>(requests.size());
    for (Request request : requests) {
      CommandSpec spec = services.table().find(request.args());
      if (spec != null && spec.scope() == KeyScope.KEYS && spec.accepts(request.argCount())) {
        for (int position : spec.keys().positions(request.args())) {
          keys.add(request.arg(position));
        }
      }
    }
    unit.prefetch(session.db(), keys);
  }

  /** Whether a request waits that should rather be run by the other pool. */
  boolean leavesToOthers(Request request) {
    CommandSpec spec = services.table().find(request.args());
    return place == Place.SLOW
        && spec != null
        && !services.place(spec, request.args()).isSlow();
  }

  private Reply answer(Session session, CommandSpec spec, Request request) {
    try {
      services.onlookers().begins(session, spec, request.args());
      Reply reply = spec.handler().run(new Call(session, spec, request.args(), nowMs, unit));
      services.onlookers().succeeded(session, spec, request.args(), unit);
      long nanos = elapsed(session, request);
      // It counts when it is answered.
      if (!(reply instanceof Blocked)) {
        recorder.succeeded(spec, nanos);
        sampler.ran(session.db(), spec, request.args());
      }
      return reply;
    } catch (WouldBlock e) {
      unit.rollbackCommand();
      throw e;
    } catch (RuntimeException | OutOfMemoryError e) {
      unit.rollbackCommand();
      recorder.failed(spec, elapsed(session, request));
      return services.error(spec, e);
    }
  }

  /** A web page can make a browser send us its form: Redis closes such a connection at its first line, too. */
  private static boolean isHttp(byte[] name) {
    return Args.is(name, "POST") || Args.is(name, "HOST:");
  }

  private Reply refuse(Session session, byte[][] args, CommandException e) {
    CommandSpec spec = services.table().find(args);
    if (spec == null && isHttp(args[0])) {
      LOG.warn("closing {}: it speaks HTTP, an attack through a browser?", session.connection());
      session.closeAfterCommand();
      return Reply.NONE;
    }
    if (spec != null) {
      recorder.rejected(spec);
    }
    services.errors().count(e.code());
    return session.wanted(Reply.error(e.errorText()));
  }

  /** Nanoseconds since the last command ended; one look at the clock for each command. */
  private long elapsed(Session session, Request request) {
    long now = System.nanoTime();
    long nanos = now - lastNanos;
    if (services.isLong(nanos)) {
      services.recordLong(session, request, nanos, lastNanos - request.receivedNanos());
    }
    lastNanos = now;
    return nanos;
  }

  private void lock(CommandSpec spec, byte[][] args) {
    switch (services.lockRule(spec)) {
      case NONE -> {}
      case FIRST_KEY -> {
        if (!unit.tryLock(args[FIRST_KEY])) {
          await(LockPlan.forWritingOne(args[FIRST_KEY]));
        }
      }
      case ALL_KEYS -> {
        LockPlan plan = LockRule.plan(spec, args);
        if (!unit.tryLock(plan)) {
          await(plan);
        }
      }
      case WALK -> {
        if (unit.holdsLocks()) {
          // On a loop the commit itself may have to wait, and then nothing would be seen of it.
          requireWaiting();
          commit.run();
        }
      }
      case EVERYTHING -> {
        requireWaiting();
        commit.run();
        unit.awaitAllLocks();
      }
    }
  }

  /** Nobody waits for a lock while holding one: commit first. */
  private void await(LockPlan plan) {
    requireWaiting();
    commit.run();
    unit.awaitLocks(plan);
  }

  private void requireWaiting() {
    if (place == Place.LOOP) {
      throw WouldBlock.INSTANCE;
    }
  }
}
