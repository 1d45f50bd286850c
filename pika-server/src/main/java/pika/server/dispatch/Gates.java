package pika.server.dispatch;

import java.util.List;
import java.util.Set;
import pika.net.resp.Protocol;
import pika.server.command.CommandException;
import pika.server.command.CommandSpec;
import pika.server.command.Flag;
import pika.server.session.Session;

/**
 * The checks before a command runs, in order; the first one that refuses determines the error.
 * Thread-safe.
 */
public final class Gates {
  /** A single check. */
  @FunctionalInterface
  public interface Gate {
    /** Throws a {@link CommandException} if the session may not run the command now. */
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

  /**
   * Limits subscribed RESP2 clients to a few commands: they could not tell a reply from a message.
   */
  public static final Gate NOT_LISTENING = (session, spec, args) -> {
    if (session.subscriber().isSubscribed()
        && session.protocol() == Protocol.RESP2
        && !FOR_LISTENERS.contains(spec.fullName())) {
      throw new CommandException("ERR Can't execute '" + spec.fullName()
          + "': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this"
          + " context");
    }
  };

  /** Denies clients in MONITOR mode all commands that read, write or publish. */
  public static final Gate NOT_MONITORING = (session, spec, args) -> {
    if (session.subscriber().isMonitoring()
        && (spec.has(Flag.READONLY) || spec.has(Flag.WRITE) || spec.has(Flag.MAY_REPLICATE))) {
      throw new CommandException("ERR Replica can't interact with the keyspace");
    }
  };

  private final List<Gate> gates;

  /** Creates the list of gates, in this order. */
  public Gates(List<Gate> gates) {
    this.gates = List.copyOf(gates);
  }

  void check(Session session, CommandSpec spec, byte[][] args) {
    for (Gate gate : gates) {
      gate.check(session, spec, args);
    }
  }
}
