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
 * SCAN from cursor 0 until it is 0 again: cursors and order are each server's own, the set is not.
 */
record FullScan(List<Object> options) implements Step {
  private static final int MOST_CALLS = 10_000;

  static FullScan draw(Dice dice) {
    Draft options = new Draft(dice)
        .sometimes(40, d -> d.word("MATCH", "match").word(KeyFamily.GLOBS))
        .sometimes(40, d -> d.and("COUNT").word("1", "2", "5", "1000"))
        .sometimes(30, d -> d.and("TYPE").word("string", "STRING", "list", "zset", "hash"));
    return new FullScan(options.words());
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
      List<RawReply> reply = wire.ask(from(cursor)).elements();
      if (reply.size() != 2) {
        throw new Disagreement(from(cursor) + " is refused");
      }
      reply.get(1).elements().forEach(key -> found.add(key.toString()));
      cursor = reply.get(0).text();
      if (cursor.equals("0")) {
        return found;
      }
    }
    throw new Disagreement(this + " has not ended after " + MOST_CALLS + " calls");
  }

  private Command from(String cursor) {
    List<Object> words = new ArrayList<>(List.of("SCAN", cursor));
    words.addAll(options);
    return Command.of(words.toArray());
  }

  @Override
  public String toString() {
    return "> " + from("0") + "   (to the end)";
  }
}
