package pika.server.proof.differential;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import pika.server.proof.Command;
import pika.server.proof.Notation;

/** Commands that only make sense one after the other; every answer must be the same. */
record InARow(List<Command> commands) implements Step {

  @Override
  public void play(Arena arena) throws IOException, Disagreement {
    for (Command command : commands) {
      if (isEncoding(command)) {
        ObjectEncoding.compare(arena, arena.duo(), Notation.text(command.args().get(2)));
      } else {
        arena.duo().ask(command, Agreement.EXACT);
      }
    }
  }

  /** Which may differ in ways that are told elsewhere: another type may be under the key. */
  private static boolean isEncoding(Command command) {
    return command.name().equals("OBJECT") && command.args().size() == 3;
  }

  @Override
  public String toString() {
    return commands.stream().map(command -> "> " + command).collect(Collectors.joining("\n"));
  }
}
