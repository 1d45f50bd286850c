package pika.server.proof.differential;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import pika.server.proof.Command;

/** Commands that only make sense one after the other; every answer must be the same. */
record InARow(List<Command> commands) implements Step {

  @Override
  public void play(Arena arena) throws IOException, Disagreement {
    for (Command command : commands) {
      arena.duo().ask(command, Agreement.EXACT);
    }
  }

  @Override
  public String toString() {
    return commands.stream().map(command -> "> " + command).collect(Collectors.joining("\n"));
  }
}
