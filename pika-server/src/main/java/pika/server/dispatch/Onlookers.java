package pika.server.dispatch;

import pika.server.command.CommandSpec;
import pika.server.command.Flag;
import pika.server.command.KeyScope;
import pika.server.events.KeyEvents;
import pika.server.monitor.Monitors;
import pika.server.pubsub.Origin;
import pika.server.pubsub.PubSub;
import pika.server.session.Session;
import pika.server.session.Sessions;
import pika.server.tracking.StepChanges;
import pika.server.tracking.Tracking;
import pika.storage.hash.FieldExpiry;
import pika.storage.key.DataType;
import pika.storage.key.ExpiryListener;
import pika.storage.key.KeyChange;
import pika.storage.key.UnitOfWork;

/**
 * All who are told what commands do: those who monitor, those who listen to events, those who cache. Safe for many
 * threads.
 *
 * @param pubSub the way to them
 */
public record Onlookers(PubSub pubSub, Monitors monitors, KeyEvents events, Tracking tracking)
    implements ExpiryListener {
  /** Those of a server on which nobody listens yet. */
  public static Onlookers of(PubSub pubSub, Sessions sessions) {
    return new Onlookers(
        pubSub, new Monitors(pubSub), new KeyEvents(pubSub), new Tracking(pubSub, sessions));
  }

  /** Whether what a command changes is told, and those who would hear it are behind already. */
  boolean areOverrun(CommandSpec spec) {
    return isOverrun() && spec.mayWrite();
  }

  /** Whether somebody wants to be shown every command. */
  boolean areMonitoring() {
    return monitors.areThere();
  }

  /** A command is about to run. */
  void begins(Session session, CommandSpec spec, byte[][] args, UnitOfWork unit) {
    if (tracking.isOn()) {
      tracking.begins(session, spec, args);
    }
    // A script is shown before the commands that it calls.
    if (monitors.areThere() && spec.has(Flag.SKIP_MONITOR)) {
      unit.afterCommit(() -> monitors.begins(session, spec, args));
    }
  }

  /**
   * A command has succeeded; what it has changed is told after its commit.
   *
   * @param step what its step has changed so far
   * @throws pika.storage.key.WouldBlock if finding out would have to wait
   */
  void succeeded(
      Session session, CommandSpec spec, byte[][] args, UnitOfWork unit, StepChanges step) {
    if (events.areOn()) {
      Origin origin = session.origin(Origin.Place.BEFORE_REPLY);
      events.ran(spec, args, session.db(), unit, origin);
    }
    if (tracking.isOn()) {
      tracking.ran(unit, session.origin(Origin.Place.AFTER_REPLY), step);
    }
  }

  /** The first command of a step has succeeded, behind those that ran on behalf of it. */
  void stepSucceeded(Session session, UnitOfWork unit, StepChanges step) {
    if (tracking.isOn()) {
      tracking.ended(unit, session.origin(Origin.Place.AFTER_REPLY), step);
    }
  }

  /** A command has run, with success or without; to be told only if somebody monitors. */
  void ran(Session session, CommandSpec spec, byte[][] args) {
    // A command that waits was shown when it began to.
    if (!session.isBlocked()) {
      monitors.ran(session, spec, args);
    }
  }

  /** A command has come to its end, with success or without. */
  void ended(Session session, CommandSpec spec) {
    if (session.cachingSaid()
        && !isAboutTheClient(spec)
        && !session.transaction().isOpen()) {
      session.cachingSaid(false);
    }
  }

  /** A command has run on behalf of {@code outer}: of EXEC, or of a script; otherwise as {@link #ran}. */
  void ranInside(Session session, CommandSpec outer, CommandSpec spec, byte[][] args) {
    if (outer.scope() == KeyScope.TRANSACTION) {
      monitors.ran(session, spec, args);
    } else {
      monitors.ranInScript(session, spec, args);
    }
  }

  /** CLIENT CACHING is for the next command that is not one of CLIENT's own. */
  private static boolean isAboutTheClient(CommandSpec spec) {
    CommandSpec container = spec.parent();
    return container != null && container.name().equals("client");
  }

  /** A connection is gone. */
  void closed(Session session) {
    tracking.stop(session);
  }

  @Override
  public void expired(int database, byte[] key, DataType type) {
    events.expired(database, key, type);
    tracking.expired(key);
  }

  @Override
  public boolean isOverrun() {
    return pubSub.isCongested() && (events.areOn() || tracking.isOn());
  }

  @Override
  public void partsExpired(KeyChange change) {
    if (FieldExpiry.hasLostFields(change.before(), change.after())) {
      events.partsExpired(change);
      tracking.expired(change.key());
    }
  }
}
