package pika.server.command;

import pika.net.resp.Reply;
import pika.net.resp.RespWriter;

/**
 * Returned in place of a reply by a command that found nothing and wants to wait. Whoever runs the
 * command suspends its client, or, where that is impossible (EXEC, scripts), replies
 * {@link Wait#notWaiting} instead.
 *
 * @param until what to wait for
 */
public record Blocked(Wait until) implements Reply {
  @Override
  public void writeTo(RespWriter out) {
    until.timedOut().writeTo(out);
  }
}
