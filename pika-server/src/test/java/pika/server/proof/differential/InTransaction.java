package pika.server.proof.differential;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import pika.server.proof.Command;
import pika.server.proof.RawReply;

/**
 * A transaction: every command must be taken or refused alike, and EXEC must answer each of them
 * alike.
 *
 * @param watched WATCH commands before MULTI
 * @param inside what stands between MULTI and the end
 * @param meanwhile what another connection does before the end
 * @param end EXEC or DISCARD
 */
record InTransaction(List<Command> watched, List<Ask> inside, List<Command> meanwhile, String end)
    implements Step {

  @Override
  public void play(Arena arena) throws IOException, Disagreement {
    Duo duo = arena.duo();
    for (Command watch : watched) {
      duo.ask(watch, Agreement.EXACT);
    }
    duo.ask("MULTI");
    List<Ask> queued = new ArrayList<>();
    for (Ask ask : inside) {
      Duo.Answers answers = duo.ask(ask.command(), Agreement.EXACT);
      if (answers.oracle().equals(RawReply.of("+QUEUED\r\n"))) {
        queued.add(ask);
      }
    }
    interfere(arena);
    Command last = Command.of(end);
    Duo.Answers answers = duo.ask(last);
    if (!answers.oracle().isAggregate() || answers.oracle().isNil()) {
      answers.compare(last, Agreement.EXACT);
      return;
    }
    answers.compare(
        last,
        (oracle, subject) -> subject.isAggregate()
            && subject.elements().size() == oracle.elements().size());
    for (int i = 0; i < queued.size(); i++) {
      Duo.Answers each = new Duo.Answers(
          answers.oracle().elements().get(i), answers.subject().elements().get(i));
      each.compare(queued.get(i).command(), queued.get(i).agreement());
    }
  }

  private void interfere(Arena arena) throws IOException, Disagreement {
    if (!meanwhile.isEmpty()) {
      try (Duo other = arena.aside()) {
        for (Command command : meanwhile) {
          other.ask(command, Agreement.EXACT);
        }
      }
    }
  }

  @Override
  public String toString() {
    Stream<String> before = watched.stream().map(command -> "> " + command);
    Stream<String> between = inside.stream().map(ask -> ">   " + ask.command());
    Stream<String> other = meanwhile.stream().map(command -> "other> " + command);
    return Stream.of(before, Stream.of("> MULTI"), between, other, Stream.of("> " + end))
        .flatMap(lines -> lines)
        .collect(Collectors.joining("\n"));
  }
}
