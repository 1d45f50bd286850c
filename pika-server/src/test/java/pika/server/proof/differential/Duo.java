package pika.server.proof.differential;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import pika.server.proof.Command;
import pika.server.proof.RawReply;
import pika.server.proof.ServerProcess;
import pika.server.proof.Wire;

/** A connection to the oracle and one to the server under test, which are told the same. */
final class Duo implements AutoCloseable {
  private final Wire oracle;
  private final Wire subject;

  Duo(ServerProcess oracle, ServerProcess subject, Protocol protocol, Duration patience)
      throws IOException {
    this.oracle = oracle.connect().patience(patience);
    this.subject = subject.connect().patience(patience);
    this.oracle.ask("HELLO", protocol.number());
    this.subject.ask("HELLO", protocol.number());
  }

  /** What the two said. */
  record Answers(RawReply oracle, RawReply subject) {
    void compare(Command command, Agreement agreement) throws Disagreement {
      if (!agreement.agree(oracle, subject)) {
        throw new Disagreement(command, oracle, subject);
      }
    }
  }

  /** Both at the same moment, as far as this machine can. */
  Answers ask(Command command) throws IOException {
    oracle.send(command).flush();
    subject.send(command).flush();
    return new Answers(oracle.receive(), subject.receive());
  }

  Answers ask(Command command, Agreement agreement) throws IOException, Disagreement {
    Answers answers = ask(command);
    answers.compare(command, agreement);
    return answers;
  }

  Answers ask(Object... words) throws IOException, Disagreement {
    return ask(Command.of(words), Agreement.EXACT);
  }

  /** All at once, as a pipelining client writes them. */
  List<Answers> askAll(List<Command> commands) throws IOException {
    List<RawReply> expected = oracle.askAll(commands);
    List<RawReply> actual = subject.askAll(commands);
    List<Answers> answers = new ArrayList<>(commands.size());
    for (int i = 0; i < commands.size(); i++) {
      answers.add(new Answers(expected.get(i), actual.get(i)));
    }
    return answers;
  }

  /** Whether both servers have closed. */
  boolean isClosedByBoth() throws IOException {
    return oracle.isClosedByPeer() && subject.isClosedByPeer();
  }

  Wire oracle() {
    return oracle;
  }

  Wire subject() {
    return subject;
  }

  @Override
  public void close() throws IOException {
    oracle.close();
    subject.close();
  }
}
