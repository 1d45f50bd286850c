package pika.server.proof.differential;

import java.io.IOException;
import pika.server.proof.Command;
import pika.server.proof.RawReply;
import pika.server.proof.Wire;

/** RANDOMKEY answers a key of its own server, and nil where the other does. */
record RandomKey() implements Step {
  @Override
  public void play(Arena arena) throws IOException, Disagreement {
    Duo duo = arena.duo();
    Duo.Answers answers = duo.ask(Command.of("RANDOMKEY"), Agreement.SAME_KIND);
    mustExist(duo.oracle(), answers.oracle());
    mustExist(duo.subject(), answers.subject());
  }

  private static void mustExist(Wire wire, RawReply key) throws IOException, Disagreement {
    if (!key.isNil() && wire.ask("EXISTS", key.content()).asLong() != 1) {
      throw new Disagreement("> RANDOMKEY\n  answered %s, which is not there".formatted(key));
    }
  }

  @Override
  public String toString() {
    return "> RANDOMKEY";
  }
}
