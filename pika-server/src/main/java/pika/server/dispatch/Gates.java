package pika.server.dispatch;

import java.util.List;
import pika.server.command.CommandSpec;
import pika.server.session.Session;

/**
 * What a command has to pass before it runs, in order; the first gate that refuses says why. Safe for many threads.
 */
public final class Gates {
  /** One condition. */
  @FunctionalInterface
  public interface Gate {
    /** Throws the error reply if the session may not run the command now. */
    void check(Session session, CommandSpec spec, byte[][] args);
  }

  private final List<Gate> gates;

  /** These gates in this order. */
  public Gates(List<Gate> gates) {
    this.gates = List.copyOf(gates);
  }

  void check(Session session, CommandSpec spec, byte[][] args) {
    for (Gate gate : gates) {
      gate.check(session, spec, args);
    }
  }
}
