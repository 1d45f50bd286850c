package pika.server.dispatch;

import java.util.List;
import java.util.Set;
import pika.net.resp.Protocol;
import pika.server.command.CommandException;
import pika.server.command.CommandSpec;
import pika.server.command.Flag;
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

  private static final Set<String> FOR_LISTENERS = Set.of(
      "subscribe",
      "unsubscribe",
      "psubscribe",
      "punsubscribe",
      "ssubscribe",
      "sunsubscribe",
      "ping",
      "quit",
      "reset");

  /** A RESP2 client that has subscribed could not tell a reply from a message. */
  public static final Gate NOT_LISTENING = (session, spec, args) -> {
    if (session.subscriber().isSubscribed()
        && session.protocol() == Protocol.RESP2
        && !FOR_LISTENERS.contains(spec.fullName())) {
      throw new CommandException("ERR Can't execute '" + spec.fullName()
          + "': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this"
          + " context");
    }
  };

  /** Who watches all commands has none of its own but those about the connection. */
  public static final Gate NOT_MONITORING = (session, spec, args) -> {
    if (session.subscriber().isMonitoring()
        && (spec.has(Flag.READONLY) || spec.has(Flag.WRITE) || spec.has(Flag.MAY_REPLICATE))) {
      throw new CommandException("ERR Replica can't interact with the keyspace");
    }
  };

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
