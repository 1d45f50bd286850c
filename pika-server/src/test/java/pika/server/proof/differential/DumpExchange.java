package pika.server.proof.differential;

import java.io.IOException;
import pika.server.proof.Command;
import pika.server.proof.RawReply;

/**
 * Each server restores what the other one has dumped of a key, so that every encoding of both meets
 * the reader of the other. Whether the values are equal is found out by the steps that follow.
 */
record DumpExchange(String key, String target, boolean replace) implements Step {
  static DumpExchange draw(Dice dice) {
    return new DumpExchange(dice.key(), dice.key(), dice.chance(80));
  }

  @Override
  public void play(Arena arena) throws IOException, Disagreement {
    Duo duo = arena.duo();
    Command dump = Command.of("DUMP", key);
    Duo.Answers dumps = duo.ask(dump);
    if (dumps.oracle().isNil() || dumps.subject().isNil()) {
      dumps.compare(dump, Agreement.EXACT);
      return;
    }
    Command toOracle = restore(dumps.subject());
    Command toSubject = restore(dumps.oracle());
    Duo.Answers restored =
        new Duo.Answers(duo.oracle().ask(toOracle), duo.subject().ask(toSubject));
    restored.compare(toSubject, Agreement.EXACT);
  }

  private Command restore(RawReply dump) {
    return replace
        ? Command.of("RESTORE", target, 0, dump.content(), "REPLACE")
        : Command.of("RESTORE", target, 0, dump.content());
  }

  @Override
  public String toString() {
    return "-- exchange dumps of " + key + " to " + target + (replace ? " REPLACE" : "");
  }
}
