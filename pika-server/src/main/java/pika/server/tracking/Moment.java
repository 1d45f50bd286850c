package pika.server.tracking;

import pika.server.session.Session;

/**
 * A command's place among all commands of its client. The commands of a transaction or a script
 * have one each, although they belong to one request.
 *
 * @param number counted for each client
 */
record Moment(long clientId, long number) {
  /** The place of what no client does. */
  static final Moment NOBODYS = new Moment(-1, 0);

  /** Returns the place of the command that runs. */
  static Moment of(Session session) {
    return new Moment(session.id(), session.commandNumber());
  }
}
