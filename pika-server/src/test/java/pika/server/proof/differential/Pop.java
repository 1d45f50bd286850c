package pika.server.proof.differential;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import pika.server.proof.Command;
import pika.server.proof.Notation;
import pika.server.proof.RawReply;
import pika.server.proof.Wire;

/**
 * SPOP: ours draws, and takes as many as it should and only what is there; the other then removes
 * the same.
 */
record Pop(List<Object> words) implements Step {
  static Pop draw(Dice dice) {
    return new Pop(dice.command("SPOP")
        .key()
        .sometimes(60, d -> d.word("0", "1", "2", "3", "10", "1000", "-1", "abc", ""))
        .sometimes(4, d -> d.word("1"))
        .words());
  }

  @Override
  public void play(Arena arena) throws IOException, Disagreement {
    Wire oracle = arena.duo().oracle();
    RawReply size = oracle.ask("SCARD", words.get(1));
    RawReply reply = arena.duo().subject().ask(command());
    if (size.isError() || reply.isError()) {
      RawReply expected = oracle.ask(command());
      if (!expected.equals(reply)) {
        throw new Disagreement(command(), expected, reply);
      }
      return;
    }
    long wanted = words.size() == 2 ? 1 : Long.parseLong(words.get(2).toString());
    take(oracle, reply, Math.min(wanted, size.asLong()));
  }

  private void take(Wire oracle, RawReply reply, long expected) throws IOException, Disagreement {
    List<RawReply> popped = reply.isAggregate() ? reply.elements() : List.of(reply);
    Set<String> different = new HashSet<>();
    List<Object> removal = new ArrayList<>(List.of("SREM", words.get(1)));
    for (RawReply member : popped) {
      if (!member.isNil() && different.add(Notation.text(member.content()))) {
        removal.add(member.content());
      }
    }
    long removed = different.isEmpty() ? 0 : oracle.ask(removal.toArray()).asLong();
    if (different.size() != expected || removed != expected) {
      throw new Disagreement(
          "%s\n  must answer %d members, each once, not %s".formatted(this, expected, reply));
    }
  }

  private Command command() {
    return Command.of(words.toArray());
  }

  @Override
  public String toString() {
    return "> " + command() + "   (at random)";
  }
}
