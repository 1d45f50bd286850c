package pika.server.dispatch;

import java.util.BitSet;
import java.util.List;
import pika.server.command.CommandSpec;
import pika.server.command.CommandTable;
import pika.server.command.Place;

/**
 * Decides where a command starts to run: where it declares itself, unless the operator has listed
 * it as slow ({@code slow-cmd-list}). Thread-safe.
 */
public final class Placement {
  private final CommandTable table;
  /** The commands listed as slow, by {@link CommandSpec#index()}; replaced, never modified. */
  private volatile BitSet slow = new BitSet();

  /** Creates the placement without listed commands; the table must be complete. */
  public Placement(CommandTable table) {
    this.table = table;
  }

  /**
   * Replaces the list of slow commands. A container's name includes all its subcommands. Unknown
   * names are ignored, because the list may come from another server's configuration.
   */
  public void slow(List<String> names) {
    BitSet named = new BitSet();
    for (String name : names) {
      CommandSpec spec = table.findFullName(name);
      if (spec != null) {
        named.set(spec.index());
        spec.subcommands().forEach(child -> named.set(child.index()));
      }
    }
    slow = named;
  }

  Place of(CommandSpec spec, byte[][] args) {
    return slow.get(spec.index()) ? Place.SLOW : spec.place(args);
  }
}
