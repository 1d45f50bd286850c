package pika.server.proof.differential;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import pika.server.proof.Command;

/** Commands that only make sense one after the other; every answer must be the same. */
record InARow(List<Step> steps) implements Step {

  static InARow of(List<Command> commands) {
    return new InARow(commands.stream()
        .<Step>map(command -> new Ask(command, Agreement.EXACT))
        .toList());
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
