package pika.server.commands;

import java.util.List;
import pika.server.command.CommandTable;
import pika.server.command.Family;
import pika.server.session.ClientPause;
import pika.server.session.Sessions;

/** The one list of all families of commands. */
public final class Families {
  private Families() {}

  /** Every family, wired to what it touches. {@code table} is the one they will be added to. */
  public static List<Family> all(
      CommandTable table, Sessions sessions, ClientPause pause, int databases) {
    return List.of(
        new ConnectionCommands(sessions.users(), () -> databases),
        new ClientCommands(sessions, pause),
        new CommandCommands(table),
        new KeyCommands(),
        new ExpiryCommands(),
        new ScanCommands(),
        new ObjectCommands(),
        new DatabaseCommands());
  }
}
