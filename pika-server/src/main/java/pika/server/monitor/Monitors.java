package pika.server.monitor;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import pika.net.resp.Reply;
import pika.net.server.Connection;
import pika.server.command.CommandSpec;
import pika.server.command.Flag;
import pika.server.pubsub.Origin;
import pika.server.pubsub.PubSub;
import pika.server.session.Session;

/**
 * Shows commands to the clients that called MONITOR, per thread in execution order. Thread-safe;
 * while nobody monitors, it costs one volatile read.
 */
public final class Monitors {
  private static final String UNIX_PORT = ":0";
  private static final int LINE_LENGTH = 80;

  private final PubSub pubSub;

  /** Creates the feed, which is sent through {@code pubSub}. */
  public Monitors(PubSub pubSub) {
    this.pubSub = pubSub;
  }

  /** Returns whether any client monitors. */
  public boolean areThere() {
    return pubSub.hasMonitors();
  }

  /** Shows a command that just ran, unless it is administrative. */
  public void ran(Session session, CommandSpec spec, byte[][] args) {
    if (!spec.has(Flag.ADMIN) && !spec.has(Flag.SKIP_MONITOR)) {
      show(session, source(session.connection()), spec.shown(args));
    }
  }

  /** Shows a script that was called, before its commands. */
  public void begins(Session session, CommandSpec spec, byte[][] args) {
    show(session, source(session.connection()), spec.shown(args));
  }

  /** Shows a command that a script of the session has run. */
  public void ranInScript(Session session, CommandSpec spec, byte[][] args) {
    if (!spec.has(Flag.ADMIN) && !spec.has(Flag.SKIP_MONITOR)) {
      show(session, "lua", spec.shown(args));
    }
  }

  private void show(Session session, String source, byte[][] args) {
    String line = line(session.db(), source, args);
    // A monitoring client sees its own command after the reply.
    Origin origin = session.origin(Origin.Place.AFTER_REPLY);
    pubSub.tellMonitors(Reply.simple(line), line.length(), origin);
  }

  private static String source(Connection connection) {
    String address = connection.remoteAddress();
    return connection.isUnixSocket() && address.endsWith(UNIX_PORT)
        ? "unix:" + address.substring(0, address.length() - UNIX_PORT.length())
        : address;
  }

  private static String line(int db, String source, byte[][] args) {
    Instant now = Instant.now();
    long micros = TimeUnit.NANOSECONDS.toMicros(now.getNano());
    StringBuilder line = new StringBuilder(LINE_LENGTH);
    line.append(now.getEpochSecond()).append('.');
    line.append(Long.toString(1_000_000 + micros), 1, 7);
    line.append(" [").append(db).append(' ').append(source).append(']');
    for (byte[] arg : args) {
      line.append(" \"");
      Escapes.append(line, arg);
      line.append('"');
    }
    return line.toString();
  }
}
