package pika.server.pubsub;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import pika.net.resp.Reply;
import pika.net.server.Loop;
import pika.storage.bytes.Glob;

/**
 * A name with subscribers. Read by many threads; modified under the lock that {@link Topics} holds
 * for it.
 */
final class Topic {
  private final byte[] name;
  private final Glob pattern;
  private volatile List<Audience> audiences = List.of();

  Topic(String name) {
    this.name = name.getBytes(StandardCharsets.ISO_8859_1);
    this.pattern = Glob.compile(this.name);
  }

  byte[] name() {
    return name;
  }

  /** Returns whether the name, taken as a pattern, matches a channel. */
  boolean matches(byte[] channel) {
    return matches(pattern, name, channel);
  }

  /** Matches a pattern; unlike in KEYS, a lone star does not match the empty name. */
  static boolean matches(Glob compiled, byte[] pattern, byte[] channel) {
    return channel.length == 0 ? pattern.length == 0 : compiled.matches(channel);
  }

  int subscribers() {
    int sum = 0;
    for (Audience audience : audiences) {
      sum += audience.count();
    }
    return sum;
  }

  boolean isEmpty() {
    return audiences.isEmpty();
  }

  void add(Courier courier, Subscription subscription) {
    List<Audience> changed = new ArrayList<>(audiences);
    int at = indexOf(courier.loop());
    if (at < 0) {
      changed.add(Audience.of(courier, subscription));
    } else {
      changed.set(at, changed.get(at).with(subscription));
    }
    audiences = List.copyOf(changed);
  }

  void remove(Subscription subscription) {
    int at = indexOf(subscription.connection().loop());
    if (at < 0) {
      return;
    }
    List<Audience> changed = new ArrayList<>(audiences);
    Audience rest = changed.get(at).without(subscription);
    if (rest.count() == 0) {
      changed.remove(at);
    } else {
      changed.set(at, rest);
    }
    audiences = List.copyOf(changed);
  }

  /** Adds parcels with {@code message} for all current subscribers; returns their number. */
  int address(Reply message, long bytes, List<Parcel> parcels) {
    int receivers = 0;
    for (Audience audience : audiences) {
      parcels.add(new Parcel(audience, message, bytes));
      receivers += audience.count();
    }
    return receivers;
  }

  /** Closes the connections of all current subscribers. */
  void disconnectAll() {
    for (Audience audience : audiences) {
      for (int i = 0; i < audience.count(); i++) {
        requireNonNull(audience.members()[i]).connection().close();
      }
    }
  }

  private int indexOf(Loop loop) {
    for (int i = 0; i < audiences.size(); i++) {
      if (audiences.get(i).courier().loop() == loop) {
        return i;
      }
    }
    return -1;
  }
}
