package pika.server.command;

import pika.net.resp.Reply;
import pika.net.resp.RespWriter;

/**
 * Says instead of a reply that the command has found nothing and wants to wait. Whoever runs the command suspends its client;
 * where that can't be done (EXEC, a script) it is replaced by {@link Wait#notWaiting}.
 *
 * @param until what to wait for
 */
public record Blocked(Wait until) implements Reply {
  @Override
  public void writeTo(RespWriter out) {
    until.timedOut().writeTo(out);
  }
}
