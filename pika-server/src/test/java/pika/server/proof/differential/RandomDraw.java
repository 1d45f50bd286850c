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
 * SRANDMEMBER or HRANDFIELD: each server draws what it likes, but as much as the other, and only
 * what is there; never the same twice when different elements were asked for.
 *
 * @param membership the command that tells whether an element is there
 */
record RandomDraw(List<Object> words, String membership) implements Step {
  private static final Agreement SAME_NUMBER = (oracle, subject) -> oracle.isAggregate()
      ? oracle.type() == subject.type()
          && oracle.elements().size() == subject.elements().size()
      : Agreement.SAME_KIND.agree(oracle, subject);

  static RandomDraw members(Dice dice) {
    Draft draft = dice.command("SRANDMEMBER").key().sometimes(75, RandomDraw::count);
    return new RandomDraw(draft.sometimes(5, d -> d.word("1", "x")).words(), "SISMEMBER");
  }

  static RandomDraw fields(Dice dice) {
    Draft draft = dice.command("HRANDFIELD").key();
    draft = draft.sometimes(
        75, d -> count(d).sometimes(50, e -> e.word("WITHVALUES", "withvalues", "BOGUS")));
    return new RandomDraw(draft.sometimes(3, d -> d.word("1", "x")).words(), "HEXISTS");
  }

  private static Draft count(Draft draft) {
    return draft.word(
        "0",
        "1",
        "2",
        "3",
        "7",
        "500",
        "100000",
        "-1",
        "-3",
        "-20",
        "abc",
        "1.0",
        "",
        "-9223372036854775808",
        "9223372036854775807");
  }

  @Override
  public void play(Arena arena) throws IOException, Disagreement {
    Duo duo = arena.duo();
    Duo.Answers answers = duo.ask(command(), SAME_NUMBER);
    check(duo.oracle(), answers.oracle());
    check(duo.subject(), answers.subject());
  }

  private Command command() {
    return Command.of(words.toArray());
  }

  private void check(Wire wire, RawReply reply) throws IOException, Disagreement {
    if (reply.isError() || reply.isNil()) {
      return;
    }
    List<RawReply> names = names(reply);
    Set<String> different = new HashSet<>();
    for (RawReply name : names) {
      different.add(Notation.text(name.content()));
      if (wire.ask(membership, words.get(1), name.content()).asLong() != 1) {
        throw new Disagreement("%s\n  answered %s, which is not there".formatted(this, name));
      }
    }
    boolean mayRepeat = words.size() < 3 || words.get(2).toString().startsWith("-");
    if (!mayRepeat && different.size() < names.size()) {
      throw new Disagreement("%s\n  answered something twice: %s".formatted(this, reply));
    }
  }

  private List<RawReply> names(RawReply reply) {
    if (!reply.isAggregate()) {
      return List.of(reply);
    }
    List<RawReply> names = new ArrayList<>();
    boolean isFlat = words.size() == 4;
    for (RawReply element : reply.elements()) {
      names.add(element.isAggregate() ? element.elements().get(0) : element);
      isFlat &= !element.isAggregate();
    }
    if (isFlat) {
      names.clear();
      for (int i = 0; i < reply.elements().size(); i += 2) {
        names.add(reply.elements().get(i));
      }
    }
    return names;
  }

  @Override
  public String toString() {
    return "> " + command() + "   (at random)";
  }
}
