package pika.server.dispatch;

import pika.net.resp.Request;
import pika.server.command.CommandSpec;
import pika.server.command.CommandTable;
import pika.server.command.KeyScope;
import pika.server.session.ClientPause;
import pika.server.session.Session;

/** Decides which requests CLIENT PAUSE holds back. Thread-safe. */
final class PauseRule {
  private final ClientPause pause;
  private final CommandTable table;
  private final Transactions transactions;

  PauseRule(ClientPause pause, CommandTable table, Transactions transactions) {
    this.pause = pause;
    this.table = table;
    this.transactions = transactions;
  }

  /**
   * Returns whether a session's request has to wait; one volatile read while nothing is paused. A
   * request that calls no command is answered at once.
   */
  boolean holds(Session session, Request request) {
    return pause.isOn() && isConcerned(session, request);
  }

  private boolean isConcerned(Session session, Request request) {
    CommandSpec spec = table.find(request.args());
    return spec != null
        && spec.accepts(request.args().length)
        && switch (pause.mode()) {
          case NONE -> false;
          case WRITE ->
            spec.mayWrite(request.args())
                || (spec.scope() == KeyScope.TRANSACTION
                    && transactions.mayWrite(session.transaction()));
          case ALL -> true;
        };
  }
}
