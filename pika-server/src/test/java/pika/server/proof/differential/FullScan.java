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
 * A scan from cursor 0 until it is 0 again: cursors and order are each server's own, the set of
 * what it finds is not.
 *
 * @param scanned the command and what it scans
 * @param parts how many items of the reply each element has
 */
record FullScan(List<Object> scanned, int parts, List<Object> options) implements Step {
  private static final int MOST_CALLS = 10_000;

  static FullScan keys(Dice dice) {
    Draft options = options(dice, KeyFamily.GLOBS)
        .sometimes(30, d -> d.and("TYPE").word("string", "STRING", "list", "zset", "hash"));
    return new FullScan(List.of("SCAN"), 1, options.words());
  }

  static FullScan fields(Dice dice) {
    return elements("HSCAN", 2, dice, List.of("*", "f*", "?", "[0-9]*", "*1*", ""));
  }

  static FullScan members(Dice dice) {
    return elements("SSCAN", 1, dice, List.of("*", "f*", "?", "[0-9]*", "*1*", ""));
  }

  static FullScan scores(Dice dice) {
    return elements("ZSCAN", 2, dice, List.of("*", "a*", "?", "[a-c]", "", "*1*"));
  }

  private static FullScan elements(String command, int parts, Dice dice, List<String> patterns) {
    return new FullScan(
        List.of(command, dice.key()), parts, options(dice, patterns).words());
  }

  private static Draft options(Dice dice, List<String> patterns) {
    return new Draft(dice)
        .sometimes(40, d -> d.word("MATCH", "match").word(patterns))
        .sometimes(40, d -> d.and("COUNT").word("1", "2", "5", "1000"));
  }

  @Override
  public void play(Arena arena) throws IOException, Disagreement {
    Set<String> expected = scan(arena.duo().oracle());
    Set<String> actual = scan(arena.duo().subject());
    if (!expected.equals(actual)
        && scanned.get(0).equals("ZSCAN")
        && ObjectEncoding.isReloaded(arena.duo(), (String) scanned.get(1))) {
      // A large set tells large scores in another way.
      expected = scan(arena.duo().oracle());
    }
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
      for (int i = 0; i < items.size(); i += parts) {
        found.add(
            items.subList(i, i + parts).stream().map(RawReply::inFull).toList().toString());
      }
      cursor = reply.elements().get(0).text();
      if (cursor.equals("0")) {
        return found;
      }
    }
    throw new Disagreement(this + " has not ended after " + MOST_CALLS + " calls");
  }

  private Command from(String cursor) {
    List<Object> words = new ArrayList<>(scanned);
    words.add(cursor);
    words.addAll(options);
    return Command.of(words.toArray());
  }

  @Override
  public String toString() {
    return "> " + from("0") + "   (to the end)";
  }
}
