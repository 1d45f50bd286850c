package pika.server.dispatch;

import java.util.BitSet;
import java.util.List;
import pika.server.command.CommandSpec;
import pika.server.command.CommandTable;
import pika.server.command.Place;

/**
 * Where a call of a command starts to run: where the command itself says, unless the operator has
 * named it among the slow ones ({@code slow-cmd-list}). Safe for many threads.
 */
public final class Placement {
  private final CommandTable table;
  /** The commands named as slow, by {@link CommandSpec#index()}; replaced, never changed. */
  private volatile BitSet slow = new BitSet();

  /** The commands' own places; the table must be complete. */
  public Placement(CommandTable table) {
    this.table = table;
  }

  /**
   * Sends these commands to the slow pool from now on, and no others but those that belong there
   * anyway. A container's name stands for all its subcommands; an unknown name for nothing, because
   * the list may come from another server's file.
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
