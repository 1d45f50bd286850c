package pika.server.proof.differential;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import pika.server.proof.Command;
import pika.server.proof.Notation;

/** Commands that only make sense one after the other; every answer must be the same. */
record InARow(List<Step> steps) implements Step {

  static InARow of(List<Command> commands) {
    return new InARow(commands.stream().map(InARow::step).toList());
  }

  /**
   * The name of an encoding may differ in ways that are told elsewhere: another type may be under
   * the key.
   */
  private static Step step(Command command) {
    boolean asksEncoding = command.name().equals("OBJECT") && command.args().size() == 3;
    return asksEncoding
        ? new ObjectEncoding(Notation.text(command.args().get(2)))
        : new Ask(command, Agreement.EXACT);
  }

  @Override
  public void play(Arena arena) throws IOException, Disagreement {
    for (Step step : steps) {
      step.play(arena);
    }
  }

  @Override
  public String toString() {
    return steps.stream().map(Step::toString).collect(Collectors.joining("\n"));
  }
}
