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
 * Who listens to which channels, and the way of a message to them.
 *
 * <pre>
 *   publish:  look up the channel and the patterns      who listens at this moment gets the message
 *   send:     one parcel for each loop and name         under the channel's lock, hence one order for all
 *   deliver:  the loop gives it to its connections      in portions, encoded once for each protocol
 * </pre>
 *
 * Names stand for bytes, one char each. Safe for many threads.
 */
public final class PubSub {
  private static final Logger LOG = LoggerFactory.getLogger(PubSub.class);

  /** Locks that keep the messages of a channel in one order; a power of two. */
  private static final int ORDERS = 64;
  /** An encoded message is held once for each protocol, besides its arguments. */
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

  /** Nobody listens at first. */
  public PubSub() {
    for (int i = 0; i < ORDERS; i++) {
      orders[i] = new Object();
    }
  }

  private Topics topics(Kind kind) {
    return topics.computeIfAbsent(kind, k -> new Topics(couriers));
  }

  /**
   * Lets a client listen from the reply to request {@code sequence} on; nothing changes if it does
   * already.
   */
  public void subscribe(Subscriber subscriber, Kind kind, String name, long sequence) {
    subscriber.begin(kind, new Subscription(subscriber.connection(), topics(kind), name, sequence));
  }

  /** A message to those who listen to {@code channel} at this moment, or to a pattern it matches. */
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

  /** A message to those who listen to a shard channel at this moment. */
  public Publication publishToShard(byte[] channel, byte[] message) {
    String name = text(channel);
    Topic topic = shardChannels.find(name);
    return topic == null
        ? Publication.of(order(name), List.of(), 0)
        : publishTo(topic, name, message("smessage", channel, message), message.length);
  }

  /** A line for all who monitor at this moment; whoever can't keep up is disconnected. */
  public void tellMonitors(Reply line, int lengthBytes, @Nullable Origin origin) {
    Topic topic = monitors.find("");
    if (topic != null && couriers.areCongested()) {
      LOG.warn("closing {} monitors: they take in less than there is to show", topic.subscribers());
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

  /** Brings a message to receivers of one's own choice; {@code bytes} is about what it takes. */
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

  /** Whether a message of any channel could have a receiver; false is certain. */
  public boolean hasSubscribers() {
    return !channels.isEmpty() || !patterns.isEmpty();
  }

  /** Whether somebody monitors. */
  public boolean hasMonitors() {
    return !monitors.isEmpty();
  }

  /**
   * Whether more waits to be delivered than should, so that whoever publishes ought to {@link
   * #awaitDelivery} first.
   */
  public boolean isCongested() {
    return couriers.areCongested();
  }

  /** Waits until less waits, or for some seconds. Not to be called on an event loop. */
  public void awaitDelivery() {
    long start = System.nanoTime();
    while (isCongested()
        && System.nanoTime() - start < LONGEST_WAIT_NANOS
        && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(WAIT_NANOS);
    }
  }

  /** How many names of a kind have subscribers. */
  public int count(Kind kind) {
    return topics(kind).size();
  }

  /** How many subscribers a name has. */
  public int subscribers(Kind kind, byte[] name) {
    Topic topic = topics(kind).find(text(name));
    return topic == null ? 0 : topic.subscribers();
  }

  /** The names of a kind that have subscribers; in no order. */
  public Stream<byte[]> names(Kind kind) {
    return topics(kind).all().stream().map(Topic::name);
  }

  /** Those of them that match a pattern. */
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
