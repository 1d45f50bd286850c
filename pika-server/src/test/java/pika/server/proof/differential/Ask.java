package pika.server.proof.differential;

import java.io.IOException;
import pika.server.proof.Command;
import pika.server.proof.Notation;

/** One command to both servers, the answers compared: the step that can be pipelined. */
record Ask(Command command, Agreement agreement) implements Step {
  @Override
  public void play(Arena arena) throws IOException, Disagreement {
    arena.duo().ask(command, agreement);
  }

  /** Whether both name the same key of the pool, so that one can matter to the other. */
  boolean sharesKeyWith(Command other) {
    return Dice.KEYS.stream().anyMatch(key -> names(command, key) && names(other, key));
  }

  private static boolean names(Command command, String key) {
    return command.args().stream().skip(1).anyMatch(arg -> Notation.text(arg).equals(key));
  }

  @Override
  public String toString() {
    return "> " + command;
  }
}
