package pika.server.commands;

import pika.net.resp.Protocol;
import pika.net.server.ClientClass;
import pika.net.server.Connection;
import pika.server.command.Call;
import pika.server.pubsub.Kind;
import pika.server.session.ClientTracking;
import pika.server.session.Session;
import pika.server.session.User;
import pika.server.transaction.Transaction;

/** Formats a client for CLIENT LIST. */
public final class ClientLine {
  private static final int LINE_END_BYTES = 2;

  private ClientLine() {}

  /** Returns the line of a session, without the line break. */
  public static String of(Session session, long nowMs) {
    return of(session, nowMs, 0);
  }

  /**
   * Returns the line of a session as a command shows it: the caller's buffer holds the request
   * until it is answered.
   */
  static String of(Session session, Call call) {
    return of(session, call.nowMs(), session == call.session() ? wireBytes(call) : 0);
  }

  /** Returns the size of the call's request on the wire. */
  private static long wireBytes(Call call) {
    long bytes = lengthLineBytes(call.argCount());
    for (byte[] arg : call.argsFrom(0)) {
      bytes += lengthLineBytes(arg.length) + arg.length + LINE_END_BYTES;
    }
    return bytes;
  }

  private static int lengthLineBytes(int length) {
    return 1 + Integer.toString(length).length() + LINE_END_BYTES;
  }

  private static String of(Session session, long nowMs, long requestBytes) {
    Connection connection = session.connection();
    long buffered = connection.outputBufferBytes();
    long output = buffered + connection.outputListBytes();
    StringBuilder line = new StringBuilder(400);
    line.append("id=").append(session.id());
    field(line, "addr", connection.remoteAddress());
    field(line, "laddr", connection.localAddress());
    field(line, "fd", connection.fd());
    field(line, "name", session.name());
    field(line, "age", (nowMs - connection.createdAtMs()) / 1000);
    field(line, "idle", Math.max(0, nowMs - connection.lastInteractionMs()) / 1000);
    field(line, "flags", flags(session));
    field(line, "db", session.db());
    field(line, "sub", session.subscriber().count(Kind.CHANNEL));
    field(line, "psub", session.subscriber().count(Kind.PATTERN));
    field(line, "ssub", session.subscriber().count(Kind.SHARD_CHANNEL));
    line.append(" multi=").append(session.transaction().length());
    long input = connection.queryBufferBytes() + requestBytes;
    field(line, "qbuf", input);
    line.append(" qbuf-free=0 argv-mem=0 multi-mem=0 rbs=0 rbp=0");
    field(line, "obl", buffered);
    field(line, "oll", connection.outputListLength());
    // All that client-output-buffer-limit counts.
    field(line, "omem", output);
    field(line, "tot-mem", input + output);
    field(line, "events", output > 0 ? "rw" : "r");
    field(line, "cmd", session.lastCommand());
    field(line, "user", User.nameOf(session));
    ClientTracking tracking = session.tracking();
    field(line, "redir", tracking == null ? -1 : tracking.redirect());
    field(line, "resp", session.protocol() == Protocol.RESP3 ? 3 : 2);
    field(line, "lib-name", session.libName());
    field(line, "lib-ver", session.libVersion());
    return line.toString();
  }

  private static void field(StringBuilder line, String name, Object value) {
    line.append(' ').append(name).append('=').append(value);
  }

  private static String flags(Session session) {
    StringBuilder flags = new StringBuilder();
    // N stands for the absence of all other flags.
    if (session.connection().clientClass() == ClientClass.REPLICA) {
      flags.append('S');
    }
    if (session.subscriber().isMonitoring()) {
      flags.append('O');
    }
    if (session.subscriber().isSubscribed()) {
      flags.append('P');
    }
    Transaction transaction = session.transaction();
    if (transaction.isOpen()) {
      flags.append('x');
    }
    if (session.isBlocked()) {
      flags.append('b');
    }
    appendTracking(flags, session);
    if (transaction.isOvertaken()) {
      flags.append('d');
    }
    if (session.isClosing()) {
      flags.append('c');
    }
    if (session.connection().isUnixSocket()) {
      flags.append('U');
    }
    if (session.noEvict()) {
      flags.append('e');
    }
    if (session.noTouch()) {
      flags.append('T');
    }
    return flags.isEmpty() ? "N" : flags.toString();
  }

  private static void appendTracking(StringBuilder flags, Session session) {
    ClientTracking tracking = session.tracking();
    if (tracking != null) {
      flags.append('t');
      flags.append(session.isRedirectBroken() ? "R" : "");
      flags.append(tracking.mode() == ClientTracking.Mode.BROADCAST ? "B" : "");
    }
  }
}
