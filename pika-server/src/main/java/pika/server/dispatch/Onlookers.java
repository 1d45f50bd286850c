package pika.server.dispatch;

import pika.server.command.CommandSpec;
import pika.server.events.KeyEvents;
import pika.server.monitor.Monitors;
import pika.server.pubsub.Origin;
import pika.server.pubsub.PubSub;
import pika.server.session.Session;
import pika.storage.key.UnitOfWork;

/**
 * All who are told what commands do: those who monitor, and those who listen to events. Safe for many
 * threads.
 *
 * @param pubSub the way to them
 */
public record Onlookers(PubSub pubSub, Monitors monitors, KeyEvents events) {
  /** Those of a server on which nobody listens yet. */
  public static Onlookers of(PubSub pubSub) {
    return new Onlookers(pubSub, new Monitors(pubSub), new KeyEvents(pubSub));
  }

  /** Whether what a command changes is told, and those who would hear it are behind already. */
  boolean areOverrun(CommandSpec spec) {
    return pubSub.isCongested() && spec.mayWrite() && events.areOn();
  }

  /**
   * A command has succeeded; what it has changed is told after its commit.
   *
   * @throws pika.storage.key.WouldBlock if finding out would have to wait
   */
  void succeeded(Session session, CommandSpec spec, byte[][] args, UnitOfWork unit) {
    if (events.areOn()) {
      Origin origin = session.origin(Origin.Place.BEFORE_REPLY);
      events.ran(spec, args, session.db(), unit, origin);
    }
  }

  /** A command has run, with success or without. */
  void ran(Session session, CommandSpec spec, byte[][] args) {
    // A command that waits was shown when it began to.
    if (monitors.areThere() && !session.isBlocked()) {
      monitors.ran(session, spec, args);
    }
  }
}
