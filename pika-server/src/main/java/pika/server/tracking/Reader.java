package pika.server.tracking;

import java.util.List;
import org.jspecify.annotations.Nullable;
import pika.net.resp.Protocol;
import pika.net.resp.Reply;
import pika.net.server.Connection;
import pika.server.pubsub.Origin;
import pika.server.pubsub.Receiver;
import pika.server.session.ClientTracking;
import pika.server.session.Session;
import pika.server.session.Sessions;

/**
 * A client to be told of changes to what it has read.
 *
 * @param latest the last request that read it: invalidations caused by others must follow its reply
 */
record Reader(Sessions sessions, Session session, long latest) implements Receiver {
  private static final Reply BROKEN = Reply.bulk("tracking-redir-broken");

  @Override
  public Connection connection() {
    return session.connection();
  }

  @Override
  public void receive(Reply message, @Nullable Origin origin) {
    ClientTracking tracking = session.tracking();
    if (tracking == null) {
      return;
    }
    long after = origin != null && origin.connection() == connection() ? origin.sequence() : latest;
    if (tracking.redirect() != 0) {
      redirect(message, tracking.redirect(), after);
    } else if (session.protocol() == Protocol.RESP3) {
      connection().pushBetween(after, Long.MAX_VALUE, message);
    }
  }

  private void redirect(Reply message, long target, long after) {
    Session other = sessions.find(target);
    if (other == null) {
      session.breakRedirect();
      if (session.protocol() == Protocol.RESP3) {
        Reply broken = Reply.push(List.of(BROKEN, Reply.integer(target)));
        connection().pushBetween(after, Long.MAX_VALUE, broken);
      }
    } else if (other.protocol() == Protocol.RESP3 || other.subscriber().isSubscribed()) {
      other.connection().push(message);
    }
  }
}
