package pika.server.pubsub;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pika.net.server.ClientClass;
import pika.net.server.Connection;

/**
 * What one client is subscribed to. Synchronized: the client's commands change it on one thread at
 * a time, its end may come on another, and CLIENT LIST reads it on a third.
 */
public final class Subscriber {
  /**
   * How many subscriptions of a closed connection are removed at a time, so that its loop can
   * continue in between.
   */
  private static final int PORTION = 1024;

  private final Connection connection;
  private @Nullable Map<Kind, Map<String, Subscription>> subscriptions;
  private boolean closed;
  private volatile boolean subscribed;
  private volatile boolean monitoring;

  /** Creates a client without subscriptions. */
  public Subscriber(Connection connection) {
    this.connection = connection;
  }

  Connection connection() {
    return connection;
  }

  /** Returns whether there are subscriptions to channels, patterns or shard channels. */
  public boolean isSubscribed() {
    return subscribed;
  }

  /** Returns whether the client monitors. */
  public boolean isMonitoring() {
    return monitoring;
  }

  /** Returns how many subscriptions of a kind there are. */
  public synchronized int count(Kind kind) {
    return of(kind).size();
  }

  /** Returns the names of a kind it is subscribed to, oldest first. */
  public synchronized List<String> names(Kind kind) {
    return new ArrayList<>(of(kind).keySet());
  }

  /** Adds a subscription, unless there is one to the same name or the connection is gone. */
  synchronized void begin(Kind kind, Subscription subscription) {
    if (closed) {
      return;
    }
    if (subscriptions == null) {
      subscriptions = new EnumMap<>(Kind.class);
    }
    Map<String, Subscription> ofKind =
        subscriptions.computeIfAbsent(kind, k -> new LinkedHashMap<>());
    if (ofKind.putIfAbsent(subscription.name(), subscription) == null) {
      // Before the first message can come, so that the right output limit applies to it.
      update();
      subscription.begin();
    }
  }

  /** Ends a subscription, if it exists, with the reply to request {@code sequence}. */
  public synchronized void end(Kind kind, String name, long sequence) {
    Subscription subscription = of(kind).get(name);
    if (subscription != null) {
      of(kind).remove(name);
      subscription.end(sequence);
      update();
    }
  }

  /** Ends all subscriptions, and monitoring, with the reply to request {@code sequence}. */
  public synchronized void endAll(long sequence) {
    endSome(sequence, Integer.MAX_VALUE);
  }

  /**
   * Ends all subscriptions because the connection is gone or about to go. Messages already sent may
   * still arrive. Removes them in portions, so that no thread is held up.
   */
  public synchronized void close() {
    closed = true;
    if (endSome(Subscription.OPEN_END, PORTION)) {
      connection.loop().executeAfterReading(this::close);
    }
  }

  /** Ends up to {@code limit} subscriptions; returns whether any are left. */
  private boolean endSome(long sequence, int limit) {
    int left = limit;
    if (subscriptions == null) {
      return false;
    }
    for (Map<String, Subscription> ofKind : subscriptions.values()) {
      Iterator<Subscription> each = ofKind.values().iterator();
      while (each.hasNext()) {
        if (left-- == 0) {
          return true;
        }
        each.next().end(sequence);
        each.remove();
      }
    }
    update();
    return false;
  }

  private Map<String, Subscription> of(Kind kind) {
    Map<String, Subscription> ofKind = subscriptions == null ? null : subscriptions.get(kind);
    return ofKind == null ? Map.of() : ofKind;
  }

  private void update() {
    monitoring = !of(Kind.MONITOR).isEmpty();
    subscribed = !of(Kind.CHANNEL).isEmpty()
        || !of(Kind.PATTERN).isEmpty()
        || !of(Kind.SHARD_CHANNEL).isEmpty();
    connection.clientClass(subscribed || monitoring ? ClientClass.PUBSUB : ClientClass.NORMAL);
  }
}
