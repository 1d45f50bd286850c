package pika.server.dispatch;

import java.util.BitSet;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pika.server.command.CommandSpec;
import pika.server.command.CommandTable;
import pika.server.command.Flag;
import pika.server.command.KeyScope;
import pika.server.command.Place;
import pika.server.session.Session;
import pika.server.transaction.Transaction;

/**
 * Decides where a command starts to run: where it declares itself, unless the operator has listed
 * it as slow ({@code slow-cmd-list}), or EXEC, where the commands queued for it do. Thread-safe.
 */
public final class Placement {
  private static final Logger LOG = LoggerFactory.getLogger(Placement.class);

  private final CommandTable table;
  /** The commands listed as slow, by {@link CommandSpec#index()}; replaced, never modified. */
  private volatile BitSet slow = new BitSet();

  /** Creates the placement without listed commands; the table must be complete. */
  public Placement(CommandTable table) {
    this.table = table;
  }

  /**
   * Replaces the list of slow commands. A container's name includes all its subcommands. Unknown
   * names are ignored with a warning, because the list may come from another server's configuration.
   */
  public void slow(List<String> names) {
    BitSet named = new BitSet();
    for (String name : names) {
      CommandSpec spec = table.findFullName(name);
      if (spec == null) {
        LOG.warn("slow-cmd-list: ignoring unknown command '{}'", name);
        continue;
      }
      named.set(spec.index());
      spec.subcommands().forEach(child -> named.set(child.index()));
    }
    slow = named;
  }

  /** Returns where a session's command runs; one that is only queued runs anywhere. */
  Place of(Session session, CommandSpec spec, byte[][] args) {
    if (!session.transaction().isOpen()) {
      return of(spec, args);
    }
    return spec.scope() == KeyScope.TRANSACTION ? of(session.transaction()) : Place.LOOP;
  }

  /**
   * Returns where EXEC runs: where the slowest of its commands does. A command without keys that
   * takes some time has effects that can't be rolled back, so it is started only where it can be
   * completed.
   */
  private Place of(Transaction transaction) {
    Place place = Place.LOOP;
    for (byte[][] args : transaction.queue()) {
      CommandSpec spec = table.resolved(args);
      boolean once = spec.scope() == KeyScope.NONE && !spec.has(Flag.FAST);
      Place own = once ? Place.SLOW : of(spec, args);
      place = place.and(own);
    }
    return place;
  }

  /** Returns where a command runs, be it alone or in another command's step. */
  Place of(CommandSpec spec, byte[][] args) {
    return slow.get(spec.index()) ? Place.SLOW : spec.place(args);
  }
}
