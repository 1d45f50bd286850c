package pika.server.proof.differential;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import pika.server.proof.Command;
import pika.server.proof.RawReply;
import pika.server.proof.Wire;

/** HSCAN or SSCAN from cursor 0 until it is 0 again: cursors and order are each server's own, the set is not. */
record FullElementScan(String name, int parts, String key, List<Object> options) implements Step {
  private static final int MOST_CALLS = 10_000;

  static FullElementScan fields(Dice dice) {
    return new FullElementScan("HSCAN", 2, dice.key(), options(dice));
  }

  static FullElementScan members(Dice dice) {
    return new FullElementScan("SSCAN", 1, dice.key(), options(dice));
  }

  private static List<Object> options(Dice dice) {
    return new Draft(dice)
        .sometimes(40, d -> d.word("MATCH", "match").word("*", "f*", "?", "[0-9]*", "*1*", ""))
        .sometimes(40, d -> d.and("COUNT").word("1", "2", "5", "1000"))
        .words();
  }

  @Override
  public void play(Arena arena) throws IOException, Disagreement {
    Duo.Answers first = arena.duo().ask(from("0"));
    if (first.oracle().isError() || first.subject().isError()) {
      first.compare(from("0"), Agreement.EXACT);
      return;
    }
    Set<String> expected = scan(arena.duo().oracle());
    Set<String> actual = scan(arena.duo().subject());
    if (!expected.equals(actual)) {
      throw new Disagreement(this + "\n  redis < %s\n  ours  < %s".formatted(expected, actual));
    }
  }

  private Set<String> scan(Wire wire) throws IOException, Disagreement {
    Set<String> found = new TreeSet<>();
    String cursor = "0";
    for (int call = 0; call < MOST_CALLS; call++) {
      List<RawReply> reply = wire.ask(from(cursor)).elements();
      if (reply.size() != 2) {
        throw new Disagreement(from(cursor) + " is refused");
      }
      List<RawReply> elements = reply.get(1).elements();
      for (int i = 0; i < elements.size(); i += parts) {
        found.add(elements.subList(i, i + parts).toString());
      }
      cursor = reply.get(0).text();
      if (cursor.equals("0")) {
        return found;
      }
    }
    throw new Disagreement(this + " has not ended after " + MOST_CALLS + " calls");
  }

  private Command from(String cursor) {
    List<Object> words = new ArrayList<>(List.of(name, key, cursor));
    words.addAll(options);
    return Command.of(words.toArray());
  }

  @Override
  public String toString() {
    return "> " + from("0") + "   (to the end)";
  }
}
