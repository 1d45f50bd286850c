package pika.server.pubsub;

import org.jspecify.annotations.Nullable;
import pika.net.resp.Reply;
import pika.net.server.Connection;

/**
 * One client's subscription to one name. It lasts from the reply to one request to the reply to
 * another, and every message within that time is placed between the two, even one that arrives
 * late, say from another thread when UNSUBSCRIBE has already run. Thread-safe.
 */
final class Subscription implements Receiver {
  /** After any reply. */
  static final long OPEN_END = Long.MAX_VALUE;

  private final Connection connection;
  private final Topics topics;
  private final String name;
  private final long since;
  private volatile long until = OPEN_END;

  /** Creates a subscription that begins with the reply to request {@code since}. */
  Subscription(Connection connection, Topics topics, String name, long since) {
    this.connection = connection;
    this.topics = topics;
    this.name = name;
    this.since = since;
  }

  @Override
  public Connection connection() {
    return connection;
  }

  String name() {
    return name;
  }

  void begin() {
    topics.add(this);
  }

  /** Ends with the reply to request {@code sequence}. */
  void end(long sequence) {
    until = sequence;
    topics.remove(this);
  }

  @Override
  public void receive(Reply message, @Nullable Origin origin) {
    long end = until;
    if (origin == null || origin.connection() != connection) {
      connection.pushBetween(since, end, message);
    } else if (origin.place() == Origin.Place.AFTER_REPLY) {
      connection.pushBetween(Math.max(since, origin.sequence()), end, message);
    } else if (!precede(origin, message)) {
      connection.pushBetween(since, end, message);
    }
  }

  /**
   * Places a message that the client itself has caused right before the reply, if that is not
   * written yet.
   */
  private boolean precede(Origin origin, Reply message) {
    long place = Math.min(until, origin.sequence());
    return connection.pushBetween(place - 1, place, message);
  }
}
