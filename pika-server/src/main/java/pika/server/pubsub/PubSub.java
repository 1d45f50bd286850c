package pika.server.pubsub;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pika.net.resp.Reply;
import pika.net.server.Loop;
import pika.storage.bytes.Glob;

/**
 * Subscriptions to channels, and the delivery of messages.
 *
 * <pre>
 *   publish:  look up the channel and the patterns      whoever is subscribed at this moment gets the message
 *   send:     one parcel per loop and name              under the channel's lock, hence the same order for all
 *   deliver:  the loop writes it to its connections     in portions, encoded once per protocol
 * </pre>
 *
 * <p>Names have one char per byte. Thread-safe.
 */
public final class PubSub {
  private static final Logger LOG = LoggerFactory.getLogger(PubSub.class);

  /** Locks that order the messages of a channel; a power of two. */
  private static final int ORDERS = 64;
  /** A message is held once per protocol, besides its arguments. */
  private static final int COPIES_HELD = 3;

  private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Couriers couriers = new Couriers();
  private final Map<Kind, Topics> topics = new EnumMap<>(Kind.class);
  private final Topics channels = topics(Kind.CHANNEL);
  private final Topics patterns = topics(Kind.PATTERN);
  private final Topics shardChannels = topics(Kind.SHARD_CHANNEL);
  private final Topics monitors = topics(Kind.MONITOR);
  private final Object[] orders = new Object[ORDERS];

  /** Creates it without subscribers. */
  public PubSub() {
    for (int i = 0; i < ORDERS; i++) {
      orders[i] = new Object();
    }
  }

  private Topics topics(Kind kind) {
    return topics.computeIfAbsent(kind, k -> new Topics(couriers));
  }

  /**
   * Subscribes a client from the reply to request {@code sequence} on; does nothing if it is
   * subscribed.
   */
  public void subscribe(Subscriber subscriber, Kind kind, String name, long sequence) {
    subscriber.begin(kind, new Subscription(subscriber.connection(), topics(kind), name, sequence));
  }

  /** Returns a message to the current subscribers of {@code channel} and of patterns it matches. */
  public Publication publish(byte[] channel, byte[] message) {
    String name = text(channel);
    List<Parcel> parcels = new ArrayList<>(2);
    long bytes = (long) COPIES_HELD * (channel.length + message.length);
    int receivers = 0;
    Topic topic = channels.find(name);
    if (topic != null) {
      receivers += topic.address(message("message", channel, message), bytes, parcels);
    }
    if (!patterns.isEmpty()) {
      for (Topic pattern : patterns.all()) {
        if (pattern.matches(channel)) {
          Reply push = message("pmessage", pattern.name(), channel, message);
          receivers += pattern.address(push, bytes, parcels);
        }
      }
    }
    return Publication.of(order(name), parcels, receivers);
  }

  /** Returns a message to the current subscribers of a shard channel. */
  public Publication publishToShard(byte[] channel, byte[] message) {
    String name = text(channel);
    Topic topic = shardChannels.find(name);
    return topic == null
        ? Publication.of(order(name), List.of(), 0)
        : publishTo(topic, name, message("smessage", channel, message), message.length);
  }

  /** Sends a line to all clients that monitor; disconnects them if they can't keep up. */
  public void tellMonitors(Reply line, int lengthBytes, @Nullable Origin origin) {
    Topic topic = monitors.find("");
    if (topic != null && couriers.areCongested()) {
      LOG.warn(
          "disconnecting {} MONITOR clients: they read more slowly than commands arrive",
          topic.subscribers());
      topic.disconnectAll();
    } else if (topic != null) {
      publishTo(topic, "", Reply.shared(line), lengthBytes).send(origin);
    }
  }

  private Publication publishTo(Topic topic, String name, Reply push, int lengthBytes) {
    List<Parcel> parcels = new ArrayList<>(2);
    int receivers = topic.address(push, (long) COPIES_HELD * lengthBytes, parcels);
    return Publication.of(order(name), parcels, receivers);
  }

  /**
   * Sends a message to the given receivers.
   *
   * @param bytes its approximate size
   */
  public void send(
      Iterable<? extends Receiver> receivers, Reply message, long bytes, @Nullable Origin origin) {
    Map<Loop, Audience> byLoop = new HashMap<>();
    for (Receiver receiver : receivers) {
      Loop loop = receiver.connection().loop();
      Audience audience = byLoop.get(loop);
      byLoop.put(
          loop,
          audience == null ? Audience.of(couriers.of(loop), receiver) : audience.with(receiver));
    }
    for (Audience audience : byLoop.values()) {
      new Parcel(audience, message, bytes).send(origin);
    }
  }

  /** Returns whether a message on any channel could have a receiver; false is certain. */
  public boolean hasSubscribers() {
    return !channels.isEmpty() || !patterns.isEmpty();
  }

  /** Returns whether any client monitors. */
  public boolean hasMonitors() {
    return !monitors.isEmpty();
  }

  /**
   * Returns whether the backlog is so large that publishers should {@link #awaitDelivery} first.
   */
  public boolean isCongested() {
    return couriers.areCongested();
  }

  /** Waits until the backlog shrinks, or for some seconds. Not to be called on an event loop. */
  public void awaitDelivery() {
    long start = System.nanoTime();
    while (isCongested()
        && System.nanoTime() - start < LONGEST_WAIT_NANOS
        && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(WAIT_NANOS);
    }
  }

  /** Returns how many names of a kind have subscribers. */
  public int count(Kind kind) {
    return topics(kind).size();
  }

  /** Returns how many subscribers a name has. */
  public int subscribers(Kind kind, byte[] name) {
    Topic topic = topics(kind).find(text(name));
    return topic == null ? 0 : topic.subscribers();
  }

  /** Returns the names of a kind that have subscribers, in no order. */
  public Stream<byte[]> names(Kind kind) {
    return topics(kind).all().stream().map(Topic::name);
  }

  /** Returns the names of a kind that have subscribers and match a pattern. */
  public Stream<byte[]> names(Kind kind, byte[] pattern) {
    Glob compiled = Glob.compile(pattern);
    return names(kind).filter(name -> Topic.matches(compiled, pattern, name));
  }

  private static Reply message(String word, byte[]... parts) {
    List<Reply> items = new ArrayList<>(parts.length + 1);
    items.add(Reply.bulk(word));
    for (byte[] part : parts) {
      items.add(Reply.bulk(part));
    }
    return Reply.shared(Reply.push(items));
  }

  private Object order(String name) {
    return orders[name.hashCode() & (ORDERS - 1)];
  }

  private static String text(byte[] name) {
    return new String(name, StandardCharsets.ISO_8859_1);
  }
}
