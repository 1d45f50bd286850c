package pika.server.proof.crash;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import pika.server.proof.Command;
import pika.server.proof.RawReply;
import pika.server.proof.Wire;

/**
 * What one connection wrote: the answers as its last acknowledged write left them, and the writes
 * still under way. A connection's writes take effect in order, so after a crash the data must be
 * that of one moment: the acknowledged state, and on top of it the first few of the writes under
 * way. Confined to the writer while it runs, to the test afterwards.
 */
final class Ledger {
  private final Map<Command, RawReply> acknowledged = new LinkedHashMap<>();
  private final Deque<Write> underWay = new ArrayDeque<>();

  void open(Command question, RawReply answer) {
    acknowledged.put(question, answer);
  }

  void sent(Write write) {
    underWay.addLast(write);
  }

  /** The oldest write under way is acknowledged. */
  void acknowledge() {
    Write write = underWay.removeFirst();
    acknowledged.put(write.question(), write.afterwards());
  }

  /**
   * Asks all questions. What is found becomes the acknowledged state, so that later crashes must
   * keep it; an assertion error tells what is lost or torn.
   */
  void check(Wire wire) throws IOException {
    Map<Command, RawReply> found = new LinkedHashMap<>();
    for (Command question : acknowledged.keySet()) {
      found.put(question, wire.ask(question));
    }
    Map<Command, RawReply> lastAcknowledged = Map.copyOf(acknowledged);
    int writes = underWay.size();
    while (!acknowledged.equals(found)) {
      if (underWay.isEmpty()) {
        throw new AssertionError(report(found, lastAcknowledged, writes));
      }
      acknowledge();
    }
    underWay.clear();
  }

  private String report(
      Map<Command, RawReply> found, Map<Command, RawReply> lastAcknowledged, int writes) {
    StringBuilder report = new StringBuilder("no moment of this connection looks like this:\n");
    for (Map.Entry<Command, RawReply> entry : found.entrySet()) {
      Command question = entry.getKey();
      report.append("> %s%n  found             %s%n  last acknowledged %s%n  after %4d more   %s%n"
          .formatted(
              question,
              entry.getValue(),
              lastAcknowledged.get(question),
              writes,
              acknowledged.get(question)));
    }
    return report.toString();
  }
}
