package pika.server.proof.differential;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import pika.server.proof.Command;
import pika.server.proof.RawReply;
import pika.server.proof.ServerProcess;
import pika.server.proof.Wire;

/**
 * Several connections to one server that do different things in turn, and everything each of them
 * is sent, in order. Confined to the test's thread.
 */
final class Listeners implements AutoCloseable {
  private final List<Wire> wires = new ArrayList<>();
  private int marks;

  /** One connection for each protocol given. */
  static Listeners to(ServerProcess server, Protocol... protocols) throws IOException {
    Listeners listeners = new Listeners();
    for (Protocol protocol : protocols) {
      Wire wire = server.connect();
      wire.ask("HELLO", protocol.number());
      listeners.wires.add(wire);
    }
    return listeners;
  }

  int count() {
    return wires.size();
  }

  Wire wire(int index) {
    return wires.get(index);
  }

  /** Runs a command on one connection and tells what has come over every one of them by then. */
  List<String> play(int index, Command command) throws IOException {
    wires.get(index).send(command).flush();
    List<String> heard = new ArrayList<>();
    heard.addAll(label(index, drain(index)));
    for (int i = 0; i < wires.size(); i++) {
      if (i != index) {
        heard.addAll(label(i, drain(i)));
      }
    }
    return heard;
  }

  /**
   * Everything up to the answers of two PINGs, which any client may send. Redis keeps some messages
   * until it has nothing else to do, which may be between the two.
   */
  List<RawReply> drain(int index) throws IOException {
    List<RawReply> drained = new ArrayList<>();
    drainTo(index, drained);
    drainTo(index, drained);
    return drained;
  }

  private void drainTo(int index, List<RawReply> drained) throws IOException {
    String mark = "mark-" + marks++;
    Wire wire = wires.get(index);
    wire.send(Command.of("PING", mark)).flush();
    RawReply reply = wire.receive();
    while (!isAnswer(reply, mark)) {
      drained.add(reply);
      reply = wire.receive();
    }
  }

  private static boolean isAnswer(RawReply reply, String mark) {
    RawReply last = reply.isAggregate() && !reply.elements().isEmpty()
        ? reply.elements().get(reply.elements().size() - 1)
        : reply;
    return last.type() == '$' && !last.isNil() && last.text().equals(mark);
  }

  private static List<String> label(int index, List<RawReply> replies) {
    return inAnyOrder(replies).stream().map(text -> index + ": " + text).toList();
  }

  /**
   * Redis goes through patterns, and through what it unsubscribes, in the order of a hash table.
   */
  private static List<String> inAnyOrder(List<RawReply> replies) {
    List<String> texts = new ArrayList<>();
    List<RawReply> run = new ArrayList<>();
    String kindOfRun = "";
    for (RawReply reply : replies) {
      String kind = kind(reply);
      if (!kind.equals(kindOfRun)) {
        texts.addAll(settled(kindOfRun, run));
        run.clear();
        kindOfRun = kind;
      }
      run.add(reply);
    }
    texts.addAll(settled(kindOfRun, run));
    return texts;
  }

  private static String kind(RawReply reply) {
    List<RawReply> parts = reply.elements();
    String word = parts.isEmpty() ? "" : parts.get(0).inFull();
    if (word.endsWith("unsubscribe\"")) {
      return word;
    }
    return word.equals("$\"pmessage\"")
        ? word + parts.get(2).inFull() + parts.get(3).inFull()
        : "";
  }

  private static List<String> settled(String kind, List<RawReply> run) {
    if (kind.endsWith("unsubscribe\"")) {
      String names = column(run, 1).sorted().collect(Collectors.joining(" "));
      return List.of(kind + names + column(run, 2).collect(Collectors.joining(" ", " ", "")));
    }
    List<String> texts = new ArrayList<>(run.stream().map(RawReply::inFull).toList());
    if (!kind.isEmpty()) {
      texts.sort(null);
    }
    return texts;
  }

  private static Stream<String> column(List<RawReply> replies, int index) {
    return replies.stream().map(reply -> reply.elements().get(index).inFull());
  }

  @Override
  public void close() throws IOException {
    for (Wire wire : wires) {
      wire.close();
    }
  }
}
