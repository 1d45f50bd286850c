package pika.server.proof.differential;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import pika.server.proof.Command;
import pika.server.proof.RawReply;
import pika.server.proof.Wire;

/**
 * A scan through one collection whose elements come in pairs, from cursor 0 until it is 0 again: cursors and order are each
 * server's own, the set of pairs is not.
 */
record FullMemberScan(String command, String key, List<Object> options) implements Step {
  private static final int MOST_CALLS = 10_000;

  static FullMemberScan draw(String command, Dice dice) {
    Draft options = new Draft(dice)
        .sometimes(40, d -> d.word("MATCH", "match").word("*", "a*", "?", "[a-c]", "", "*1*"))
        .sometimes(40, d -> d.and("COUNT").word("1", "2", "5", "1000"));
    return new FullMemberScan(command, dice.key(), options.words());
  }

  @Override
  public void play(Arena arena) throws IOException, Disagreement {
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
      RawReply reply = wire.ask(from(cursor));
      if (reply.isError()) {
        return Set.of(reply.text());
      }
      List<RawReply> items = reply.elements().get(1).elements();
      for (int i = 0; i < items.size(); i += 2) {
        found.add(items.get(i).inFull() + " " + items.get(i + 1).inFull());
      }
      cursor = reply.elements().get(0).text();
      if (cursor.equals("0")) {
        return found;
      }
    }
    throw new Disagreement(this + " has not ended after " + MOST_CALLS + " calls");
  }

  private Command from(String cursor) {
    List<Object> words = new ArrayList<>(List.of(command, key, cursor));
    words.addAll(options);
    return Command.of(words.toArray());
  }

  @Override
  public String toString() {
    return "> " + from("0") + "   (to the end)";
  }
}
