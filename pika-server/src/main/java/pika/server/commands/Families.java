package pika.server.commands;

import java.util.List;
import java.util.function.Supplier;
import pika.server.command.CommandTable;
import pika.server.command.Family;
import pika.server.session.ClientPause;
import pika.server.session.Sessions;
import pika.storage.string.StringLimits;

/** The one list of all families of commands. */
public final class Families {
  private Families() {}

  /**
   * Every family, wired to what it touches. {@code table} is the one they will be added to; {@code
   * limits} tells those of strings that are in force.
   */
  public static List<Family> all(
      CommandTable table,
      Sessions sessions,
      ClientPause pause,
      int databases,
      Supplier<StringLimits> limits) {
    return List.of(
        new ConnectionCommands(sessions.users(), () -> databases),
        new ClientCommands(sessions, pause),
        new CommandCommands(table),
        new StringCommands(limits),
        new NumberCommands(limits),
        new SubstringCommands(limits),
        new BitmapCommands(limits),
        new KeyCommands(),
        new ExpiryCommands(),
        new ScanCommands(),
        new ObjectCommands(),
        new DatabaseCommands());
  }
}
