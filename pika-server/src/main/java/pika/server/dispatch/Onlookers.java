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
 * Everybody who is notified of commands and changes: MONITOR clients, keyspace event subscribers,
 * clients with tracking. Thread-safe.
 *
 * @param pubSub delivers the notifications
 */
public record Onlookers(PubSub pubSub, Monitors monitors, KeyEvents events, Tracking tracking)
    implements ExpiryListener {
  /** Creates the onlookers of a server, with nobody listening yet. */
  public static Onlookers of(PubSub pubSub, Sessions sessions) {
    return new Onlookers(
        pubSub, new Monitors(pubSub), new KeyEvents(pubSub), new Tracking(pubSub, sessions));
  }

  /**
   * Returns whether a command may write while those who would be notified are lagging too far
   * behind.
   */
  boolean areOverrun(CommandSpec spec) {
    return isOverrun() && spec.mayWrite();
  }

  /** Returns whether any client is in MONITOR mode. */
  boolean areMonitoring() {
    return monitors.areThere();
  }

  /** Called before a command runs. */
  void begins(Session session, CommandSpec spec, byte[][] args, UnitOfWork unit) {
    if (tracking.isOn()) {
      tracking.begins(session, spec, args);
    }
    // A script is shown before the commands it calls.
    if (monitors.areThere() && spec.has(Flag.SKIP_MONITOR)) {
      unit.afterCommit(() -> monitors.begins(session, spec, args));
    }
  }

  /** Called when a script has called {@code spec}. */
  void called(Session session, CommandSpec script, byte[][] scriptArgs, CommandSpec spec) {
    if (tracking.isOn()) {
      tracking.called(session, script, scriptArgs, spec);
    }
  }

  /**
   * Called when a command has succeeded; its changes are announced after their commit.
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
      tracking.ran(session, unit, step);
    }
  }

  /** Called when a step's own command has succeeded, after those that ran on its behalf. */
  void stepSucceeded(Session session, UnitOfWork unit, StepChanges step) {
    if (tracking.isOn()) {
      tracking.ended(unit, session.origin(Origin.Place.AFTER_REPLY), step);
    }
  }

  /**
   * Called when a command has run, successfully or not; only needed while {@link #areMonitoring}.
   */
  void ran(Session session, CommandSpec spec, byte[][] args) {
    // A command that was blocked was shown when it started to wait.
    if (!session.isBlocked()) {
      monitors.ran(session, spec, args);
    }
  }

  /** Called when a command has ended, successfully or not. */
  void ended(Session session, CommandSpec spec) {
    if (session.cachingSaid()
        && !isAboutTheClient(spec)
        && !session.transaction().isOpen()) {
      session.cachingSaid(false);
    }
  }

  /** Like {@link #ran}, for a command run on behalf of {@code outer}, which is EXEC or a script. */
  void ranInside(Session session, CommandSpec outer, CommandSpec spec, byte[][] args) {
    if (outer.scope() == KeyScope.TRANSACTION) {
      monitors.ran(session, spec, args);
    } else {
      monitors.ranInScript(session, spec, args);
    }
  }

  /**
   * Returns whether a command is a subcommand of CLIENT: CLIENT CACHING applies to the next command
   * that isn't one.
   */
  private static boolean isAboutTheClient(CommandSpec spec) {
    CommandSpec container = spec.parent();
    return container != null && container.name().equals("client");
  }

  /** Called when a connection is closed. */
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
